import asyncio
from dataclasses import replace

from console.referrals.service import ReferralsService
from models.calls.events import CallEvent, Invited, Joined, Left
from models.clock import Clock, ManualClock
from models.referrals.referral import LegalBasis, PlaceBasis, Referral, Step
from tests.console.desk import IDENTITY, MemoryJournal

CLOCK: Clock = ManualClock()
REFERRAL = Referral(
    "r",
    "n",
    "c",
    "zhang",
    "beijing",
    "f110",
    "F110",
    "110",
    "110",
    False,
    "北京",
    PlaceBasis.STATED,
    "一名成年人",
    LegalBasis.EMERGENCY,
    CLOCK.now(),
)


class Line:
    def __init__(self, refusal: str = "") -> None:
        self.invited: list[tuple[str, ...]] = []
        self.refusal = refusal

    async def invite(self, *what: str) -> str:
        self.invited.append(what)
        return self.refusal


def started(line: Line) -> tuple[ReferralsService, MemoryJournal]:
    journal = MemoryJournal()
    referrals = ReferralsService(journal, ManualClock(), IDENTITY, line.invite)
    referrals.open_for("n")
    asyncio.run(_start_twice(referrals))
    return referrals, journal


async def _start_twice(referrals: ReferralsService) -> None:
    await referrals.start(REFERRAL)
    await referrals.start(replace(REFERRAL, text="doppelt"))


def test_a_double_click_is_one_referral_and_one_call() -> None:
    line = Line()
    referrals, journal = started(line)
    assert line.invited == [("c", "r.0", "110", "110")]
    assert [operation.type for operation in journal.urgent] == ["referral.open"]
    assert referrals.referrals.value[0].text == "一名成年人"


def test_what_the_line_tells_is_noted_by_itself_and_once() -> None:
    referrals, journal = started(Line())
    now = CLOCK.now()
    told: list[CallEvent] = [Invited("i", "c", now, "r.0", "110", "110"), Joined("j", "c", now, "r.0")]
    for event in (*told, *told):
        referrals.hear(event)
    referrals.hear(Left("l", "c", now, "r.0", "left"))
    steps = [entry.step for entry in referrals.referrals.value[0].timeline]
    assert sorted(steps) == sorted((Step.PROPOSED, Step.CALLED, Step.JOINED))
    assert journal.records()["r"]["timeline"]


def test_a_busy_line_is_said_and_can_be_called_again() -> None:
    line = Line()
    referrals, _ = started(line)
    referrals.hear(Invited("i", "c", CLOCK.now(), "r.0", "110", "110"))
    referrals.hear(Left("l", "c", CLOCK.now(), "r.0", "busy"))
    assert referrals.referrals.value[0].state is Step.NOT_REACHED
    asyncio.run(referrals.dial_again("r"))
    assert line.invited[-1] == ("c", "r.1", "110", "110")


def test_only_a_person_confirms_that_somebody_is_safe() -> None:
    referrals, _ = started(Line())
    referrals.advance("r", Step.ACCEPTED, "3187")
    referrals.advance("r", Step.ARRIVED)
    assert referrals.referrals.value[0].is_open
    referrals.advance("r", Step.SAFE)
    assert not referrals.referrals.value[0].is_open


def test_a_line_that_refuses_loses_no_referral() -> None:
    line = Line("line_lost")
    journal = MemoryJournal()
    referrals = ReferralsService(journal, ManualClock(), IDENTITY, line.invite)
    referrals.open_for("n")
    assert asyncio.run(referrals.start(REFERRAL)) == "line_lost"
    assert journal.records()["r"]["dial"] == "110"
