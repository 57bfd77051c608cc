"""The port's part for calls from here."""

from typing import Protocol


class Outgoing(Protocol):
    """Raises ExchangeRefused like every command of the port."""

    async def place(self, call: str, seat: str, dial: str, shown: str, /) -> None:
        """Call somebody: the telephone of the seat picks up by itself, then `dial` (3-16 digits) is called.

        The operator hears it ring. Who is called sees the number `shown`. `call` is the caller's choice, 32
        hexadecimal digits; one that is there already is not called again. The news are `placed`, `rang`,
        `answered`, and `ended` with a cause where nobody was reached. Until the answer only `hang_up` fits;
        then it is a call like every other. `not_now`: the seat is in a conversation.
        """
        ...
