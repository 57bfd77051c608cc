"""Practice: the console that practises says who rings and when the caller hangs up, one JSON object a line.

`{"do": "quiet"}`: the callers of the table ring no more. `{"do": "hang_up", "as": …}`: that caller is gone.
`{"do": "ring", "as": …, "number": …, "dialled": …}`: a caller dials; `{"rang": …, "call": …}` answers, with
the id of the call.
"""

import json
from collections.abc import Callable

from server.gateway.exchange.practice import PracticeExchange

_MOST = 64


class Directing:
    """Lives in the loop of the exchange; what it does not understand does nothing."""

    def __init__(self, exchange: PracticeExchange, tell: Callable[[dict[str, str]], None]) -> None:
        self._exchange = exchange
        self._tell = tell
        self._calls: dict[str, str] = {}

    def hear(self, line: str) -> None:
        """One order."""
        try:
            order = json.loads(line)
        except ValueError:
            return
        match order:
            case {"do": "quiet"}:
                self._exchange.own_callers(False)
            case {"do": "ring", "as": str(name), "number": str(number), "dialled": str(dialled)}:
                self._ring(name, number, dialled)
            case {"do": "hang_up", "as": str(name)} if name in self._calls:
                self._exchange.scene.caller_hangs_up(self._calls[name])

    def _ring(self, name: str, number: str, dialled: str) -> None:
        digits = number + dialled
        if name in self._calls or not digits.isdecimal() or len(digits) > _MOST:
            return
        call = self._calls[name] = self._exchange.scene.ring(number, dialled)
        self._tell({"rang": name, "call": call})
