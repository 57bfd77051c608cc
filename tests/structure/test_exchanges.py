"""The rule about exchanges finds what it forbids, and lets through what it allows."""

from pathlib import Path

import pytest

from tests.structure import exchanges
from tests.structure.project import ROOT, Source, sources


def _source(root: Path, path: str, text: str) -> Source:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")
    return Source(root, path)


def _broken(root: Path, *project: Source) -> list[str]:
    return [breach.message.split()[0] for breach in exchanges.find_breaches(root, project)]


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("server/gateway/desk.py", "PjsipName = 1\n", ["pjsip"]),
        ("console/calls/service.py", '"""Ask the dialplan."""\n', ["dialplan"]),
        ("widgets/calls/panel.py", "from x import AsteriskLink\n", ["asterisk"]),
        ("server/gateway/app.py", "from x import Asterisk\n", []),
        ("server/gateway/app.py", "ami = 1\n", ["ami"]),
        ("server/gateway/exchange/asterisk_moves.py", "ami = ConfBridge\n", []),
        ("server/gateway/exchange/simulated.py", "confbridge = 1\n", ["confbridge"]),
        ("models/calls/call.py", "family = amicable = 1\n", []),
    ],
)
def test_words_of_one_exchange_stay_in_its_adapter(
    tmp_path: Path, path: str, text: str, words: list[str]
) -> None:
    assert _broken(tmp_path, _source(tmp_path, path, text)) == words


def test_what_is_new_at_the_port_must_be_written_down(tmp_path: Path) -> None:
    port = _source(
        tmp_path,
        "server/gateway/exchange/handing.py",
        "class Handing(Protocol):\n    async def leave(self) -> None: ...\n    def park(self) -> None: ...\n",
    )
    facts = _source(
        tmp_path, "models/calls/events.py", 'class Parked:\n    kind: Literal["parked"] = "parked"\n'
    )
    assert _broken(tmp_path, port, facts) == ["leave", "park", "parked"]
    (tmp_path / "docs").mkdir()
    (tmp_path / exchanges.DOCUMENT).write_text("`leave` and `parked`\n")
    assert _broken(tmp_path, port, facts) == ["park"]


def test_the_port_of_this_project_is_seen() -> None:
    seen = {word for source in sources() for _, word in exchanges._of_the_port(source)}
    assert {"answer", "leave", "watch", "tape", "examine", "offered", "ended", "SeatChanged"} <= seen
    assert (ROOT / exchanges.DOCUMENT).exists()
