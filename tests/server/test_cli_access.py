"""The commands about rights: the table, the two people who hold and erase."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from models.clock import ManualClock
from models.people.operator import Role
from resources.texts import use_language
from server.central.config import read_config
from server.central.serving import open_made_database
from server.cli import main
from tests.server.central.hotline import Case, Hotline

Run = Callable[..., tuple[int, str]]
ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct horse"
SITE = "jinzhong"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command in English; the exit code and all it said."""

    def run(*arguments: object, stdin: str = f"{PASSWORD}\n") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", StringIO(stdin))
        code = main(["--language", "en", *(str(argument) for argument in arguments)])
        use_language("zh_CN")
        return code, "".join(capsys.readouterr())

    return run


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    folder = tmp_path / "hotline"
    assert run("server", "init", "--folder", folder, "--site", SITE)[0] == 0
    for name, role in (("sun", Role.SUPERVISOR), ("zhou", Role.ADMINISTRATOR), ("li", Role.OPERATOR)):
        said = run("operator", "add", "--folder", folder, name, "--role", role, "--password-stdin")
        assert said[0] == 0, said
    return folder


@pytest.fixture
def old(folder: Path) -> Case:
    """A finished record of the year 2020."""
    engine = open_made_database(read_config(folder))
    hotline = Hotline(engine, clock=ManualClock(datetime(2020, 1, 1, tzinfo=UTC)), site=SITE)
    case = Case(hotline.seat())
    case.at.push(case.add(), case.open(), case.finish())
    engine.dispose()
    return case


def _act(run: Run, folder: Path, by: str, *words: str, stdin: str = f"{PASSWORD}\n") -> tuple[int, str]:
    group, act, *about = words
    given = (group, act, "--folder", folder, "--by", by, "--password-stdin", *about)
    return run(*given, *(("--reason", "expired") if about else ()), stdin=stdin)


def test_the_table_in_the_documents_is_the_one_of_the_data(run: Run) -> None:
    code, said = run("access", "print")
    assert (code, said) == (0, (ROOT / "docs" / "access.md").read_text(encoding="utf-8"))


@pytest.mark.expects_log(
    "the last good rights stand: .*access.toml:[0-9]+: retention_years: 3 or more expected"
)
def test_the_table_of_a_hotline_is_its_own_and_a_broken_one_is_named(run: Run, folder: Path) -> None:
    own = folder / "resources" / "access.toml"
    own.parent.mkdir()
    shipped = (ROOT / "resources" / "access" / "access.toml").read_text(encoding="utf-8")
    own.write_text(shipped.replace("retention_years = 3", "retention_years = 15"), encoding="utf-8")
    assert "15 years" in run("access", "print", "--folder", folder)[1]
    assert read_config(folder).settings().rights.retention_years == 15
    own.write_text(shipped.replace("retention_years = 3", "retention_years = 2"), encoding="utf-8")
    assert "15 years" in run("access", "print", "--folder", folder)[1]


def test_two_people_erase_what_need_not_be_kept(run: Run, folder: Path, old: Case) -> None:
    assert old.call in _act(run, folder, "sun", "retention", "list")[1]
    code, said = _act(run, folder, "sun", "retention", "request", old.note)
    wish = said.split()[1]
    assert code == 0
    assert wish in _act(run, folder, "zhou", "retention", "list")[1]
    code, said = _act(run, folder, "sun", "retention", "confirm", wish)
    assert (code, "second person" in said) == (2, True)
    assert _act(run, folder, "zhou", "retention", "confirm", wish)[0] == 0
    assert "Nothing may be erased" in _act(run, folder, "sun", "retention", "list")[1]


def test_a_hold_stands_until_two_people_lifted_it(run: Run, folder: Path, old: Case) -> None:
    assert "from now on" in _act(run, folder, "zhou", "hold", "set", old.note)[1]
    assert "legal hold lies" in _act(run, folder, "sun", "retention", "request", old.note)[1]
    assert "is confirmed" in _act(run, folder, "sun", "hold", "confirm", old.note)[1]
    assert "asked for" in _act(run, folder, "sun", "hold", "lift", old.note)[1]
    assert "second person" in _act(run, folder, "sun", "hold", "confirm", old.note)[1]
    assert "is lifted" in _act(run, folder, "zhou", "hold", "confirm", old.note)[1]
    assert _act(run, folder, "sun", "retention", "request", old.note)[0] == 0


def test_nobody_acts_without_the_password_or_the_right(run: Run, folder: Path, old: Case) -> None:
    wrong = _act(run, folder, "sun", "retention", "request", old.note, stdin="wrong password\n")
    assert (wrong[0], "not right" in wrong[1]) == (2, True)
    assert "may not do that" in _act(run, folder, "li", "retention", "request", old.note)[1]
    assert "may not do that" in _act(run, folder, "li", "hold", "set", old.note)[1]
    assert "No record" in _act(run, folder, "sun", "hold", "set", "nothing")[1]


def test_what_is_over_is_withdrawn_by_hand_too(run: Run, folder: Path, old: Case) -> None:
    # call and note
    assert run("access", "expire", "--folder", folder) == (
        0,
        "2 records and grants were looked at and withdrawn where they were over.\n",
    )
    assert "0 records" in run("access", "expire", "--folder", folder)[1]
    assert set(old.at.pull_all().drawer[f"op:{old.at.who}"]) == set()
