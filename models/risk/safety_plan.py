"""The safety plan: six steps in the words of the person at risk, and how those words came about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class PlanStep(StrEnum):
    """The six steps, in the order in which they are gone through (domain.md 3.6)."""

    SIGNS = "signs"
    OWN = "own"
    DISTRACTION = "distraction"
    PEOPLE = "people"
    SERVICES = "services"
    SAFER = "safer"


@dataclass(frozen=True, slots=True)
class Wording:
    """What somebody wrote into one step at a moment, by the act `op`.

    `on` are the wordings that it takes the place of. One that is `kept` stays in the trail for ever; any
    other only until its author has written the next one. `version` is that of the steps as they were shown.
    """

    op: str
    at: datetime
    actor: str
    step: PlanStep
    text: str
    on: tuple[str, ...] = ()
    kept: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class SafetyPlan:
    """One plan for one call; it has the id of its note. `words` is its whole trail."""

    id: str
    note: str
    call: str
    author: str
    site: str
    opened_at: datetime
    words: tuple[Wording, ...] = ()

    def standing(self, step: PlanStep) -> tuple[Wording, ...]:
        """What stands in a step: one wording, or several that were written without knowing of each other."""
        mine = [one for one in self.words if one.step is step]
        replaced = {name for one in mine for name in one.on}
        return tuple(one for one in mine if one.op not in replaced)

    def text(self, step: PlanStep) -> str:
        """All words that stand in a step; what was written side by side stands one under the other."""
        return "\n".join(dict.fromkeys(one.text for one in self.standing(step) if one.text.strip()))

    @property
    def texts(self) -> Mapping[PlanStep, str]:
        """The steps that have words, in their order."""
        found = {step: self.text(step) for step in PlanStep}
        return {step: text for step, text in found.items() if text}

    @property
    def is_whole(self) -> bool:
        """True where each of the six steps has words."""
        return len(self.texts) == len(PlanStep)

    @property
    def changed_at(self) -> datetime:
        """When somebody last wrote in it."""
        return max((one.at for one in self.words), default=self.opened_at)


def in_force(plans: Iterable[SafetyPlan]) -> SafetyPlan | None:
    """The plan of somebody's calls that holds now: of those with words the one that was written in last."""
    written = (one for one in plans if one.texts)
    return max(written, key=lambda one: (one.changed_at, one.id), default=None)


def with_wording(words: Iterable[Wording], added: Wording) -> tuple[Wording, ...]:
    """The trail with one more wording, whatever came first; without those that were only passed through."""
    known = {one.op: one for one in (*words, added)}
    while (passed := _passed(known.values())) is not None:
        gone, after = passed
        del known[gone.op]
        known[after.op] = replace(after, on=tuple(sorted({*after.on, *gone.on} - {after.op})))
    return tuple(sorted(known.values(), key=lambda one: (one.at, one.op)))


def _passed(words: Iterable[Wording]) -> tuple[Wording, Wording] | None:
    """A wording that need not be kept, with the one that its author put in its place."""
    every = tuple(words)
    after = {name: one for one in every for name in one.on}
    for one in every:
        next_one = after.get(one.op)
        if next_one is not None and next_one.actor == one.actor and not one.kept:
            return one, next_one
    return None
