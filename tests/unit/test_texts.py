"""English and Russian have every text, and use every one; further languages may have fewer."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest
from lesson_scenes import LESSONS, SHIPPED

from attention.errors import MESSAGES
from attention.late_scripts import parts
from attention.lessons.words import texts_within
from attention.reading import load_reading
from attention.scripts import packed_script, script
from attention.texts import ASSETS, texts
from attention.training.tasks import TASKS
from attention.ui.learn import words
from attention.variations import VARIATIONS

WHOLE_PAGE = packed_script(parts("gradio.js").everything())


def blanks(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_every_language_has_the_same_texts_with_the_same_blanks():
    english = texts()["en"]
    for language, others in texts().items():
        assert list(others) == list(english), language
        for key, text in others.items():
            assert text.strip(), (language, key)
            assert blanks(text) == blanks(english[key]), (language, key)


def test_russian_texts_are_russian_and_english_ones_are_not():
    same_in_both = {
        "x_number",
        "product",
        "activation_tanh",
        "formula_exp",
        "term_name_softmax",
        "stage_softmax",
    }
    same_in_both |= {key for key in texts()["en"] if re.search("^model_.*_(lstm|gru)$", key)}
    same_in_both.add("task_without_recurrence_try")  # its letters are Latin in every language
    cited = r"^[A-Z][\w. ]+ \d{4}(,|$)"  # a paper is cited alike everywhere
    same_in_both |= {key for key, text in texts()["en"].items() if re.search(cited, text)}
    for key, text in texts()["ru"].items():
        words = re.sub(r"\{\w+\}", "", text)
        wordless = key in same_in_both or not re.search(r"[^\W\d_]{2}", words)
        assert wordless or re.search("[а-яё]", words, re.I), key
    for key in same_in_both:
        assert not re.search("[а-яё]", texts()["ru"][key], re.I), key
    for key, text in texts()["en"].items():
        assert not re.search("[а-яё]", text, re.I), key


def test_no_text_is_left_over():
    parts = sorted((ASSETS.parent / "attention").rglob("*.py"))
    code = (
        WHOLE_PAGE
        + script("handout.js", "scorm.js")
        + "".join(part.read_text("utf-8") for part in parts)
    )
    names, families = set(re.findall(r"\w+", code)), re.findall(r"[`\"]([a-z_]+_)\$?\{", code)
    # A program may put a key together, from a family and a value or from its own words.
    asked = lambda key: key.startswith(tuple(families)) or names.issuperset(key.split("_"))  # noqa: E731
    assert not [key for key in texts()["en"] if key not in names and not asked(key)]


def test_what_is_refused_has_its_words_with_the_blanks_that_are_filled_in():
    told = [
        ({each.arg for each in call.keywords} - {"at"}, name.value)
        for file in sorted((ASSETS.parent / "attention").rglob("*.py"))
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "UserError"
        for name in ast.walk(call.args[0])
        if isinstance(name, ast.Constant) and str(name.value).startswith(("refused_", "rule_"))
    ]
    told += [
        (set(re.findall(r"(\w+)(?:: [^,]+(?:\([^)]*\))?)?(?:,|$)", values.strip())), key)
        for file in sorted((ASSETS / "page/core").rglob("*.js"))
        for key, values in re.findall(
            r'new Refused\(\s*"(\w+)"(?:, \{([^}]*)\})?\s*,?\s*\)', file.read_text("utf-8")
        )
    ]
    assert {key for key in texts()["en"] if key.startswith("refused_")} <= {key for _, key in told}
    for values, key in told:
        assert blanks(texts()["en"][key]) == values, key


def test_a_rule_of_pydantics_has_its_words_with_no_other_blanks_than_are_filled_in():
    for key, needed in MESSAGES.values():
        assert blanks(texts()["en"][key]) - {"came"} == set(needed) - {"came"}


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_a_task_and_its_models_have_all_their_words(task):
    parts = ["title", "about", "idea", "score", "own"] + ["try"] * (task.input == "text")
    keys = {f"task_{task.name}_{part}" for part in parts}
    keys |= {f"model_{task.name}_{model}" for model in task.models}
    for one in task.tries(task.Options()):
        keys |= {f"task_{task.name}_{one.name}"}
        keys |= set() if one.own else {f"task_{task.name}_{one.name}_title"}
    for said in words().values():
        assert keys <= set(said)


def test_what_ships_is_said_in_english_and_russian():
    both = {"en", "ru"}
    assert set(tomllib.loads((ASSETS / "text/ru.toml").read_text("utf-8"))) == set(texts()["en"])
    for name in SHIPPED:
        assert set(LESSONS[name].languages) == both, name
    ours = list(VARIATIONS.values())[:12]
    said_of_them = [said for one in ours for said in (one.title, one.idea, one.source)]
    notes = [one.note for one in ours if any(one.note.values())]
    for said in [entry.why for entry in load_reading()] + said_of_them + notes:
        assert both <= set(said), said


def test_what_to_do_fits_a_finger_as_well_as_a_mouse():
    said = [*texts()["en"].values(), *(LESSONS[name].story["en"] for name in SHIPPED)]
    assert not [text for text in said if re.search(r"\bclick", text, re.I)]


def test_no_script_says_words_of_its_own():
    said = r"(?:showText\([^,;]+, |(?:\"aria-label\"|title|placeholder|alt): |textContent = )"
    found = re.findall(rf"{said}[\"`]([^\"`$]*[A-Za-z]{{2,}}[^\"`]*)[\"`]", WHOLE_PAGE)
    assert set(found) <= {"TensorFlow"}  # a name, the same in every language


def test_a_number_keeps_its_unit_and_its_mark_in_running_text():
    for lang, mark in (("en", "."), ("ru", ",")):
        assert texts()[lang]["decimal_mark"] == mark
    for key, text in texts()["ru"].items():
        assert not re.search(r"\d%|\{\w+\}%", text), f"{key}: a space before %"


def all_that_is_said(lang: str) -> list[str]:
    lessons = [text[lang] for name in SHIPPED for _, text in texts_within(LESSONS[name])]
    told = [one for text in lessons for one in ([text] if isinstance(text, str) else text)]
    ours = list(VARIATIONS.values())[:12]
    told += [said.get(lang, "") for one in ours for said in (one.idea, one.note, one.source)]
    told += [*texts()[lang].values(), *(entry.why[lang] for entry in load_reading())]
    return [said.replace("\xa0", " ") for said in told]


CALQUES = [
    r"by turns",
    r"turns? the sliders?",
    r"on the table",
    r"whoever",
    r"one (may|can|has|sees)",
]
CALQUES += [r"(seconds?|numbers?|weights?|bias|share) an? (epoch|row|step|feature|line)"]
NOT_RUSSIAN = ["с масштабом", "очков", "одними ", " с вниманием", "section", "appendix"]


def test_english_is_written_as_a_native_speaker_writes_it():
    for said in all_that_is_said("en"):
        assert not re.search(rf"\b({'|'.join(CALQUES)})\b", said, re.I), said


def test_russian_has_one_word_for_each_thing_and_explains_its_seed():
    for said in all_that_is_said("ru"):
        assert not [word for word in NOT_RUSSIAN if word in said], said
        assert "зерн" not in said.lower().replace("ё", "е") or "seed" in said, said
