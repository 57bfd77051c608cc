"""The second word about a lower level, said by somebody else at this workstation."""

import asyncio
from collections.abc import Callable
from functools import partial

from console.presenters.bars import problem_sentence
from console.presenters.bridge import Bridge
from console.seat import Seat
from console.session.service import PATIENCE_SECONDS, SignInRefused
from console.sync.accounts import Wish
from console.workstation import Workstation
from models.operation import Operation
from widgets.risk.panel import RiskPanel

_CODE_WANTED = "code_wanted"


class SecondPresenter:
    """Between the risk panel of the desk and who signs in beside the operator."""

    def __init__(self, bridge: Bridge, seat: Seat, station: Workstation, panel: RiskPanel) -> None:
        self._bridge = bridge
        self._seat = seat
        self._station = station
        self._panel = panel.second
        self._panel.said.connect(self._say)

    def _say(self, operator: str, password: str, code: str, agrees: bool) -> None:
        me = self._station.identity
        wish = Wish(operator, password, me.seat, me.device, code)
        # Whoever says it has this lowering before the eyes; another call may bring another note meanwhile.
        lowering = self._panel.waiting
        self._bridge.wish(lambda: self._station.spawn(self._said(wish, lowering, agrees)))

    async def _said(self, wish: Wish, lowering: str, agrees: bool) -> None:
        try:
            word = await self._word(wish, lowering, agrees)
        except SignInRefused as refusal:
            sentence = problem_sentence(refusal.code, **refusal.params)
            wanted = refusal.code == _CODE_WANTED
            self._answer(lowering, partial(self._panel.show_trouble, sentence, code_wanted=wanted))
        except Exception:
            # The bars tell of it; the fields come back here.
            self._answer(lowering, partial(self._panel.show_busy, False))
            raise
        else:
            self._station.risk.hear(word)
            self._answer(lowering, self._panel.show_done)

    async def _word(self, wish: Wish, lowering: str, agrees: bool) -> Operation:
        assessment = self._station.risk.assessment.value
        waiting = assessment.standing.waiting if assessment else None
        if assessment is None or waiting is None or waiting.op != lowering:
            raise SignInRefused("second_too_late")
        try:
            # What is agreed to is on the disk first. One that takes nothing keeps nobody waiting for ever.
            await asyncio.wait_for(self._station.journal.flush(), PATIENCE_SECONDS)
        except TimeoutError as late:
            raise SignInRefused("second_not_kept") from late
        return await self._seat.second.say(wish, assessment, lowering, agrees)

    def _answer(self, lowering: str, show: Callable[[], object]) -> None:
        """Show what became of it, unless another lowering is asked about by now."""

        def shown() -> None:
            if self._panel.waiting == lowering:
                show()

        self._bridge.post(shown)
