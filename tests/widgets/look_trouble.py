"""The pictures of trouble: storage, trace, versions, the first sign-in and the first fetching."""

from console.presenters.bars import problem_sentence, problem_views
from models.problems import Problem
from resources.texts import t
from tests.widgets import samples
from widgets.main_window import MainWindow, Page
from widgets.session.view import Link, LinkView
from widgets.sync.view import LinkWords

PATH = "/home/zuoxi3/.local/share/xinqiao/operators/0712/records-20261122-0241.damaged.db"


def storage_rebuilt(window: MainWindow) -> None:
    _problems(
        window,
        Problem(
            "storage_rebuilt",
            samples.ago(3000),
            {"records": "1284", "unsent": "3", "lost": "2", "path": PATH},
        ),
        Problem("trace_broken", samples.ago(900)),
    )


def many_problems(window: MainWindow) -> None:
    window.top_bar.show_line(LinkView(Link.DOWN, samples.ago(600)))
    window.top_bar.show_sync(LinkView(Link.DOWN, samples.ago(600), 12))
    _problems(
        window,
        Problem("not_saved", samples.ago(20), {"cause": "disk_full"}),
        Problem("gateway_lost", samples.ago(600)),
        Problem("server_unreachable", samples.ago(600)),
        Problem("texts_to_settle", samples.ago(900), {"n": "2"}),
        Problem("acts_held", samples.ago(5000), {"n": "3"}),
        Problem("recovery_missing", samples.ago(9000)),
        Problem("secret_store_missing", samples.ago(9000)),
    )


def upgrade_refused(window: MainWindow) -> None:
    _problems(window, Problem("program_old", samples.ago(900)))
    window.parts.unsent.show_link(
        LinkWords(t("sync.link_turned_away", time="02:26", why=t("sync.why_program_old")), "care")
    )
    window.sync.toggle_unsent()


def first_fetching(window: MainWindow) -> None:
    window.top_bar.show_sync(LinkView(Link.WORKING, samples.ago(9), 61_234))
    window.parts.unsent.show_link(LinkWords(t("sync.link_fetching", held="38766", told="100000"), "bar_care"))
    window.sync.toggle_unsent()


def _sign_in(window: MainWindow, code: str, **params: str) -> None:
    window.show_page(Page.SIGN_IN)
    window.parts.sign_in.show_last("0712", "3")
    window.parts.sign_in.show_error(problem_sentence(code, **params))


def sign_in_first(window: MainWindow) -> None:
    _sign_in(window, "first_sign_in_needs_server")


def sign_in_wait(window: MainWindow) -> None:
    _sign_in(window, "sign_in_wait", seconds="30")


def sign_in_damaged(window: MainWindow) -> None:
    _sign_in(window, "storage_damaged", path=PATH)


def sign_in_enrolment(window: MainWindow) -> None:
    _sign_in(window, "enrolment")


def sign_in_elsewhere(window: MainWindow) -> None:
    _sign_in(window, "former_password_wrong")


def _problems(window: MainWindow, *problems: Problem) -> None:
    window.top_bar.show_problems(problem_views(problems))
    window.repaint()
    window.top_bar.problems.click()


STATES = (
    storage_rebuilt,
    many_problems,
    upgrade_refused,
    first_fetching,
    sign_in_first,
    sign_in_wait,
    sign_in_damaged,
    sign_in_enrolment,
    sign_in_elsewhere,
)
