"""Renders every state of the window to build/look: ``python -m tests.widgets.look [word…]``.

With ``QT_SCALE_FACTOR=2`` as a screen at 200 % shows them: 1366 wide becomes 2732.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from console.presenters.bars import problem_sentence
from models.calls.events import Taping
from models.notes.filling import Beside, missing
from models.referrals.referral import Step
from models.shifts.duty import DutyState
from resources.texts import t, use_language
from tests.widgets import (
    look_access,
    look_alerts,
    look_closing,
    look_followups,
    look_forms,
    look_handing,
    look_levels,
    look_notes,
    look_people,
    look_practice,
    look_queue,
    look_recordings,
    look_samples,
    look_search,
    look_sections,
    look_shift,
    look_softphone,
    look_sync,
    look_trouble,
    samples,
)
from tests.widgets.window import make_window
from widgets.main_window import MainWindow, Page
from widgets.risk.view import AlertView, Attention
from widgets.session.view import Link, LinkView, SavedView, Saving
from widgets.theme import PALETTES, apply_theme

OUT = Path(__file__).parents[2] / "build" / "look"
SIZES = ((1366, 768), (1920, 1080))
State = Callable[[MainWindow], None]


def _state(window: MainWindow, state: DutyState, seconds: float = 501) -> None:
    window.top_bar.show_state(state, samples.ago(seconds))


def sign_in(window: MainWindow) -> None:
    window.show_page(Page.SIGN_IN)
    window.parts.sign_in.show_last("", "3")


def sign_in_error(window: MainWindow) -> None:
    window.show_page(Page.SIGN_IN)
    window.parts.sign_in.show_last("0712", "3")
    window.parts.sign_in.show_error("口令不对。请重新输入；忘记口令请找值班组长重置。")


def sign_in_code(window: MainWindow) -> None:
    sign_in(window)
    window.parts.sign_in.show_last("0712", "3")
    window.parts.sign_in.ask_code(problem_sentence("code_wanted"))


def sign_in_former(window: MainWindow) -> None:
    sign_in(window)
    window.parts.sign_in.show_last("0712", "3")
    window.parts.sign_in.ask_former(problem_sentence("former_password_wanted"))


def locked(window: MainWindow) -> None:
    window.show_page(Page.SIGN_IN)
    window.parts.sign_in.show_locked("0712", "3")


def locked_in_call(window: MainWindow) -> None:
    locked(window)
    window.parts.sign_in.show_error(t("session.change_in_call"))


def leaving(window: MainWindow) -> None:
    locked(window)
    window.parts.sign_in.show_busy(True, t("session.leaving"))


def password(window: MainWindow) -> None:
    window.status_bar.password_wanted.emit()


def password_code(window: MainWindow) -> None:
    window.status_bar.password_wanted.emit()
    window.parts.password.ask_code(problem_sentence("code_wanted"))


def password_changed(window: MainWindow) -> None:
    window.status_bar.password_wanted.emit()
    window.parts.password.show_changed()


def idle(window: MainWindow) -> None:
    window.parts.calls.show_board(())


def on_break(window: MainWindow) -> None:
    window.parts.calls.show_duty(samples.BREAK)
    _state(window, DutyState.BREAK, 300)


def ringing(window: MainWindow) -> None:
    window.parts.calls.show_board((samples.RINGING,))
    _state(window, DutyState.RINGING, 18)


def _record(window: MainWindow) -> None:
    """Show an R4 record in the middle and on the right."""
    parts = window.parts
    note, body = look_samples.NOTE, look_samples.NOTE.body
    parts.note.show_note(note)
    parts.note.show_missing(
        missing(look_samples.FORM, body.category, body.values, Beside(len(body.log), screened=True))
    )
    parts.risk.show_assessment(look_samples.URGENT)
    parts.risk.show_alert(AlertView(Attention.SEEN, who="王组长"))
    parts.timeline.show_referrals([look_samples.referral(Step.PROPOSED, Step.JOINED, Step.ACCEPTED)])
    window.show_alarming(True)


def talking(window: MainWindow) -> None:
    _record(window)
    window.parts.calls.show_board((samples.RINGING,))
    window.parts.calls.show_board((samples.TALKING,))
    _state(window, DutyState.TALKING)


def three_way(window: MainWindow) -> None:
    _record(window)
    window.parts.calls.show_board((replace(samples.THREE_WAY, tape=Taping.PAUSED),))
    _state(window, DutyState.TALKING)


def left(window: MainWindow) -> None:
    window.parts.calls.show_board((samples.LEFT,))
    window.parts.calls.show_duty(samples.WRAP_UP)
    _state(window, DutyState.WRAP_UP, 12)


def recorded(window: MainWindow) -> None:
    window.parts.calls.show_board((samples.RECORDED,))
    _state(window, DutyState.TALKING)


def held(window: MainWindow) -> None:
    window.parts.calls.show_board((samples.HELD,))
    _state(window, DutyState.HELD, 32)


def ended(window: MainWindow) -> None:
    window.parts.calls.show_board((samples.ENDED,))
    window.parts.calls.show_duty(samples.WRAP_UP)
    _state(window, DutyState.WRAP_UP, 12)


def board(window: MainWindow) -> None:
    window.parts.calls.show_board(samples.BOARD)
    _state(window, DutyState.TALKING)


def joined_by_hand(window: MainWindow) -> None:
    line = replace(samples.TALKING, joins="h1")
    window.parts.calls.show_board((line, replace(samples.BY_HAND, joins="h1")))
    _state(window, DutyState.TALKING, 341)


def trouble(window: MainWindow) -> None:
    window.parts.calls.show_board((samples.BY_HAND,))
    window.parts.calls.show_line(samples.ago(600))
    window.top_bar.show_line(LinkView(Link.DOWN, samples.ago(600)))
    window.top_bar.show_sync(LinkView(Link.DOWN, samples.ago(600), 12))
    window.top_bar.show_problems(samples.PROBLEMS)
    window.status_bar.show_saved(SavedView(Saving.FAILED))
    window.status_bar.show_server_offset(None)
    QApplication.processEvents()
    window.top_bar.problems.click()


def closing(window: MainWindow) -> None:
    talking(window)
    window.ask_before_closing(t("window.close_in_call"))


def referral(window: MainWindow) -> None:
    talking(window)
    window.show_referral(True)


def records(window: MainWindow) -> None:
    talking(window)
    window.show_records(True)


def keys(window: MainWindow) -> None:
    talking(window)
    window.status_bar.keys_wanted.emit()


def unsent(window: MainWindow) -> None:
    talking(window)
    window.top_bar.show_sync(LinkView(Link.DOWN, samples.ago(600), 12))
    look_sync.fill(window)
    window.sync.toggle_unsent()


def two_texts(window: MainWindow) -> None:
    talking(window)
    look_sync.fill(window)
    window.sync.toggle_texts()


def lead(window: MainWindow) -> None:
    window.show_page(Page.LEAD)


def lead_reading(window: MainWindow) -> None:
    window.show_page(Page.LEAD)
    window.parts.lead.show_record(samples.RECORD)


def lead_lowering(window: MainWindow) -> None:
    window.show_page(Page.LEAD)
    window.parts.lead.show_record(samples.LOWERED)


STATES: tuple[State, ...] = (
    sign_in,
    sign_in_error,
    sign_in_code,
    sign_in_former,
    locked,
    locked_in_call,
    leaving,
    password,
    password_code,
    password_changed,
    idle,
    on_break,
    ringing,
    talking,
    three_way,
    left,
    recorded,
    held,
    ended,
    board,
    joined_by_hand,
    trouble,
    closing,
    referral,
    records,
    keys,
    unsent,
    two_texts,
    lead,
    lead_reading,
    lead_lowering,
    *look_access.STATES,
    *look_recordings.STATES,
    *look_alerts.STATES,
    *look_closing.STATES,
    *look_followups.STATES,
    *look_forms.STATES,
    *look_notes.STATES,
    *look_handing.STATES,
    *look_levels.STATES,
    *look_people.STATES,
    *look_practice.STATES,
    *look_queue.STATES,
    *look_search.STATES,
    *look_shift.STATES,
    *look_softphone.STATES,
    *look_trouble.STATES,
)

# Of the sections one window after another is tested by itself: tests/widgets/notes/test_section_layout.py.
PICTURES: tuple[State, ...] = (*STATES, *look_sections.STATES)


def fill(window: MainWindow) -> None:
    """Show what every state has."""
    window.show_page(Page.DESK)
    calls, top, status = window.parts.calls, window.top_bar, window.status_bar
    window.parts.note.show_form(look_samples.FORM, look_samples.ENUMERATIONS)
    window.parts.risk.show_assessment(None)
    window.parts.referral.show_referral(look_samples.SHEET)
    calls.show_duty(samples.READY)
    calls.show_queue(samples.QUEUE)
    calls.show_greeting(samples.GREETING)
    top.show_person("北京 12356", "林医生", "精神科医师", leads=True)
    top.show_state(DutyState.READY, samples.ago(760))
    top.show_queue(3, samples.ago(72))
    top.show_answered_rate(96)
    top.show_line(LinkView(Link.UP))
    top.show_sync(LinkView(Link.UP))
    status.show_saved(SavedView(Saving.SAVED, samples.ago(0.3)))
    status.show_server_offset(timedelta(0))
    status.show_seat("3")
    window.parts.records.show_records(samples.RECORDS)
    window.parts.lead.show_operators(samples.OPERATORS)
    window.parts.lead.show_notes(samples.SHIFT)
    window.parts.lead.show_missed(2, samples.ago(900), 131)


def main(words: list[str]) -> None:
    """Render every state whose file name holds all the words."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    OUT.mkdir(parents=True, exist_ok=True)
    pixels = app.devicePixelRatio()
    for language in ("zh_CN", "en"):
        use_language(language)
        for palette in PALETTES.values():
            for width, height in SIZES:
                names = {
                    f"{state.__name__}-{language}-{palette.name}-{width * pixels:.0f}": state
                    for state in PICTURES
                }
                wanted = {name: state for name, state in names.items() if all(word in name for word in words)}
                if wanted:
                    apply_theme(app, palette)
                for name, state in wanted.items():
                    _render(app, state, name, width, height)


def _render(app: QApplication, state: State, name: str, width: int, height: int) -> None:
    window = make_window()
    window.resize(width, height)
    window.show()
    fill(window)
    state(window)
    for part in (
        window.top_bar,
        window.status_bar,
        window.parts.calls,
        window.parts.lead,
        window.parts.unsent,
    ):
        part.show_now(samples.NOW)
    for _ in range(5):  # a nested layout asks its parent once per round
        app.processEvents()
    window.grab().save(str(OUT / f"{name}.png"))
    window.let_close()
    window.deleteLater()
    # A window that stayed would be dressed anew with every theme: each picture slower than the last.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


if __name__ == "__main__":
    main(sys.argv[1:])
