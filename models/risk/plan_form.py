"""How the steps of the safety plan are worded: data of a hotline, with its version."""

from dataclasses import dataclass

from models.risk.safety_plan import PlanStep
from models.risk.worded import Worded


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One step: its name, what belongs into it, and words in which an operator can ask for it."""

    step: PlanStep
    name: Worded
    hint: Worded
    ask: Worded


@dataclass(frozen=True, slots=True)
class PlanForm:
    """The six steps; `confirmed` says whether the clinical owner has confirmed this wording."""

    version: int
    confirmed: bool
    source: str
    parts: tuple[PlanPart, ...]
