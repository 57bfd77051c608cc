"""What every adapter of the exchange port must do with callers whom nobody has answered yet."""

from datetime import UTC, datetime, time, timedelta

import pytest

from models.calls.call import CallState
from models.calls.events import CallEnd, Ended, Offered
from models.calls.queueing import Diversion, Diverted, Rank, Wished
from models.people.number import NumberKind, kind_of, normalise
from models.people.site import Hours
from server.gateway.exchange.port import Entered, QueueMoved
from server.gateway.exchange.queueing import QueueRules
from tests.server.gateway.contract_handing import found_again
from tests.server.gateway.played import Played
from tests.server.gateway.stage import Stage

FIRST, SECOND, THIRD = "13800000001", "13800000002", "13800000003"


def closed_at(now: datetime) -> Hours:
    """Hours that do not hold this moment, by the clock of China."""
    local = now.astimezone(UTC) + timedelta(hours=8)
    return Hours(time((local.hour + 2) % 24), time((local.hour + 4) % 24))


async def offered_of(stage: Stage, call: str) -> Offered:
    return await stage.ears.until(Offered, lambda one: one.call == call)


class QueueingContract(Played):
    """Ranks, the own counsellor's seat, hours with a wish, another hotline."""

    def test_ranks_come_before_time(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.exchange.set_ready(stage.seat, False, "rest")
            calls = [
                await stage.waits(number, rank)
                for number, rank in ((FIRST, Rank.LOWERED), (SECOND, Rank.PLAIN), (THIRD, Rank.EMERGENCY))
            ]
            await stage.ears.until(QueueMoved, lambda one: one.queue.waiting == 3)
            await stage.exchange.set_ready(stage.seat, True, "")
            assert (await stage.ears.until(Offered)).call == calls[2]

        self.play(story)

    def test_a_rank_that_is_given_late_counts(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.exchange.set_ready(stage.seat, False, "rest")
            first, second = await stage.waits(FIRST, Rank.PLAIN), await stage.waits(SECOND, Rank.PLAIN)
            await stage.ears.until(QueueMoved, lambda one: one.queue.waiting == 2)
            await stage.exchange.queueing.rank(second, Rank.RISK, "")
            await stage.exchange.set_ready(stage.seat, True, "")
            assert (await stage.ears.until(Offered)).call == second
            await self.refuses("no_such_call", stage.exchange.queueing.rank("0" * 32, Rank.RISK, ""))
            assert first != second

        self.play(story)

    def test_it_rings_first_where_the_caller_is_known(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.staffed(stage.colleague)
            await stage.exchange.set_ready(stage.seat, True, "")
            await stage.exchange.set_ready(stage.colleague, True, "")
            for number in (FIRST, SECOND):
                call = await stage.waits(number, Rank.RISK, stage.colleague)
                offered = await offered_of(stage, call)
                # The second caller is not held up: the seat is taken, and another one is free.
                assert (offered.seat == stage.colleague) is (number == FIRST)

        self.play(story)

    def test_what_is_answered_has_no_rank_any_more(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            await self.refuses("not_now", stage.exchange.queueing.rank(call, Rank.LOWERED, ""))

        self.play(story)

    def test_outside_the_hours_nobody_rings_and_a_wish_is_taken(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.exchange.set_ready(stage.seat, True, "")
            await stage.exchange.queueing.keep(QueueRules(closed_at(stage.outside.now())))
            await stage.ring(FIRST)
            diverted = await stage.ears.until(Diverted)
            assert diverted.to is Diversion.CLOSED
            call = await stage.call(diverted.call)
            assert call
            assert (call.number, call.dialled, call.state) == (FIRST, stage.dialled, CallState.WAITING)
            await stage.outside.caller_wishes()
            wished = await stage.ears.until(Wished)
            assert (wished.call, wished.number) == (diverted.call, FIRST)
            await stage.caller_hangs_up()
            assert (await stage.ears.until(Ended)).call == diverted.call
            assert not stage.ears.all(Offered)
            assert not [one for one in stage.ears.all(QueueMoved) if one.queue.waiting]

        self.play(story)

    def test_whole_days_are_open(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.exchange.queueing.keep(QueueRules(Hours(time(0), time(0))))
            await stage.offered(FIRST)
            assert not stage.ears.all(Diverted)

        self.play(story)

    def test_where_nobody_is_another_hotline_answers(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.exchange.set_ready(stage.seat, False, "rest")
            await stage.exchange.queueing.keep(QueueRules(overflow=stage.party, staffed=False))
            call = await stage.waits(FIRST, Rank.PLAIN)
            await stage.outside.other_hotline_answers()
            diverted = await stage.ears.until(Diverted)
            assert (diverted.call, diverted.to, diverted.dial) == (call, Diversion.OVERFLOW, stage.party)
            shown = (await found_again(stage)).calls[0]
            assert shown.diverting
            assert (shown.diverting.to, shown.diverting.dial) == (Diversion.OVERFLOW, stage.party)
            await stage.caller_hangs_up()
            assert (await stage.ears.until(Ended)).end is CallEnd.TRANSFERRED

        self.play(story)

    def test_who_waits_too_long_goes_there_and_comes_back_where_nobody_answers(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.exchange.set_ready(stage.seat, False, "rest")
            await stage.exchange.queueing.keep(QueueRules(overflow=stage.party, overflow_after=1))
            first = await stage.waits(FIRST, Rank.PLAIN)
            await stage.outside.other_hotline_is_busy()
            await stage.exchange.set_ready(stage.seat, True, "")
            assert (await stage.ears.until(Offered)).call == first
            assert not stage.ears.all(Diverted)

        self.play(story)

    def test_an_open_risk_is_not_sent_on_while_somebody_is_here(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.exchange.set_ready(stage.seat, False, "rest")
            await stage.exchange.queueing.keep(QueueRules(overflow=stage.party, overflow_after=1))
            risk, plain = await stage.waits(FIRST, Rank.RISK), await stage.waits(SECOND, Rank.PLAIN)
            await stage.outside.other_hotline_answers()
            assert (await stage.ears.until(Diverted)).call == plain
            await stage.exchange.set_ready(stage.seat, True, "")
            assert (await stage.ears.until(Offered)).call == risk

        self.play(story)

    @pytest.mark.parametrize(
        ("number", "kind"),
        [
            ("+8613800000001", NumberKind.MOBILE),
            ("03540000001", NumberKind.LANDLINE),
            ("0085200000001", NumberKind.ABROAD),
            ("+85200000001", NumberKind.ABROAD),
            ("01000000001801", NumberKind.SWITCHBOARD),
            ("110", NumberKind.SHORT),
        ],
    )
    def test_every_form_of_a_number_arrives(self, number: str, kind: NumberKind) -> None:
        async def story(stage: Stage) -> None:
            await stage.ring(number)
            entered = await stage.ears.until(Entered)
            assert kind_of(entered.call.number) is kind
            assert normalise(entered.call.number) == normalise(number)

        self.play(story)

    def test_a_hidden_number_is_none(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.ring(stage.withheld)
            assert (await stage.ears.until(Entered)).call.number == ""

        self.play(story)

    def test_a_caller_is_known_as_soon_as_they_come_in(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.ring(FIRST)
            entered = await stage.ears.until(Entered)
            assert (entered.call.number, entered.call.dialled) == (FIRST, stage.dialled)

        self.play(story)
