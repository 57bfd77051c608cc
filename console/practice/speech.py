"""The practice caller's words as speech, by espeak-ng where it is installed; else there is only the text."""

import shutil
import subprocess
from contextlib import suppress

PROGRAM = "espeak-ng"
_VOICES = {"zh_CN": "cmn", "en": "en"}
_WAIT_SECONDS = 2


class Speech:
    """Speaks one line at a time and waits for none; off until it is switched on."""

    def __init__(self, program: str = PROGRAM) -> None:
        self._path = shutil.which(program)
        self._on = False
        self._speaking: subprocess.Popen[bytes] | None = None

    @property
    def can(self) -> bool:
        """True where the program is installed."""
        return self._path is not None

    @property
    def speaks(self) -> bool:
        """True while a line is being spoken."""
        return self._speaking is not None and self._speaking.poll() is None

    def switch(self, on: bool) -> None:
        """Speak from now on, or be quiet at once."""
        self._on = on
        if not on:
            self.hush()

    def say(self, words: str, language: str) -> None:
        """Speak a line in place of the one before it."""
        self.hush()
        if not self._on or self._path is None:
            return
        # Nothing to speak with (no sound device) ends the program, not this.
        with suppress(OSError):
            self._speaking = subprocess.Popen(
                [self._path, "-v", _VOICES.get(language, "en"), "--", words],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def hush(self) -> None:
        """End what is being spoken."""
        speaking, self._speaking = self._speaking, None
        if speaking is None:
            return
        if speaking.poll() is None:
            speaking.kill()
        with suppress(subprocess.TimeoutExpired):
            speaking.wait(_WAIT_SECONDS)
