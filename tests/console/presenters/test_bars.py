"""The bars: what stands there is true, in words, and says what to do."""

import ast
from pathlib import Path

import pytest

from console.notes.service import Desk
from console.presenters.bars import Bars, problem_sentence
from console.presenters.window import Parts
from models.clock import ManualClock
from models.notes.note import Note
from models.problems import Problem
from resources.texts import t, use_language
from tests.structure.project import ROOT
from widgets.session.view import SavedView, Saving

NOW = ManualClock().now()
# The one is only the kind of the others, the other is said as `sign_in_refused`.
_SAID_OTHERWISE = {"vault", "wrong_password"}
NOTE = Note("n", "c", "zhang", "jinzhong", "full", 1, NOW)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("code", ["not_now", "gateway_lost", "no_such_call", "bad_number", "something_new"])
def test_a_refused_command_is_explained_in_words(language: str, code: str) -> None:
    use_language(language)
    sentence = problem_sentence("command_refused", cause=code)
    use_language("zh_CN")
    assert code not in sentence
    assert "{" not in sentence


def test_saving_that_fails_is_said_without_another_key(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[SavedView] = []
    monkeypatch.setattr(parts.window.status_bar, "show_saved", shown.append)
    bars = Bars(parts.window)
    bars.show_desk(Desk(NOTE, None, saving=True))
    bars.show_problems((Problem("not_saved", NOW, {"cause": "disk_full"}),))
    bars.show_problems(())
    assert [one.saving for one in shown] == [Saving.PENDING, Saving.FAILED, Saving.PENDING]


def test_every_problem_that_arises_by_name_has_its_sentences() -> None:
    codes = {code for path in (ROOT / "console").rglob("*.py") for code in _codes(path)} - _SAID_OTHERWISE
    assert len(codes) > 10
    for code in codes:
        params = dict.fromkeys(_PARAMS, "1")
        assert problem_sentence(code, **params)
        assert t(f"problems.{code}_do", **params)


_PARAMS = (
    *("cause", "days", "faults", "field", "file", "id", "line", "lost", "n"),
    *("path", "records", "seconds", "unsent", "value"),
)


def _codes(path: Path) -> set[str]:
    """The codes a module names where it raises a problem or refuses a sign-in, or keeps as its own."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="arise" | "set") | ast.Name(id="SignInRefused"),
                args=[ast.Constant(value=str(code)), *_],
            ):
                found.add(code)
            case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str(code))):
                found.add(code)
    return found
