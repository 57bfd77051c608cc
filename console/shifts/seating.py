"""Whose the seat is: taken by another console, asked for, given; and what others ask of a lead."""

from collections.abc import Callable

from console.line import port
from console.line.seating import Seating
from console.runtime.problems import Problems
from console.runtime.store import Store
from models.shifts.duty import Duty, DutyState
from models.shifts.wish import SeatWish
from models.trace.entry import Act, Happening, as_code

ELSEWHERE = ("seat_taken", "no_lead", "seat_denied", "taken_over")
ASKED = "asked"


class SeatingService:
    """Lives on the io thread.

    `standing` is why this console has not got its seat (one of `ELSEWHERE`, or `ASKED` while a lead is waited
    for), "" otherwise; `wishes` are those that this lead may answer.
    """

    def __init__(
        self,
        seat: str,
        line: Seating,
        problems: Problems,
        saw: Callable[[Happening], None],
    ) -> None:
        self._seat = seat
        self._line = line
        self._problems = problems
        self._saw = saw
        self.standing: Store[str] = Store("")
        self.wishes: Store[tuple[SeatWish, ...]] = Store(())

    def hear(self, news: port.SeatNews | port.Connected | port.Lost | port.Refused) -> None:
        """What the line tells of seats."""
        match news:
            case port.Asked():
                self._stand(ASKED)
            case port.SeatWanted(wish):
                self._wait((*(one for one in self.wishes.value if one.id != wish.id), wish))
            case port.SeatSettled(id):
                self._wait(tuple(one for one in self.wishes.value if one.id != id))
            case port.Refused(why):
                self._stand(why if why in ELSEWHERE else "")
                if why == "taken_over":
                    self._trace(Act.WITHDRAWN)
            case port.Connected() | port.Lost():
                # Whoever still waits is told again with the next connection.
                self._wait(())
                self._stand("")

    def see(self, duty: Duty) -> None:
        """An operator's state; rings that nobody here answered ended it, if it is mine."""
        if duty.seat == self._seat:
            stopped = duty.state is DutyState.BREAK and duty.unanswered > 0
            self._problems.set("rings_unanswered", stopped, n=str(duty.unanswered))

    def ask(self) -> None:
        """Ask a lead for the seat that another console holds."""
        if self.standing.value in ELSEWHERE:
            self._problems.settle("no_lead", "seat_denied")
            self._trace(Act.ASKED)
            self._line.ask()

    async def give(self, wish: str, on: bool) -> port.Done:
        """Let somebody have the seat, or not."""
        wanted = next((one for one in self.wishes.value if one.id == wish), None)
        done = await self._line.give(wish, on)
        if done.ok and wanted is not None:
            self._trace(Act.GRANTED if on else Act.HELD, wanted.seat)
        return done

    def _stand(self, standing: str) -> None:
        if standing != self.standing.value:
            self.standing.publish(standing)

    def _wait(self, wishes: tuple[SeatWish, ...]) -> None:
        if wishes != self.wishes.value:
            self.wishes.publish(wishes)
            self._problems.set("seat_wanted", bool(wishes), n=str(len(wishes)))

    def _trace(self, act: Act, seat: str = "") -> None:
        self._saw(Happening(act, "seat", as_code(seat or self._seat), where="line"))
