"""Pictures of each form, as the operator has it beside a call."""

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from models.calls.events import Taping
from models.cases.caller_plan import Limits
from models.notes.filling import Beside, missing
from models.notes.forms import NoteForms
from models.notes.ladder import Ladder
from models.notes.note import LogLine, NoteBody, Value
from models.shifts.duty import DutyState
from resources import hotline
from resources.texts import language, t
from tests.widgets import look_samples, samples
from widgets.base.buttons import KeyButton
from widgets.cases.notice import limits_words
from widgets.main_window import MainWindow
from widgets.notes.facts import Fact, Facts
from widgets.notes.tabs import SectionTab
from widgets.notes.view import MarkView, SaveState

MARKS = ("14:24:07", "14:24:31", "", "", "")


@cache
def _data() -> tuple[NoteForms, Ladder]:
    with tempfile.TemporaryDirectory() as folder:
        loaded = hotline.load("jinzhong", None, Path(folder))
    return loaded.forms, loaded.ladder


def shipped_forms() -> NoteForms:
    """The forms of a hotline as they are shipped."""
    return _data()[0]


def show_form(window: MainWindow, category: str, values: dict[str, Value], section: int = 0) -> None:
    """Show a note of a category in a call, with these values, and one of the sections of its form."""
    forms, ladder = _data()
    calls, panel = window.parts.calls, window.parts.note
    calls.show_board((replace(samples.TALKING, tape=Taping.ON),))
    window.top_bar.show_state(DutyState.TALKING, samples.ago(501))
    form = forms.of(category)
    lines = tuple(LogLine(f"l{n}", look_samples.minutes(n), text) for n, text in look_samples.WORDS[:2])
    note = replace(look_samples.NOTE, id=f"note-{category}", body=NoteBody(category, values, lines))
    panel.show_note(note)
    panel.show_form(form, look_samples.ENUMERATIONS)
    steps = zip(ladder.steps, MARKS, strict=True)
    panel.papers.show_marks([MarkView(one.id, one.label(language()), at) for one, at in steps])
    panel.show_missing(missing(form, category, values, Beside(2, marks=2)))
    panel.show_saved_state(SaveState.SAVED, "14:31:02")
    tabs = panel.findChildren(SectionTab)[-len(form.sections) :]
    tabs[section].setChecked(True)


def form_full_third_party(window: MainWindow) -> None:
    """The mother of a child: the guardian is asked about."""
    show_form(window, "C5", {"relation": "relative", "age_band": "under_14", "guardian_consent": "yes"})


def form_danger(window: MainWindow) -> None:
    """Danger to others: to whom it was reported."""
    show_form(window, "C6", {"outcome": ("O09",)}, 3)


def form_crisis(window: MainWindow) -> None:
    """The block of a crisis."""
    show_form(window, "C2", {"crisis_event": "昨天家里失火，暂住亲戚家。", "reachable.asked": "unclear"}, 2)


def form_short(window: MainWindow) -> None:
    """A question."""
    show_form(window, "C4", {"problem_main": "P13"})


def form_out_of_scope(window: MainWindow) -> None:
    """Who can help instead."""
    show_form(window, "S9", {"outcome": ("O12",)}, 1)


def form_silent(window: MainWindow) -> None:
    """The ladder with two marks."""
    show_form(window, "S1", {})


def form_special(window: MainWindow) -> None:
    """What was heard."""
    show_form(window, "S3", {"harassment_marks": ("insulting",), "caller_told": "yes"})


def form_follow_up(window: MainWindow) -> None:
    """A result that needs who confirmed it."""
    show_form(window, "S7", {"follow_up_result": "deceased", "contact_consent": "refused"})


def form_repeat(window: MainWindow) -> None:
    """A repeat caller: the plan in force is read where the note is written."""
    show_form(window, "S2", {"relation": "self"})
    plan = "先问这几天有没有睡觉；请对方说出最近一次和朋友的联系；不讨论药量。"
    _facts(
        window,
        Fact(t("callers.plan", words=plan), "accent"),
        Fact(limits_words(Limits.IN_FORCE, "每天一次，每次 20 分钟"), "accent"),
    )


def form_agreed(window: MainWindow) -> None:
    """What was agreed on the sheet stands in the fields, and its dates under them."""
    said: dict[str, Value] = {
        "contact_consent": "agreed",
        "safe_times": "家人不在时，下午",
        "safe_number": "13834400009",
        "code_word": "图书馆还书",
        "others_may": "室友；母亲不知情",
        "others_told": "只说“图书馆通知”",
    }
    show_form(window, "C1", said, 4)
    dates = t("notes.open_separator").join(("11-24 15:00", "11-30 15:00", "12-23 15:00", "…"))
    _facts(window, Fact(t("notes.fact_dates", dates=dates)))


def _facts(window: MainWindow, *told: Fact) -> None:
    facts = Facts()
    window.parts.note.take_beside(facts)
    facts.show_facts(told)


def form_type_only(window: MainWindow) -> None:
    """Nothing but the type; what was typed before is kept and said."""
    show_form(window, "S5", {"complaint": "撑不下去了", "sex": "female"})
    panel = window.parts.note
    panel.elsewhere.show_entries([("主诉", "撑不下去了"), ("性别", "女")])
    show = t("notes.elsewhere_show")
    next(one for one in panel.elsewhere.findChildren(KeyButton) if one.text() == show).click()


STATES = (
    form_full_third_party,
    form_danger,
    form_crisis,
    form_short,
    form_out_of_scope,
    form_silent,
    form_special,
    form_follow_up,
    form_repeat,
    form_agreed,
    form_type_only,
)
