"""What was agreed about whoever is on the line, brought before the eyes of who answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from console.calls.service import LineView
from console.cases.plans import PlansService
from console.followups.owing import Owing
from console.runtime.store import Store
from models.calls.at_hand import in_front
from models.calls.call import Call
from models.cases.caller_plan import CallerPlan, Limits, has_suicide_sign
from models.clock import Clock
from models.followups.contact import Stop
from models.people.number import mask
from models.risk.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Notice:
    """About the caller of `call`: `about` is the person or number (keyed hash), `label` as they are shown.

    `plan` is theirs, `limits` what holds of it now, `stopped` the wish for no contact that stands.
    """

    call: str = ""
    about: str = ""
    label: str = ""
    plan: CallerPlan | None = None
    limits: Limits = Limits.NONE
    stopped: Stop | None = None


class Noticing:
    """Lives on the io thread. `persons_of` names who is behind a call: their ids with their names."""

    def __init__(
        self,
        owing: Owing,
        plans: PlansService,
        clock: Clock,
        calls: Store[LineView],
        assessment: Store[Assessment | None],
    ) -> None:
        self._owing = owing
        self._plans = plans
        self._clock = clock
        self._calls = calls
        self._assessment = assessment
        self.persons_of: Callable[[str], Mapping[str, str]] = lambda _call: {}
        self.notice: Store[Notice] = Store(Notice())
        self.shown: Store[Notice] = Store(Notice())
        """The same about the call whose card is in front: a ring comes before a call that is over."""
        for store in (calls, assessment, owing.due, plans.plans):
            store.watch(lambda _value: self.look())

    def look(self) -> None:
        """Something changed: tell what stands about who is on the line."""
        calls, assessment = self._calls.value, self._assessment.value
        written = assessment.call if assessment is not None else ""
        self._tell(self.notice, calls.at_hand(written))
        self._tell(self.shown, in_front(calls.calls, written))

    def _tell(self, store: Store[Notice], call: Call | None) -> None:
        found = self._found(call)
        if found != store.value:
            store.publish(found)
        if found.plan is not None:
            self._plans.saw(found.plan, "call", found.call)

    def _found(self, call: Call | None) -> Notice:
        if call is None:
            return Notice()
        persons, key = self.persons_of(call.id), self._owing.key_of(call.number)
        abouts = tuple(one for one in (*persons, key) if one)
        plan = self._plans.of(abouts)
        wishes = (self._owing.contact(one) for one in abouts)
        stopped = next((one.stopped for one in wishes if one is not None and one.stopped is not None), None)
        label = next(iter(persons.values()), "") or mask(call.number)
        about = abouts[0] if abouts else ""
        limits = plan.limits(self._clock.now(), risk=self._risk(call)) if plan else Limits.NONE
        return Notice(call.id, about, label, plan, limits, stopped)

    def _risk(self, call: Call) -> bool:
        """A sign of suicide in this call, or the last that was found of the number."""
        now = self._assessment.value
        card = self._calls.value.callers.get(call.id)
        here = now if now is not None and now.call == call.id else None
        return has_suicide_sign(here, card.last_level if card else "")
