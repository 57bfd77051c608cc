"""The second word about a lower level, said by somebody else at this workstation."""

from functools import partial

from console.presenters.bars import problem_sentence
from console.presenters.bridge import Bridge
from console.seat import Seat
from console.session.service import SignInRefused
from console.sync.accounts import Wish
from console.workstation import Workstation
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
        self._bridge.wish(lambda: self._station.spawn(self._said(wish, agrees)))

    async def _said(self, wish: Wish, agrees: bool) -> None:
        risk = self._station.risk
        assessment = risk.assessment.value
        waiting = assessment.standing.waiting if assessment else None
        try:
            if assessment is None or waiting is None:
                raise SignInRefused("second_too_late")
            await self._station.journal.flush()
            word = await self._seat.second.say(wish, assessment, waiting.op, agrees)
        except SignInRefused as refusal:
            sentence = problem_sentence(refusal.code, **refusal.params)
            self._bridge.post(
                partial(self._panel.show_trouble, sentence, code_wanted=refusal.code == _CODE_WANTED)
            )
        else:
            risk.hear(word)
            self._bridge.post(self._panel.show_done)
