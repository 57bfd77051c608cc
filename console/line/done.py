"""What became of a command of the line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Done:
    """Whether a command was taken, and if not why (a problem code); what follows comes as news."""

    ok: bool
    why: str = ""


GATEWAY_LOST = Done(False, "gateway_lost")
