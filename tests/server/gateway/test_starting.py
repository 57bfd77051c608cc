"""A gateway starts, says where it listens, and says in a sentence why it cannot."""

import asyncio
import json
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect

from models.clock import ManualClock, SystemClock
from models.wire.line import NEWS, Hello, Welcome
from resources.texts import t
from server.central.certificates import Authority
from server.gateway.app import run_gateway, running
from server.gateway.duty import Terms
from server.gateway.exchange.asterisk import Asterisk
from server.gateway.exchange.practice import PracticeExchange
from server.gateway.problems import GatewayError
from server.gateway.settings import Settings, Telephone, read_settings
from tests.server.gateway.consoles import GIVE_UP, PUBLIC, settings_of, ticket_of

ROOT = Path(__file__).parents[3]
ASTERISK = """
[exchange]
kind = "asterisk"
host = "127.0.0.1"
user = "xinqiao"
secret_file = "exchange.secret"
queue = "hotline"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "tickets.pub").write_text(PUBLIC, encoding="utf-8")
    (tmp_path / "exchange.secret").write_text("s3cret\n", encoding="utf-8")
    return write(tmp_path / "gateway.toml")


def write(path: Path, **parts: str) -> Path:
    text = {
        "site": 'site = "jinzhong"',
        "listen": "port = 0",
        "tickets": 'public_key = "tickets.pub"',
        "exchange": "",
    }
    text |= parts
    lines = [text["site"], "[listen]", text["listen"], "[tickets]", text["tickets"], text["exchange"]]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def start(**changes: Any) -> None:
    async def story() -> None:
        async with running(settings_of(**changes), ManualClock()):
            pass

    asyncio.run(asyncio.wait_for(story(), GIVE_UP))


def test_the_least_that_must_be_said(config: Path) -> None:
    settings = read_settings(config, practice=False)
    assert (settings.site, settings.address, settings.public_key) == ("jinzhong", "127.0.0.1", PUBLIC)
    assert settings.exchange is None
    assert not settings.practice


def test_a_real_exchange_with_its_secret_in_a_file(config: Path) -> None:
    settings = read_settings(write(config, exchange=ASTERISK), practice=False)
    assert settings.exchange is not None
    assert (settings.exchange.port, settings.exchange.secret) == (5038, "s3cret")


def test_practice_looks_at_no_real_exchange(config: Path) -> None:
    settings = read_settings(write(config, exchange=ASTERISK), practice=True)
    assert settings.exchange is None
    assert settings.practice


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"site": ""}, "setting"),
        ({"site": "site = 5"}, "setting"),
        ({"listen": "port = 70000"}, "setting"),
        ({"listen": 'port = 0\ncertificate = "x"'}, "setting"),
        ({"tickets": 'public_key = "none.pub"'}, "unreadable"),
        ({"tickets": "public_key ="}, "not_toml"),
        ({"exchange": '[exchange]\nkind = "other"'}, "setting"),
        ({"exchange": '[exchange]\nkind = "simulated"'}, "practice_not_named"),
        ({"exchange": ASTERISK.replace("exchange.secret", "none")}, "unreadable"),
        ({"listen": 'port = 0\naddress = "0.0.0.0"'}, "insecure_address"),
        ({"listen": 'port = 0\naddress = "gateway.example"'}, "insecure_address"),
    ],
)
def test_wrong_settings_are_named(config: Path, parts: dict[str, str], code: str) -> None:
    with pytest.raises(GatewayError) as error:
        read_settings(write(config, **parts), practice=False)
    assert error.value.code == code
    assert error.value.exit_code == 78
    assert error.value.sentence


def test_practice_stays_on_the_machine(tmp_path: Path) -> None:
    with pytest.raises(GatewayError) as error:
        Settings("jinzhong", PUBLIC, "0.0.0.0", certificate=tmp_path, key=tmp_path, practice=True)
    assert error.value.code == "practice_address"


def test_a_missing_file_is_one_sentence_and_an_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "gateway.toml"
    assert run_gateway(missing, practice=False) == 78
    error = capsys.readouterr().err
    assert str(missing) in error
    assert "Traceback" not in error


def test_a_port_in_use_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(GatewayError) as error:
            start(port=port, practice=True)
    assert error.value.exit_code == 69
    assert str(port) in error.value.sentence


def test_a_public_key_that_is_none(config: Path) -> None:
    for key in ("", "no key", Authority("x", ManualClock().now()).pair.public.decode()):
        with pytest.raises(GatewayError) as error:
            start(public_key=key)
        assert error.value.sentence == t("gateway.public_key")


def test_a_certificate_that_is_none(config: Path) -> None:
    with pytest.raises(GatewayError) as error:
        start(certificate=config, key=config)
    assert error.value.code == "certificate"
    assert str(config) in error.value.sentence


def test_with_a_certificate_the_line_is_encrypted(tmp_path: Path) -> None:
    clock = SystemClock()
    authority = Authority("test", clock.now())
    pair = authority.certify("gateway", ["127.0.0.1"])
    (tmp_path / "crt").write_bytes(pair.public)
    (tmp_path / "key").write_bytes(pair.private)
    trust = ssl.create_default_context(cadata=authority.pair.public.decode())

    async def story() -> None:
        settings = settings_of(certificate=tmp_path / "crt", key=tmp_path / "key")
        async with running(settings, clock) as gateway:
            assert gateway.url.startswith("wss://")
            async with connect(gateway.url, ssl=trust, proxy=None) as console:
                await console.send(Hello(token=ticket_of(clock), seat="1001").model_dump_json())
                assert isinstance(NEWS.validate_json(await console.recv()), Welcome)

    asyncio.run(asyncio.wait_for(story(), GIVE_UP))


def test_the_settings_choose_the_exchange(config: Path) -> None:
    async def story() -> None:
        async with running(settings_of(practice=True), ManualClock()) as gateway:
            assert isinstance(gateway.exchange, PracticeExchange)
        real = read_settings(
            write(config, exchange=ASTERISK.replace("host", "port = 1\nhost")), practice=False
        )
        async with running(real, ManualClock()) as gateway:
            assert isinstance(gateway.exchange, Asterisk)

    asyncio.run(asyncio.wait_for(story(), GIVE_UP))


@pytest.fixture
def process(config: Path) -> Iterator["subprocess.Popen[str]"]:
    program = "import sys; from pathlib import Path; from server.gateway.app import run_gateway as run; "
    program += f"sys.exit(run(Path({str(config)!r}), practice=True))"
    command = [sys.executable, "-c", program]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    with started:
        yield started
        started.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
def test_the_program_says_where_it_listens_and_ends_when_told(process: "subprocess.Popen[str]") -> None:
    assert process.stdout
    ready = json.loads(process.stdout.readline())
    assert ready["ready"] == "gateway"
    assert ready["url"].startswith("ws://127.0.0.1:")
    process.send_signal(signal.SIGTERM)
    assert process.wait(GIVE_UP) == 0


def test_the_shift_and_the_telephones_are_settings(config: Path) -> None:
    more = '[exchange.telephones]\n1001 = "talk"\n1002 = "ring"\n'
    more += "[duty]\nwrap_up_seconds = 90\nunanswered_rings = 3\n"
    settings = read_settings(write(config, exchange=ASTERISK + more), practice=False)
    assert settings.exchange is not None
    assert settings.exchange.telephones == {"1001": Telephone.TALK, "1002": Telephone.RING}
    assert settings.terms == Terms(90, 3)
    assert settings.roster == config.parent / "shift.json"
    assert read_settings(config, practice=True).roster is None


@pytest.mark.parametrize(
    "more", ['[exchange.telephones]\n1001 = "shout"\n', "[duty]\nwrap_up_seconds = -1\n"]
)
def test_a_wrong_setting_of_the_shift_is_named(config: Path, more: str) -> None:
    with pytest.raises(GatewayError) as wrong:
        read_settings(write(config, exchange=ASTERISK + more), practice=False)
    assert wrong.value.code == "setting"
