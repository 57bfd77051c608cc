"""The caller's words by the real espeak-ng; without it nothing is spoken and nothing fails."""

import shutil

import pytest

from console.practice.speech import PROGRAM, Speech

LONG = "你好，听得见吗？" * 40


def test_without_the_program_there_is_only_the_text() -> None:
    speech = Speech("no-such-program-anywhere")
    assert not speech.can
    speech.switch(True)
    speech.say(LONG, "zh_CN")
    assert not speech.speaks
    speech.hush()


@pytest.mark.skipif(shutil.which(PROGRAM) is None, reason="espeak-ng is not installed")
def test_it_speaks_without_waiting_and_is_quiet_at_once() -> None:
    speech = Speech()
    assert speech.can
    speech.say(LONG, "zh_CN")
    assert not speech.speaks, "off until it is switched on"
    speech.switch(True)
    speech.say(LONG, "zh_CN")
    speech.say("Hello, can you hear me?", "en")
    speech.switch(False)
    assert not speech.speaks
