"""The pictures of the operator's state: wrap-up that runs out, missed rings, seats that change hands."""

from console.presenters.bars import problem_views
from models.problems import Problem
from models.shifts.duty import DutyState
from tests.widgets import samples
from widgets.calls.view import DutyView
from widgets.lead.view import OperatorView
from widgets.lead.wishes import WishView
from widgets.main_window import MainWindow, Page
from widgets.session.view import Link, LinkView

OPERATORS = (
    OperatorView("o1", "林医生", "精神科医师", "3", DutyState.READY, samples.ago(501), unanswered=1),
    OperatorView("o3", "陈护士", "精神科护士", "2", DutyState.BREAK, samples.ago(300), unanswered=2),
    OperatorView(
        "o4", "赵老师", "心理咨询师", "5", DutyState.WRAP_UP, samples.ago(95), until=samples.ago(-205)
    ),
    OperatorView(
        "o5",
        "欧阳长名字老师",
        "国家二级心理咨询师",
        "9",
        DutyState.WRAP_UP,
        samples.ago(400),
        until=samples.ago(-3200),
        lengthened=55,
        unanswered=1,
    ),
)
WISHES = (
    WishView("w1", "1", "王老师", "林医生", samples.ago(60)),
    WishView("w2", "12", "欧阳长名字老师", "赵老师", samples.ago(30)),
)


def wrap_up_runs_out(window: MainWindow) -> None:
    window.top_bar.show_state(DutyState.WRAP_UP, samples.ago(95))
    window.parts.calls.show_duty(
        DutyView(DutyState.WRAP_UP, samples.ago(95), until=samples.ago(-505), lengthened=5)
    )


def rings_missed(window: MainWindow) -> None:
    window.top_bar.show_state(DutyState.BREAK, samples.ago(20))
    window.parts.calls.show_duty(DutyView(DutyState.BREAK, samples.ago(20), unanswered=2))
    _problems(window, Problem("rings_unanswered", samples.ago(20), {"n": "2"}))


def seat_elsewhere(window: MainWindow) -> None:
    _down(window)
    window.parts.calls.show_standing("seat_taken")
    _problems(window, Problem("seat_taken", samples.ago(20)))


def seat_asked(window: MainWindow) -> None:
    _down(window)
    window.parts.calls.show_standing("asked")


def seat_lost(window: MainWindow) -> None:
    _down(window)
    window.parts.calls.show_standing("taken_over")
    _problems(window, Problem("taken_over", samples.ago(20)))


def lead_seats(window: MainWindow) -> None:
    window.show_page(Page.LEAD)
    window.parts.lead.show_operators(OPERATORS)
    window.parts.lead.show_wishes(WISHES)


def _down(window: MainWindow) -> None:
    window.top_bar.show_line(LinkView(Link.DOWN, samples.ago(20)))
    window.parts.calls.show_line(samples.ago(20))


def _problems(window: MainWindow, *problems: Problem) -> None:
    window.top_bar.show_problems(problem_views(problems))
    window.repaint()
    window.top_bar.problems.click()


def call_without_gateway(window: MainWindow) -> None:
    window.parts.calls.show_board((samples.TALKING,))
    _down(window)


STATES = (
    call_without_gateway,
    wrap_up_runs_out,
    rings_missed,
    seat_elsewhere,
    seat_asked,
    seat_lost,
    lead_seats,
)
