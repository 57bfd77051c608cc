"""A sound system: a microphone with a tone, a headset and a loudspeaker that can be listened to."""

import array
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.clock import SystemClock
from tests.support.processes import ended, program
from tests.support.tones import OPERATOR, tones_in
from tests.support.voice_process import RATE as _SPOKEN_RATE

_ROOT = Path(__file__).resolve().parents[2]
HEADSET, LOUDSPEAKER = "Headset", "Loudspeaker"
MICROPHONE = "Microphone"
_RATE = 8000
_WINDOW_SECONDS = 0.4
_LIMIT_SECONDS = 60.0
Meanwhile = Callable[[], object]


def nothing() -> None:
    """Nothing has to be done while somebody listens."""


class SoundSystem:
    """One PulseAudio; devices are plugged in and pulled out by their names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self._plugged: dict[str, str] = {}
        self._voice: subprocess.Popen[str] | None = None

    def environment(self) -> dict[str, str]:
        """What a program needs to find it, and no other."""
        return {**os.environ, "PULSE_SERVER": f"unix:{self._folder}/native", "HOME": str(self._folder)}

    @contextmanager
    def running(self) -> Iterator[None]:
        """The sound server, listening, without any device."""
        place = self._folder / "native"
        command = [program("pulseaudio"), "-n", "--daemonize=no", "--exit-idle-time=-1", "--log-level=error"]
        command += [f"--load=module-native-protocol-unix socket={place} auth-anonymous=1"]
        own = {**self.environment(), "XDG_RUNTIME_DIR": str(self._folder)}
        self._process = subprocess.Popen(
            command, env=own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        with ended(self._process):
            _wait_for(place)
            yield

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """The sound server does nothing meanwhile, as on a machine that is busy or was suspended."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def plug_in(self, name: str) -> None:
        """Add a device; into a microphone the operator speaks."""
        described = f"device.description={name}"
        if name != MICROPHONE:
            self._load(name, "module-null-sink", f"sink_name={name.lower()}", f"sink_properties={described}")
            return
        pipe = str(self._folder / "microphone")
        form = ("format=s16le", f"rate={_SPOKEN_RATE}", "channels=1")
        self._load(name, "module-pipe-source", f"file={pipe}", *form, f"source_properties={described}")
        command = [
            sys.executable,
            "-m",
            "tests.support.voice_process",
            "--pipe",
            pipe,
            "--tone",
            str(OPERATOR),
        ]
        self._voice = subprocess.Popen(command, cwd=_ROOT, text=True)

    def pull_out(self, name: str) -> None:
        """Take a device away."""
        if name == MICROPHONE:
            self.be_silent()
        self._control("unload-module", self._plugged.pop(name))

    def be_silent(self) -> None:
        """Let the operator say no more."""
        if self._voice:
            with ended(self._voice):
                self._voice = None

    def wait_hears(self, device: str, *wanted: int, meanwhile: Meanwhile = nothing) -> None:
        """Wait until exactly these tones, and no other known one, come out of a device.

        `meanwhile` is done again and again: a window that is to sound has its own work to do.
        """
        clock = SystemClock()
        deadline, heard = clock.monotonic() + _LIMIT_SECONDS, frozenset[int]()
        for heard in self._heard(device):
            meanwhile()
            if heard == frozenset(wanted):
                return
            if clock.monotonic() > deadline:
                break
        raise AssertionError(f"{device}: waited for exactly {sorted(wanted)}, heard {sorted(heard)}")

    def wait_sounds(self, device: str, meanwhile: Meanwhile = nothing) -> None:
        """Wait until something comes out of a device, whatever it is."""
        clock = SystemClock()
        deadline = clock.monotonic() + _LIMIT_SECONDS
        for samples in self._samples(device):
            meanwhile()
            if max(map(abs, samples)) > 500:
                return
            if clock.monotonic() > deadline:
                break
        raise AssertionError(f"{device}: waited for any sound, heard none")

    def _heard(self, device: str) -> Iterator[frozenset[int]]:
        for samples in self._samples(device):
            yield tones_in(samples, _RATE)

    def _samples(self, device: str) -> Iterator["array.array[int]"]:
        command = [program("parec"), "-d", f"{device.lower()}.monitor", "--latency-msec=50"]
        command += ["--format=s16le", f"--rate={_RATE}", "--channels=1"]
        listening = subprocess.Popen(command, env=self.environment(), stdout=subprocess.PIPE, text=False)
        with listening:
            try:
                while listening.stdout and (some := listening.stdout.read(2 * int(_RATE * _WINDOW_SECONDS))):
                    yield array.array("h", some[: len(some) // 2 * 2])
            finally:
                listening.terminate()

    def _load(self, name: str, *module: str) -> None:
        self._plugged[name] = self._control("load-module", *module).strip()

    def _control(self, *command: str) -> str:
        done = subprocess.run(
            [program("pactl"), *command], env=self.environment(), capture_output=True, text=True, check=True
        )
        return done.stdout


@pytest.fixture
def sound_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundSystem]:
    """A headset and a loudspeaker, and a microphone in which it hums."""
    system = SoundSystem(tmp_path_factory.mktemp("sound"))
    with system.running():
        try:
            for name in (HEADSET, LOUDSPEAKER, MICROPHONE):
                system.plug_in(name)
            yield system
        finally:
            system.be_silent()


def _wait_for(path: Path) -> None:
    clock = SystemClock()
    deadline = clock.monotonic() + _LIMIT_SECONDS
    while not path.exists():
        assert clock.monotonic() < deadline, "the sound system did not start"
