"""What an examination of any exchange must and must not do."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from models.calls.call import CallState
from server.gateway.exchange.examination import Examined, Subject
from server.gateway.exchange.port import LineChanged
from tests.server.gateway.stage import Stage

GIVE_UP = 90  # seconds; only a story that hangs needs them


class ExaminationContract(ABC):
    @abstractmethod
    def stage(self) -> AbstractAsyncContextManager[Stage]:
        """One exchange in order."""

    def test_a_telephone_that_died_is_found_by_its_seat(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.exchange.set_ready(stage.seat, True, "")
            assert stage.seat not in _unreachable(await stage.exchange.examination.examine())
            await stage.telephone_dies()
            found = await stage.exchange.examination.examine()
            assert stage.seat in _unreachable(found)
            assert Subject.SEATS in found.looked_at

        self._examine(story)

    def test_a_broken_line_is_found_and_nothing_else(self) -> None:
        async def story(stage: Stage) -> None:
            await stage.line_breaks()
            found = await stage.exchange.examination.examine()
            assert [(one.subject, one.code) for one in found.findings] == [(Subject.LOGIN, "unreachable")]
            assert found.findings[0].grave
            assert found.looked_at == (Subject.LOGIN,)
            await stage.line_returns()

        self._examine(story)

    def test_an_examination_during_a_call_disturbs_nobody(self) -> None:
        async def story(stage: Stage) -> None:
            call = await stage.talking()
            told = len(stage.ears.told(call))
            await stage.exchange.examination.examine()
            picture = await stage.exchange.picture()
            assert [(one.id, one.state) for one in picture.calls] == [(call, CallState.TALKING)]
            assert picture.queue.waiting == 0
            assert len(stage.ears.told(call)) == told
            await stage.exchange.hang_up(call)

        self._examine(story)

    def _examine(self, story: Callable[[Stage], Awaitable[None]]) -> None:
        async def evening() -> None:
            async with asyncio.timeout(GIVE_UP), self.stage() as stage:
                await stage.ears.until(LineChanged, lambda one: one.problem == "")
                await story(stage)

        asyncio.run(evening())


def _unreachable(found: Examined) -> set[str]:
    return {one.params["seat"] for one in found.findings if one.code == "seat_unreachable"}
