"""A call from ring to end, over a real WebSocket."""

from models.calls.call import CallState, PartyPhase
from models.calls.events import CallEnd, Ended, Joined, Left, Origin
from models.ids import new_id
from models.people.operator import Role
from models.shifts.duty import BreakReason, DutyState
from models.wire.commands import Answer, AskPicture, Drop, HangUp, Hold, Invite, Mute, Resume, SetDuty
from models.wire.line import DutyChanged, Happened, Picture, QueueMoved
from tests.server.gateway.consoles import Console, Site, play

CALLER = "13800000001"


def duties(console: Console) -> list[DutyState]:
    return [news.duty.state for news in console.heard if isinstance(news, DutyChanged)]


def test_a_call_from_ring_to_wrap_up() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            site.scene.ring(CALLER, "035412356")
            (ringing,) = await console.shows(CallState.RINGING)
            assert (ringing.number, ringing.dialled) == (CALLER, "035412356")
            call = await console.answered()
            assert (await console.do(Hold(id=new_id(), call=call))).ok
            await console.shows(CallState.HELD)
            assert (await console.do(Resume(id=new_id(), call=call))).ok
            await console.shows(CallState.TALKING)
            assert (await console.do(Mute(id=new_id(), call=call, on=True))).ok
            assert console.calls[0].is_muted
            assert (await console.do(HangUp(id=new_id(), call=call))).ok
            await console.shows()
            assert console.board[call].end is CallEnd.OPERATOR_ENDED
            await console.ready()
            talk = [DutyState.TALKING, DutyState.HELD, DutyState.TALKING]
            around = [
                DutyState.BREAK,
                DutyState.READY,
                DutyState.RINGING,
                *talk,
                DutyState.WRAP_UP,
                DutyState.READY,
            ]
            assert duties(console) == around

    play(story)


def test_wrap_up_takes_no_calls() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            first = site.scene.ring(CALLER, "12356")
            await console.answered()
            second = site.scene.ring("", "12356")
            site.scene.caller_hangs_up(first)
            await console.until(DutyChanged, lambda news: news.duty.state is DutyState.WRAP_UP)
            await console.do(AskPicture(id=new_id()))
            assert console.calls == []
            await console.ready()
            (ringing,) = await console.shows(CallState.RINGING)
            assert ringing.id == second
            assert ringing.number == ""

    play(story)


def test_a_third_party_by_one_invitation() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            site.scene.ring(CALLER, "12356")
            call = await console.answered()
            party = new_id()
            for _ in range(2):
                invite = Invite(id=new_id(), call=call, party=party, dial="110", label="110")
                assert (await console.do(invite)).ok
            site.scene.party_answers(call, party)
            await console.until(Happened, lambda news: isinstance(news.event, Joined))
            assert console.calls[0].parties[party].phase is PartyPhase.JOINED
            assert list(console.calls[0].parties) == [party]
            assert (await console.do(Drop(id=new_id(), call=call, party=party))).ok
            assert any(isinstance(news.event, Left) for news in console.heard if isinstance(news, Happened))
            assert console.calls[0].state is CallState.TALKING

    play(story)


def test_a_call_that_rings_elsewhere_is_nobody_elses() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as mine, site.console("1002") as other:
            site.scene.ring(CALLER, "12356")
            call = await mine.answered()
            for command in (Answer, HangUp, Hold, Resume):
                done = await other.do(command(id=new_id(), call=call))
                assert (done.ok, done.why) == (False, "not_yours")
            done = await other.do(Invite(id=new_id(), call=call, party=new_id(), dial="110", label=""))
            assert (done.ok, done.why) == (False, "not_yours")
            assert not any(isinstance(news, Happened) for news in other.heard)
            assert any(isinstance(news, QueueMoved) for news in other.heard)
            await mine.do(AskPicture(id=new_id()))
            assert [one.state for one in mine.calls] == [CallState.TALKING]

    play(story)


def test_a_call_nobody_knows_and_a_call_that_is_over() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            done = await console.do(HangUp(id=new_id(), call=new_id()))
            assert (done.ok, done.why) == (False, "not_yours")
            site.scene.ring(CALLER, "12356")
            call = await console.answered()
            site.scene.caller_hangs_up(call)
            done = await console.do(HangUp(id=new_id(), call=call))
            assert (done.ok, done.why) == (False, "no_such_call")

    play(story)


def test_a_ring_cannot_be_hung_up_and_a_talk_cannot_be_answered() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            call = site.scene.ring(CALLER, "12356")
            await console.shows(CallState.RINGING)
            assert (await console.do(HangUp(id=new_id(), call=call))).why == "not_now"
            await console.answered()
            assert (await console.do(Answer(id=new_id(), call=call))).why == "not_now"

    play(story)


def test_a_break_has_a_reason_and_is_not_taken_in_a_conversation() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            rest = SetDuty(id=new_id(), state="break", reason=BreakReason.REST)
            assert (await console.do(rest)).ok
            duty = [news.duty for news in console.heard if isinstance(news, DutyChanged)][-1]
            assert (duty.state, duty.reason) == (DutyState.BREAK, BreakReason.REST)
            site.scene.ring(CALLER, "12356")
            assert console.calls == []
            await console.ready()
            await console.answered()
            assert (await console.do(rest)).why == "not_now"

    play(story)


def test_a_lead_sees_every_seat_and_an_operator_only_their_own() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as operator, site.console("1009", roles=(Role.LEAD,)) as lead:
            site.scene.ring(CALLER, "12356")
            await operator.answered()
            seen = await lead.until(DutyChanged, lambda news: news.duty.state is DutyState.TALKING)
            assert (seen.duty.seat, seen.duty.operator) == ("1001", "op-1001")
            told = {news.duty.seat for news in operator.heard if isinstance(news, DutyChanged)}
            assert told == {"1001"}

    play(story)


def test_calls_of_the_line_are_named_so() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            site.scene.ring(CALLER, "12356")
            await console.answered()
            await console.do(AskPicture(id=new_id()))
            assert (console.calls[0].origin, console.calls[0].site) == (Origin.LINE, "jinzhong")
            assert any(isinstance(news, Picture) for news in console.heard)

    play(story)


def test_the_caller_gives_up_in_the_queue() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            call = site.scene.ring(CALLER, "12356")
            await console.shows(CallState.RINGING)
            site.scene.caller_hangs_up(call)
            await console.until(Happened, lambda news: isinstance(news.event, Ended))
            await console.until(DutyChanged, lambda news: news.duty.state is DutyState.READY)

    play(story)
