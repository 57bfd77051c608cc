"""Caller plans: proposed by whoever answers, signed by who leads, before the eyes of whoever answers next."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from console.runtime.journal import Writes
from console.runtime.store import Store
from console.session.identity import Identity
from models.cases.caller_plan import (
    AGREE,
    END,
    PAUSE,
    PUT,
    RESUME,
    CallerPlan,
    PlanText,
    plan_id,
    reduce,
)
from models.clock import Clock
from models.codec import to_document
from models.ids import new_id
from models.operation import Operation
from models.trace.entry import Act, Happening, as_code

Saw = Callable[[Happening], None]


class PlansService:
    """Lives on the io thread; `plans` are all that are known, those to be looked at again first."""

    def __init__(
        self,
        journal: Writes,
        clock: Clock,
        identity: Identity,
        read: Callable[[], Awaitable[tuple[CallerPlan, ...]]],
        saw: Saw,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._identity = identity
        self._read = read
        self._saw = saw
        self._known: dict[str, CallerPlan] = {}
        self._told: set[tuple[str, str]] = set()
        self.plans: Store[tuple[CallerPlan, ...]] = Store(())

    async def refresh(self) -> None:
        """Take over what the server told."""
        self._known = {one.id: one for one in await self._read()}
        self._publish()

    def of(self, about: Iterable[str]) -> CallerPlan | None:
        """The plan of the first of these persons or numbers (keyed hashes) that has one at no end."""
        for one in about:
            known = self._known.get(plan_id(one)) if one else None
            if known is not None and known.closing is None:
                return known
        return None

    def saw(self, plan: CallerPlan, where: str, call: str = "") -> None:
        """Somebody has it before the eyes; once for each call, or view, that it is shown in."""
        if (plan.id, call or where) not in self._told:
            self._told.add((plan.id, call or where))
            self._saw(Happening(Act.READ, "caller_plan", as_code(plan.id), where=where))

    def propose(self, about: str, text: PlanText, label: str = "") -> str:
        """A new wording for a person or number; gives the plan's id. It counts once a lead signed it."""
        plan = plan_id(about)
        me = self._identity.operator
        body = {"site": me.site, "about": about, "label": label, "name": me.name, "text": to_document(text)}
        self._act(PUT, plan, body)
        return plan

    def agree(self, plan: str) -> None:
        """Sign the wording that was proposed last; for who leads."""
        known = self._known.get(plan)
        if known is not None and known.proposed is not None and self._leads:
            self._act(AGREE, plan, {"version": known.proposed.op, "name": self._identity.operator.name})

    def review(self, plan: str, until: datetime) -> None:
        """Look at it again and let it go on as it is until another date; for who leads."""
        known = self._known.get(plan)
        if known is not None and known.in_force is not None and self._leads:
            self.propose(known.about, replace(known.in_force.text, review_at=until), known.label)
            self.agree(plan)

    def pause(self, plan: str, reason: str) -> None:
        """Let the limits rest, with a reason; for who leads."""
        if reason.strip() and self._leads:
            self._act(PAUSE, plan, {"reason": reason})

    def resume(self, plan: str) -> None:
        """Let them hold again; for who leads."""
        if self._leads:
            self._act(RESUME, plan, {})

    def end(self, plan: str, reason: str) -> None:
        """End the plan, with a reason; for who leads."""
        if reason.strip() and self._leads:
            self._act(END, plan, {"reason": reason})

    @property
    def _leads(self) -> bool:
        return self._identity.operator.leads

    def _act(self, kind: str, plan: str, body: Mapping[str, object]) -> None:
        operation = Operation(new_id(), kind, plan, self._identity.operator.id, self._clock.now(), dict(body))
        after = reduce(self._known.get(plan), operation, 0).entity
        if after is not None:
            self._known[plan] = after
            self._publish()
        self._journal.write(operation, urgent=True)

    def _publish(self) -> None:
        now = self._clock.now()

        def order(one: CallerPlan) -> tuple[bool, bool, bool, str]:
            return one.closing is not None, not one.needs_review(now), one.proposed is None, one.id

        self.plans.publish(tuple(sorted(self._known.values(), key=order)))
