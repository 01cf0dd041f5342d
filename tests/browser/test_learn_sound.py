"""A sound of one's own: a file, or the microphone."""

import io
import wave

import numpy as np
import pytest
from learning import open_task, said
from playing import fragment, go
from playwright.sync_api import expect

MICROPHONE = """() => {
    window.opened = [];
    navigator.mediaDevices.getUserMedia = async () => {
        await new Promise((done) => setTimeout(done, 200));
        const context = new AudioContext();
        const [tone, end] = [context.createOscillator(), context.createMediaStreamDestination()];
        tone.connect(end);
        tone.start();
        opened.push(...end.stream.getTracks());
        return end.stream;
    };
}"""
NO_MICROPHONE = """(name) => {
    navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", name); };
}"""
BROKEN_RECORDER = """() => {
    const { start } = MediaRecorder.prototype;
    MediaRecorder.prototype.start = () => {
        MediaRecorder.prototype.start = start;
        throw new DOMException();
    };
}"""


@pytest.fixture
def opened(desk):
    """The task that hears, and the browser's own microphone when it is over."""
    yield open_task(desk, "loud_second")
    desk.evaluate("delete navigator.mediaDevices.getUserMedia")


def expect_said(opened, *words):
    expect(opened.get_by_test_id("learn-own-status")).to_have_text(" ".join(words))


def test_the_microphone_opens_once_and_is_closed_whichever_way_one_leaves(desk, opened):
    record = opened.get_by_test_id("learn-record")
    desk.evaluate(MICROPHONE)
    states = "() => opened.map((track) => track.readyState).join()"
    record.dblclick()
    expect(record).to_have_text(said("learn_record_stop"))
    assert desk.evaluate(states) == "live"
    desk.wait_for_timeout(500)
    record.click()
    # A tone as loud as a bell: whatever the models hear, they have heard it.
    expect(opened.get_by_test_id("learn-own-status")).to_contain_text("epoch 12")
    assert desk.evaluate(states) == "ended"
    for other in ("learn-task-numbers", "tab-play"):
        record.click()
        expect(record).to_have_text(said("learn_record_stop"))
        desk.get_by_test_id(other).click()
        desk.wait_for_function(f"({states})().endsWith('ended')")
        go(desk, fragment(tab="learn", task="loud_second"))
        expect(record).to_have_text(said("learn_record"))
    desk.evaluate(BROKEN_RECORDER)
    record.click()
    expect_said(opened, said("learn_mic_failed"))
    assert desk.evaluate(states) == "ended,ended,ended,ended"
    for error, key in (("NotAllowedError", "denied"), ("NotFoundError", "missing")):
        desk.evaluate(NO_MICROPHONE, error)
        record.click()
        expect_said(opened, said(f"learn_mic_{key}"))


def stereo(seconds, rate=44_100):
    """A WAV file's bytes: a wave of half the height on the left, nothing on the right."""
    left = 16_384 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.stack([left, 0 * left], axis=1).astype("<i2").tobytes())
    return held.getvalue()


def test_a_sound_file_is_heard_as_one_channel_and_no_longer_than_10_seconds(desk, opened):
    def choose(content):
        file = {"name": "a.wav", "mimeType": "audio/wav", "buffer": content}
        opened.get_by_test_id("learn-file").set_input_files(file)

    choose(stereo(11))
    status = opened.get_by_test_id("learn-own-status")
    expect(status).to_contain_text(said("learn_own_after", epoch="12"))
    expect(status).to_contain_text(said("learn_cut", seconds=10))
    expect(opened.get_by_test_id("look-attention-answer")).to_have_text("440 Hz")
    choose(b"no sound at all")
    expect_said(opened, said("learn_no_sound"))
