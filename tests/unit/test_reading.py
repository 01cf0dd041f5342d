"""Further reading is whole, safe to follow, and stands beside what it belongs to."""

from __future__ import annotations

import pytest
from lesson_scenes import LESSONS, SHIPPED
from pydantic import ValidationError

from attention.reading import Entry, load_reading
from attention.training.tasks import TASKS
from attention.variations import VARIATIONS

ENTRIES = load_reading()
REFERENCES = {
    "Attention mechanism in Neural Networks with Keras",
    "Attention in Deep Networks with Keras",
    "Attention-based Sequence-to-Sequence in Keras",
    "Text Classification using Attention Mechanism in Keras",
    "Pervasive Attention",
    "How to implement the Attention Layer in Keras?",
    "Attention? Attention!",
    "Neural machine translation with attention",
}
SMALLEST = {"kind": "source", "title": "T", "why": {"en": "W."}, "lessons": ["fear"]}


def test_the_article_and_its_eight_references_are_there():
    titles = {entry.title.split(":")[0] for entry in ENTRIES if entry.kind == "reference"}
    assert titles == REFERENCES
    assert [entry.kind for entry in ENTRIES].count("article") == 1


def test_the_source_of_each_of_our_variations_is_among_what_is_behind_it():
    assert {name for entry in ENTRIES for name in entry.variations} <= set(VARIATIONS)
    for name in list(VARIATIONS)[:12]:
        addresses = [entry.url or "" for entry in ENTRIES if name in entry.variations]
        numbers = [address.rpartition("/")[2] for address in addresses]
        assert any(number and number in VARIATIONS[name].source["en"] for number in numbers), name


def test_each_of_our_lessons_has_something_to_read_and_entries_stand_in_the_order_of_lessons():
    assert set(SHIPPED) <= {name for entry in ENTRIES for name in entry.lessons} <= set(LESSONS)
    assert {name for entry in ENTRIES for name in entry.tasks} <= set(TASKS)
    beside = [list(LESSONS).index(entry.lessons[0]) for entry in ENTRIES]
    assert beside == sorted(beside)


def test_the_article_stands_at_every_lesson_that_says_where_it_is_in_it():
    (article,) = (entry for entry in ENTRIES if entry.kind == "article")
    said = {name: (LESSONS[name].article or {"en": "Not"})["en"] for name in SHIPPED}
    assert set(article.lessons) == {name for name in said if not said[name].startswith("Not")}


def test_an_entry_says_in_one_sentence_why():
    for entry in ENTRIES:
        for text in entry.why.values():
            assert text.endswith(".") and len(text.split()) <= 30, text


def test_no_address_and_no_title_comes_twice():
    titles = [entry.title for entry in ENTRIES]
    addresses = [entry.url for entry in ENTRIES if entry.url]
    assert len(set(titles)) == len(titles)
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize(
    "broken",
    [
        {"url": "http://example.org"},
        {"url": "javascript:alert(1)"},
        {"lessons": []},
        {"why": {"tlh": "Qapla'."}},
        {"kind": "rumour"},
        {"isbn": "0"},
    ],
    ids=["http", "script", "no lesson", "no such language", "no such kind", "unknown"],
)
def test_an_entry_that_breaks_a_rule_is_refused(broken):
    Entry.model_validate(SMALLEST)
    with pytest.raises(ValidationError):
        Entry.model_validate(SMALLEST | broken)
