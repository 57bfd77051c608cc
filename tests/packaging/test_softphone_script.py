"""The script of the telephone inside the console is the one that its sources give."""

import hashlib
from pathlib import Path

_TOP = Path(__file__).resolve().parents[2]
_SOURCES = _TOP / "packaging/softphone"
_BUILT = _TOP / "resources/softphone"


def test_the_script_was_built_from_these_sources() -> None:
    """`make softphone` builds it, `make check-softphone` compares byte for byte; neither runs here."""
    made = hashlib.sha256()
    names = ["package-lock.json", "tsconfig.json", "build.mjs"]
    names += sorted(f"src/{path.name}" for path in (_SOURCES / "src").iterdir())
    for name in names:
        made.update(f"{name}\n".encode() + (_SOURCES / name).read_bytes())
    first = (_BUILT / "phone.js").read_text(encoding="utf-8").partition("\n")[0]
    assert made.hexdigest() in first, "run `make softphone`"


def test_the_lock_file_names_no_host() -> None:
    text = (_SOURCES / "package-lock.json").read_text()
    assert "resolved" not in text
    assert "registry" not in text


def test_whose_work_it_holds_is_said() -> None:
    text = (_BUILT / "LICENCES.txt").read_text()
    for name in ("jssip", "sdp-transform", "debug", "events", "ms"):
        assert f"\n{name} " in text
