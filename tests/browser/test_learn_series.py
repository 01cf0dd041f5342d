"""A series with the weights over it, and a series of one's own: pasted, or a file."""

import re

import pytest
from learning import looks, open_task, read, said, shipped, to_the_last_epoch, weights_in
from playwright.sync_api import expect

SEVEN = [120, 95, 101, 99, 130, 160, 170]
# Where a mark of the drawing stands, in shares of the drawing.
PLACES = """(marks) => marks.map((mark) => {
    const [box, all] = [mark, mark.ownerSVGElement].map((node) => node.getBoundingClientRect());
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    return [(x - all.x) / all.width, (y - all.y) / all.height];
})"""
HEIGHTS = "(columns) => columns.map((column) => column.getBoundingClientRect().height)"
DROPPED = """(field, text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], "demand.csv", { type: "text/csv" }));
    const event = { dataTransfer, bubbles: true, cancelable: true };
    const isTaken = !field.dispatchEvent(new DragEvent("dragover", event));
    return isTaken && !field.dispatchEvent(new DragEvent("drop", event));
}"""


@pytest.mark.parametrize("view", ["desk", "phone"])
@pytest.mark.parametrize("model", ["attention", "self_attention"])
def test_each_day_has_a_column_as_high_as_its_weight_under_its_value(request, view, model):
    opened, server = open_task(request.getfixturevalue(view), "demand"), shipped("demand")
    to_the_last_epoch(opened)
    look = looks("demand", model)[0]
    (weights,), example = look["weights"], server["examples"][0]
    assert weights_in(opened, model) == pytest.approx(weights, abs=1e-4)
    card = opened.get_by_test_id(f"look-{model}")
    heights = card.locator(".column").evaluate_all(HEIGHTS)
    assert [height / max(heights) for height in heights] == pytest.approx(
        [weight / max(weights) for weight in weights], abs=0.01
    )
    discs = card.locator(".disc")
    drawn = discs.evaluate_all("(discs) => discs.map((disc) => Number(disc.dataset.value))")
    assert drawn == example["values"]
    columns = card.locator(".column").evaluate_all(PLACES)
    places = discs.evaluate_all(PLACES)
    assert [x for x, _ in places] == pytest.approx([x for x, _ in columns], abs=0.01)


def test_the_forecast_and_the_truth_stand_on_the_axis_of_the_days(desk):
    opened, server = open_task(desk, "demand"), shipped("demand")
    to_the_last_epoch(opened)
    look, example = looks("demand", "attention")[0], server["examples"][0]
    card = opened.get_by_test_id("look-attention")
    days = [y for _, y in card.locator(".disc").evaluate_all(PLACES)]
    (x, y), (_, true) = card.locator(".forecast, .ring").evaluate_all(PLACES)[::-1]
    values = example["values"]
    low, high = min(values), max(values)
    bottom, top = days[values.index(low)], days[values.index(high)]
    for place, number in ((y, look["answer"]), (true, example["truth"])):
        expected = bottom + (float(number) - low) / (high - low) * (top - bottom)
        assert place == pytest.approx(expected, abs=0.005)
    assert x > max(place for place, _ in card.locator(".disc").evaluate_all(PLACES))


def test_days_are_named_and_numbers_written_as_the_language_does(desk):
    days = "\n".join(f"2026-03-0{i + 1};{one / 10}" for i, one in enumerate(SEVEN))
    for lang, shown, named in (("en", r"^\d+\.\d$", "Sun"), ("ru", r"^\d+,\d$", "вс")):
        opened = open_task(desk, "demand", lang=lang)
        opened.get_by_test_id("learn-own").fill(days)
        expect(opened.get_by_test_id("look-attention-answer")).to_have_text(re.compile(shown))
        card = opened.get_by_test_id("look-attention")
        expect(card.locator(".x.next")).to_contain_text(named)
        expect(card.locator(".x")).to_have_count(2)  # a week ago, and tomorrow
        if lang == "ru":
            assert "." not in "".join(card.locator(".y, .column-share").all_text_contents())


def test_a_pasted_series_is_drawn_with_the_answer(desk, blank_page):
    opened, text = open_task(desk, "demand"), "\n".join(map(str, SEVEN))
    opened.get_by_test_id("learn-own").fill(text)
    example = read(blank_page, "demand", {"text": text})
    (look,) = looks("demand", "attention", examples=[example])
    expect(opened.get_by_test_id("look-attention-answer")).to_have_text(look["answer"])
    expect(opened.get_by_test_id("look-attention").locator(".disc")).to_have_count(7)
    expect(opened.get_by_test_id("look-attention").locator(".ring")).to_have_count(0)
    expect(opened.get_by_test_id("look-attention-verdict")).to_be_hidden()


def test_a_file_is_chosen_or_dropped_onto_the_field_and_a_large_one_is_not_read(desk):
    opened, text = open_task(desk, "demand"), "day,sold\n" + "\n".join(map(str, SEVEN))
    field, status = opened.get_by_test_id("learn-own"), opened.get_by_test_id("learn-own-status")
    text = text.replace("day,sold", "sold")
    file = {"name": "demand.csv", "mimeType": "text/csv", "buffer": text.encode()}
    opened.get_by_test_id("learn-file").set_input_files([file])
    expect(field).to_have_value(text)
    expect(status).to_contain_text(said("learn_own_after", epoch=15))
    field.fill("")
    expect(status).to_have_text("")
    assert field.evaluate(DROPPED, text)
    expect(field).to_have_value(text)
    expect(status).to_contain_text(said("learn_own_after", epoch=15))
    opened.get_by_test_id("learn-file").set_input_files([file | {"buffer": b"5\n" * 50_001}])
    expect(status).to_have_text(said("learn_series_large"))
    expect(field).to_have_value(text)
    expect(desk.get_by_test_id("own-drop")).to_be_hidden()


@pytest.mark.parametrize(
    ("text", "key", "values"),
    [
        ("1\n2\n3", "refused_series_short", {"least": 7, "most": 28, "came": 3}),
        ("5\n" * 7 + "1,234", "refused_series_ambiguous", {"line": 8, "came": "1,234"}),
        ("<b>5</b>\n7", "refused_series_short", {"least": 7, "most": 28, "came": 1}),
        ("7\n<b>5</b>", "refused_series_number", {"line": 2, "came": "<b>5</b>"}),
    ],
)
def test_what_is_no_series_is_said_under_the_field_and_stays_in_it(desk, text, key, values):
    opened = open_task(desk, "demand")
    opened.get_by_test_id("learn-own").fill(text)
    expect(opened.get_by_test_id("learn-own-status")).to_have_text(said(key, **values))
    expect(opened.get_by_test_id("learn-own")).to_have_value(text)


def test_a_series_of_ones_own_is_answered_by_the_recorded_models(desk):
    opened = open_task(desk, "demand")
    opened.get_by_test_id("learn-own").fill("\n".join(map(str, SEVEN * 4)))
    answer = opened.get_by_test_id("look-self_attention-answer")
    own = opened.get_by_test_id("learn-example-own")
    expect(own).to_have_attribute("aria-pressed", "true", timeout=90_000)
    assert float(answer.text_content()) == pytest.approx(SEVEN[0], rel=0.1)
    weights = weights_in(opened, "self_attention")
    assert len(weights) == 28 and sum(weights[::7]) > 0.8
