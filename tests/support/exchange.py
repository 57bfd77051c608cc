"""The real exchange of the tests and the lab: an Asterisk of its own, set up as packaging/exchange says."""

import contextlib
import math
import os
import re
import secrets
import shlex
import shutil
import socket
import struct
import subprocess
import tempfile
import wave
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support import tones
from tests.support.certificates import Issued, issue
from tests.support.processes import free_port

_SHIPPED = Path(__file__).resolve().parents[2] / "packaging/exchange"
ACCOUNTS = ("1001", "1002", "1003", "1004", "1009", "TRUNK", "AMI")

# Asterisk complains at each start about these when they are missing; empty is what the hotline needs.
EMPTY = ("acl", "ccss", "features", "pjproject", "stasis", "udptl")

SOUNDS = {
    "closed": tones.CLOSED,
    "wish-number": tones.CLOSED,
    "wish-noted": tones.NOTED,
    "help-wanted": tones.NOTICE,
    **dict.fromkeys(
        ("queue-youarenext", "queue-thereare", "queue-callswaiting", "queue-holdtime"), tones.PLACE
    ),
    **dict.fromkeys(("queue-minute", "queue-minutes", "queue-thankyou"), tones.PLACE),
}
"""What a hotline records, each as a tone."""


class ExchangeUnavailable(Exception):
    """This machine has no Asterisk, or it did not start; the message says why."""


@dataclass(frozen=True)
class Plan:
    """Where the exchange listens and with which passwords; a restart keeps it."""

    address: str = "127.0.0.1"
    sip_port: int = 5060
    ami_port: int = 5038
    http_port: int = 8088
    tls_port: int = 8089
    passwords: Mapping[str, str] = field(
        default_factory=lambda: {name: secrets.token_hex(8) for name in ACCOUNTS}
    )

    issued: Issued = field(default_factory=lambda: issue("127.0.0.1"), repr=False)
    """What the telephones inside consoles see when they call over TLS."""

    @classmethod
    def on_free_ports(cls) -> "Plan":
        """A plan that disturbs no other exchange on this machine."""
        web, safe = free_port(), free_port()
        return cls(sip_port=free_port(socket.SOCK_DGRAM), ami_port=free_port(), http_port=web, tls_port=safe)


class Exchange:
    """One running Asterisk; `start` returns when it takes calls, `stop` when it is gone."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.root = asterisk_root()
        self.folder = Path(tempfile.mkdtemp(prefix="xinqiao-exchange-"))
        self._process: subprocess.Popen[str] | None = None
        self._write_configuration()

    def start(self) -> None:
        """Start and wait until it is ready. Raises ExchangeUnavailable with its last words."""
        process = subprocess.Popen(
            [*_dies_with_us(), *self._command(), "-f"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._process = process
        words = []
        if process.stdout is None:
            raise ExchangeUnavailable("no output of Asterisk")
        for line in process.stdout:
            if "Asterisk Ready" in line:
                # Warnings are in the folder's log as well; an unread pipe would stop the exchange when full.
                process.stdout.close()
                return
            words.append(line.strip())
        raise ExchangeUnavailable("Asterisk ended: " + " | ".join(words[-3:]))

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """End it and remove what it wrote."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, command: str) -> str:
        """What Asterisk's own command line answers, for a look from outside."""
        done = subprocess.run(
            [*self._command(), "-rx", command], capture_output=True, text=True, timeout=60, check=False
        )
        return done.stdout

    def log(self) -> str:
        """Warnings and errors so far."""
        path = self.folder / "messages"
        return path.read_text(errors="replace") if path.exists() else ""

    def _command(self) -> list[str]:
        configuration = ["-C", str(self.folder / "etc/asterisk.conf")]
        if self.root == Path("/"):
            return ["asterisk", *configuration]
        # Its own loader with its own libraries: no chroot, no mount, no right beyond the user's.
        return [
            str(self.root / "lib64/ld-linux-x86-64.so.2"),
            "--library-path",
            str(_libraries(self.root)),
            str(self.root / "usr/sbin/asterisk"),
            *configuration,
        ]

    def _write_configuration(self) -> None:
        etc = self.folder / "etc"
        for folder in (etc, self.folder / "spool", self.folder / "hold", self.folder / "sounds"):
            folder.mkdir()
        write_sound(self.folder / "hold/hold.wav", tones.HOLD, seconds=10)
        write_sound(self.folder / "notice.wav", tones.NOTICE, seconds=2)
        for name, tone in SOUNDS.items():
            write_sound(self.folder / f"sounds/{name}.wav", tone, seconds=2)
        (self.folder / "exchange.pem").write_bytes(self.plan.issued.certificate)
        (self.folder / "exchange.key").write_bytes(self.plan.issued.key)
        values = {
            "ETC": str(etc),
            "RUN": str(self.folder),
            "MODULES": str(_libraries(self.root) / "asterisk/modules"),
            "DATA": str(self.root / "usr/share/asterisk"),
            "HOLD_MUSIC": str(self.folder / "hold"),
            "NOTICE": str(self.folder / "notice"),
            "SOUNDS": str(self.folder / "sounds"),
            "ADDRESS": self.plan.address,
            "SIP_PORT": str(self.plan.sip_port),
            "AMI_PORT": str(self.plan.ami_port),
            "HTTP_PORT": str(self.plan.http_port),
            "TLS_PORT": str(self.plan.tls_port),
            "CERTIFICATE": str(self.folder / "exchange.pem"),
            "KEY": str(self.folder / "exchange.key"),
            "CLI": shlex.join(self._command()),
            **{f"SECRET_{name}": word for name, word in self.plan.passwords.items()},
        }
        for source in (_SHIPPED / "etc").glob("*.conf"):
            text = re.sub(r"@([A-Z0-9_]+)@", lambda name: values[name[1]], source.read_text())
            (etc / source.name).write_text(text)
        for name in EMPTY:
            (etc / f"{name}.conf").touch()


def asterisk_root() -> Path:
    """The root of the file system that holds Asterisk, made first if need be. Raises ExchangeUnavailable."""
    done = subprocess.run([str(_SHIPPED / "get.sh")], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ExchangeUnavailable(done.stderr.strip().splitlines()[-1] if done.stderr else "no Asterisk")
    return Path(done.stdout.strip())


def write_sound(path: Path, tone: int, seconds: int) -> None:
    """A soft, even tone; a hotline puts its music or words here."""
    rate = 8000
    with contextlib.closing(wave.open(str(path), "wb")) as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        samples = (int(4000 * math.sin(2 * math.pi * tone * n / rate)) for n in range(seconds * rate))
        sound.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))


def _libraries(root: Path) -> Path:
    return next(iter(sorted(root.glob("usr/lib/*-linux-gnu"))), root / "usr/lib")


def _dies_with_us() -> list[str]:
    # A killed test run must leave no exchange behind.
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL", "--"] if setpriv and os.name == "posix" else []


@pytest.fixture(scope="session")
def exchange() -> Iterator[Exchange]:
    """A running Asterisk; killed by its process id at the end."""
    try:
        running = Exchange(Plan.on_free_ports())
    except ExchangeUnavailable as trouble:
        pytest.skip(f"no exchange: {trouble}")
    try:
        running.start()
        yield running
    finally:
        running.stop()
