"""Who works here: as the server tells it, and those whom the line, cases and caller plans name here."""

from collections.abc import Awaitable, Callable, Iterator

from console.cases.service import Mine
from console.runtime.store import Store
from console.shifts.service import DutyView
from models.cases.caller_plan import CallerPlan
from models.cases.named import named_in_case, named_in_plan
from models.people.operator import Operator
from models.people.staff import Member, StaffCard, staff_of


class Staff:
    """Lives on the io thread. Who was on duty stays known until the operator leaves."""

    def __init__(
        self,
        me: Operator,
        duties: Store[DutyView],
        cases: Store[Mine],
        plans: Store[tuple[CallerPlan, ...]],
        read: Callable[[], Awaitable[tuple[StaffCard, ...]]],
    ) -> None:
        self._me = me
        self._cases = cases
        self._plans = plans
        self._read = read
        self._cards: tuple[StaffCard, ...] = ()
        self._on_duty: dict[str, str] = {}
        self.members: Store[tuple[Member, ...]] = Store(())
        duties.watch(self._see_duties)
        for store in (cases, plans):
            store.watch(lambda _value: self._look())

    async def refresh(self) -> None:
        """Something came from the server: whoever began or left is known."""
        cards = await self._read()
        if cards != self._cards:
            self._cards = cards
            self._look()

    def _see_duties(self, view: DutyView) -> None:
        self._on_duty |= {one.operator: one.name for one in view.seats.values() if one.name}
        self._look()

    def _look(self) -> None:
        self.members.publish(staff_of(self._heard(), self._cards))

    def _heard(self) -> Iterator[tuple[str, str]]:
        """What the line says of somebody counts before what stands in an old record."""
        for plan in self._plans.value:
            yield from named_in_plan(plan)
        for listed in self._cases.value.listed:
            yield from named_in_case(listed.case)
        yield from self._on_duty.items()
        yield self._me.id, self._me.name
