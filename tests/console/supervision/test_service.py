"""A lead's part in the conversations of others, as the line tells it."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from console.line.done import Done
from console.supervision.service import SupervisionService, Watch
from models.calls.advance import advance
from models.calls.call import Call
from models.calls.events import Answered, CallEnd, Ended, HandedOver, Watched, Watching
from models.trace.entry import Act, Happening

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SEAT = "1009"


@dataclass
class Line:
    """Remembers what was asked and gives one answer to all of it."""

    answer: Done = field(default_factory=lambda: Done(True))
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def watch(self, call: str, how: Watching) -> Done:
        self.asked.append((call, how.value))
        return self.answer

    async def take_over(self, call: str) -> Done:
        self.asked.append((call, "take_over"))
        return self.answer


class Lead:
    def __init__(self) -> None:
        self.line = Line()
        self.trace: list[Happening] = []
        self.refused: list[str] = []
        self.service = SupervisionService(self.line, self.command, SEAT, self.trace.append)

    async def command(self, done: Any) -> str:
        answer = await done
        if not answer.ok:
            self.refused.append(answer.why)
        return "" if answer.ok else str(answer.why)

    def watched(self, call: str, how: Watching, seat: str = SEAT) -> None:
        self.service.hear(Watched(f"{call}-{how}", call, NOW, seat, "li", how))


def test_what_is_shown_is_what_the_line_says() -> None:
    lead = Lead()
    asyncio.run(lead.service.take_part("c", Watching.LISTEN))
    assert lead.service.watch.value == Watch()
    lead.watched("c", Watching.LISTEN)
    assert lead.service.watch.value == Watch("c", Watching.LISTEN)
    lead.watched("c", Watching.JOIN, seat="1008")
    assert lead.service.watch.value == Watch("c", Watching.LISTEN)
    lead.watched("c", Watching.WHISPER)
    assert lead.service.watch.value.how is Watching.WHISPER
    lead.watched("c", Watching.GONE)
    assert lead.service.watch.value == Watch()


def test_it_ends_with_the_call_and_with_taking_it_over() -> None:
    lead = Lead()
    lead.watched("c", Watching.LISTEN)
    lead.service.hear(Ended("e", "other", NOW, CallEnd.NORMAL))
    assert lead.service.watch.value.call == "c"
    lead.service.hear(Ended("e", "c", NOW, CallEnd.NORMAL))
    assert lead.service.watch.value == Watch()
    lead.watched("d", Watching.JOIN)
    lead.service.hear(HandedOver("h", "d", NOW, SEAT, "li"))
    assert lead.service.watch.value == Watch()


def test_a_picture_of_the_line_replaces_what_was_believed() -> None:
    lead = Lead()
    call = advance(Call("c"), Answered("a", "c", NOW, "1001"))
    call = advance(call, Watched("w", "c", NOW, SEAT, "li", Watching.WHISPER))
    lead.service.see((call,))
    assert lead.service.watch.value == Watch("c", Watching.WHISPER)
    lead.service.see((replace(call, watchers={}),))
    assert lead.service.watch.value == Watch()


def test_who_goes_to_another_conversation_leaves_the_first() -> None:
    lead = Lead()
    lead.watched("c", Watching.LISTEN)
    asyncio.run(lead.service.take_part("d", Watching.WHISPER))
    assert lead.line.asked == [("c", "gone"), ("d", "whisper")]
    lead.watched("d", Watching.WHISPER)
    lead.watched("c", Watching.GONE)
    assert lead.service.watch.value == Watch("d", Watching.WHISPER)


def test_each_use_leaves_its_trace_also_a_refused_one() -> None:
    lead = Lead()
    asyncio.run(lead.service.take_part("c", Watching.LISTEN))
    asyncio.run(lead.service.take_over("c"))
    lead.line.answer = Done(False, "not_now")
    asyncio.run(lead.service.take_part("c", Watching.JOIN))
    assert lead.trace == [
        Happening(Act.WATCHED, "call", "c", where="listen"),
        Happening(Act.TOOK_OVER, "call", "c"),
        Happening(Act.WATCHED, "call", "c", where="join", reason="not_now"),
    ]
    assert lead.refused == ["not_now"]
