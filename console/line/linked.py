"""Whether gateway and exchange can be reached, as the operator is told."""

from collections.abc import Iterable

from console.line import port
from console.runtime.problems import Problems
from console.runtime.reach import Reach
from console.runtime.store import Store
from models.calls.call import Call
from models.calls.place import CONVERSATION
from models.calls.quality import Grade
from models.clock import Clock

GATEWAY_PROBLEMS = (
    "gateway_lost",
    "ticket",
    "drain",
    "seat_taken",
    "no_lead",
    "seat_denied",
    "taken_over",
    "protocol",
    "malformed",
)
GATEWAY_TROUBLES = ("gateway_disk", "recordings_full", "recordings_folder", "recordings_damaged")
EXCHANGE_PROBLEMS = ("line_lost", "line_login_refused", "line_config")


class Linked:
    """Turns news of the link into its state and into lasting problems."""

    def __init__(self, problems: Problems, clock: Clock) -> None:
        self._problems = problems
        self._clock = clock
        self.reach: Store[Reach] = Store(Reach())

    def gateway(self, news: port.Connected | port.Lost | port.Refused) -> None:
        """The gateway was reached, lost, or said no."""
        match news:
            case port.Connected():
                self._problems.settle(*GATEWAY_PROBLEMS, *GATEWAY_TROUBLES)
                self.reach.publish(Reach(True, self._clock.now()))
                self.exchange(news.line)
            case port.Lost(since):
                self._problems.arise("gateway_lost")
                self.reach.publish(Reach(False, since))
            case port.Refused(why):
                self._problems.arise(why)
                self.reach.publish(Reach(False, self._clock.now()))

    def troubled(self, codes: Iterable[str]) -> None:
        """All that is wrong with the gateway itself; what a newer gateway tells of is left to its log."""
        told = frozenset(codes)
        for code in GATEWAY_TROUBLES:
            self._problems.set(code, code in told)

    def see_calls(self, calls: Iterable[Call]) -> None:
        """Whether a conversation of this seat is hardly to be heard."""
        bad = any(
            one.state in CONVERSATION and one.quality and one.quality.grade is Grade.BAD for one in calls
        )
        self._problems.set("hard_to_hear", bad)

    def exchange(self, problem: str) -> None:
        """What is wrong with the exchange behind the gateway, "" for nothing."""
        self._problems.settle(*(code for code in EXCHANGE_PROBLEMS if code != problem))
        if problem:
            self._problems.arise(problem)
        self.reach.publish(Reach(not problem, self._clock.now()))
