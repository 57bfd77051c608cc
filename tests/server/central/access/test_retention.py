"""What is kept, what is held, and what two people erase for ever."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.operation import Outcome
from models.people.operator import Operator, Role
from resources import access
from server.central.access.erasing import EraseDesk
from server.central.access.holding import HoldDesk, NotDone
from server.central.sealing.pages import Destroyed
from server.central.storage.engine import reading, sealing_of, writing
from server.central.storage.records import sealed_name
from server.central.storage.tables import access_log, operation, record
from tests.server.central.hotline import Case, Hotline

YEARS = timedelta(days=3 * 365 + 1)
RIGHTS = access.load(access.SHIPPED)


class Two:
    """The two people who hold and erase, and the records of one call."""

    def __init__(self, hotline: Hotline, item: str = "acting") -> None:
        self.hotline = hotline
        self.erase = EraseDesk(hotline.desks.engine, hotline.clock, RIGHTS)
        self.holds = HoldDesk(hotline.desks.engine, hotline.clock, RIGHTS)
        self.one, self.other = self.somebody(), self.somebody(Role.ADMINISTRATOR)
        self.case = case = Case(hotline.seat())
        case.at.push(case.add(), case.open(), case.draft("保密", 1), case.answer(item), case.refer())

    def somebody(self, role: Role = Role.SUPERVISOR, site: str = "") -> Operator:
        return self.hotline.ticket(role, site=site).operator

    def finish(self) -> None:
        self.case.at.push(
            self.case.finish(), self.case.at.act("referral.advance", self.case.referral, {"step": "safe"})
        )

    def later(self, span: timedelta = YEARS) -> None:
        self.hotline.clock.forward(span.total_seconds())
        self.hotline.desks.expiry.step(self.hotline.clock.now())

    def erased(self) -> None:
        wish = self.erase.request(self.one, self.case.note, "满期")
        self.erase.confirm(self.other, wish.id, "核对过")


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(NotDone) as raised:
        act()
    return raised.value.why


def test_a_record_of_two_years_and_364_days_cannot_be_erased(hotline: Hotline) -> None:
    two = Two(hotline)
    two.finish()
    two.later(YEARS - timedelta(days=1))
    assert refusal(two.erased) == "too_young"
    two.later(timedelta(days=1) - timedelta(seconds=1))
    assert refusal(two.erased) == "too_young"
    assert two.erase.due(two.one, 10) == ([], [])
    two.later(timedelta(seconds=1))
    assert [one.call for one in two.erase.due(two.one, 10)[0]] == [two.case.call]
    two.erased()
    assert two.erase.due(two.one, 10) == ([], [])


def test_a_search_for_what_is_due_waits_for_nobody_who_writes(hotline: Hotline) -> None:
    two = Two(hotline)
    two.finish()
    two.later()
    with writing(hotline.engine):
        old, wishes = two.erase.due(two.one, 10)
    assert ([one.call for one in old], wishes) == ([two.case.call], [])


def test_what_came_last_counts(hotline: Hotline) -> None:
    two = Two(hotline)
    two.finish()
    two.later(timedelta(days=1))
    late = Case(hotline.seat(), call=two.case.call)
    late.at.push(late.open(), late.finish())
    two.later(YEARS - timedelta(days=1))
    assert refusal(two.erased) == "too_young"
    two.later(timedelta(days=1))
    two.erased()


@pytest.mark.parametrize(("step", "why"), [("called", "open_task"), ("safe", "open_case")])
def test_what_is_open_is_never_erased(hotline: Hotline, step: str, why: str) -> None:
    two = Two(hotline)
    two.case.at.push(two.case.at.act("referral.advance", two.case.referral, {"step": step}))
    two.later(10 * YEARS)
    assert refusal(two.erased) == why


def test_a_legal_hold_is_set_and_lifted_by_two_people(hotline: Hotline) -> None:
    two = Two(hotline)
    two.finish()
    hold = two.holds.set(two.one, two.case.note, "法院")
    two.later()
    assert refusal(two.erased) == "legal_hold"
    assert refusal(lambda: two.holds.confirm(two.one, two.case.call, "是")) == "same_person"
    assert two.holds.confirm(two.other, two.case.risk, "是").confirmed_by == two.other.id
    two.holds.lift(two.other, two.case.note, "结案")
    assert refusal(two.erased) == "legal_hold"
    assert refusal(lambda: two.holds.confirm(two.other, two.case.note, "是")) == "same_person"
    assert [one.id for one in two.holds.standing(two.one, two.case.note)] == [hold.id]
    two.holds.confirm(two.one, two.case.note, "是")
    assert two.holds.standing(two.one, two.case.note) == []
    two.erased()


def test_a_hold_between_the_wish_and_its_confirmation_counts(hotline: Hotline) -> None:
    two = Two(hotline)
    two.finish()
    two.later()
    wish = two.erase.request(two.one, two.case.call, "满期")
    two.holds.set(two.somebody(), two.case.note, "法院")
    assert refusal(lambda: two.erase.confirm(two.other, wish.id, "是")) == "legal_hold"


def test_one_person_alone_erases_nothing(hotline: Hotline) -> None:
    two = Two(hotline)
    two.finish()
    two.later()
    wish = two.erase.request(two.one, two.case.note, "满期")
    stranger = two.somebody(site="elsewhere")
    assert refusal(lambda: two.erase.confirm(two.one, wish.id, "是")) == "same_person"
    assert refusal(lambda: two.erase.confirm(stranger, wish.id, "是")) == "no_wish"
    assert refusal(lambda: two.erase.confirm(two.other, wish.id, " ")) == "reason_wanted"
    assert refusal(lambda: two.erase.confirm(two.other, "nothing", "是")) == "no_wish"
    assert refusal(lambda: two.erase.request(stranger, two.case.note, "满期")) == "no_record"


@pytest.mark.parametrize("role", Role)
def test_who_may_hold_and_erase(hotline: Hotline, role: Role) -> None:
    two = Two(hotline)
    may = role in (Role.SUPERVISOR, Role.ADMINISTRATOR)
    who = two.somebody(role)
    acts: list[Callable[[], object]] = [
        lambda: two.holds.set(who, two.case.note, "法院"),
        lambda: two.holds.lift(who, two.case.note, "结案"),
        lambda: two.holds.confirm(two.somebody(role), two.case.note, "是"),
        lambda: two.erase.due(who, 1),
    ]
    for act in acts:
        if may:
            act()
        else:
            assert refusal(act) == "role"
    asked = refusal(lambda: two.erase.request(who, two.case.note, "满期"))
    assert asked == ("open_task" if may else "role")


def test_what_is_erased_is_gone_everywhere_and_unreadable_for_ever(hotline: Hotline) -> None:
    two = Two(hotline)
    case, lead = two.case, hotline.seat(Role.LEAD)
    two.finish()
    lead.ask(case.note, hours=24, reason="张三来电")
    before = lead.pull_all().drawer
    assert {kind for kind, _ in before[f"alert:{hotline.site}"]} == {"call", "note", "risk", "referral"}
    hotline.clock.forward(YEARS.total_seconds())
    sealed = _sealed(hotline, case)
    assert "保密" in str(_opened(hotline, sealed))
    two.erased()
    lead.pull_all()
    case.at.pull_all()
    left = {kind for drawer in (lead.drawer, case.at.drawer) for feed in drawer.values() for kind, _ in feed}
    assert left == set()
    fresh = hotline.seat(Role.LEAD).pull_all()
    assert not any(fresh.drawer.values())
    with pytest.raises(Destroyed):
        _opened(hotline, sealed)
    with hotline.engine.connect() as connection:
        assert "张三" not in str(connection.execute(select(access_log)).all())


def test_what_is_written_about_an_erased_record_waits_for_a_lead(hotline: Hotline) -> None:
    two = Two(hotline)
    two.finish()
    two.later()
    two.erased()
    case = two.case
    results = case.at.push(case.draft("又想起", 3), case.answer("plan", n=4), case.add()).results
    assert [(one.st, one.why) for one in results] == [(Outcome.HELD, "erased")] * 3
    again = Case(case.at, call=case.call)
    assert again.at.push(again.open()).results[0].st is Outcome.APPLIED


def test_a_caller_is_counted_without_what_was_erased(hotline: Hotline) -> None:
    two = Two(hotline)
    two.finish()
    two.later()
    second = Case(hotline.seat())
    second.at.push(second.add())
    line = f"line:{hotline.site}"
    (key,) = second.at.pull_all().drawer[line]
    assert second.at.drawer[line][key][1]["calls"] == 2
    two.erased()
    card = second.at.pull_all().drawer[line][key][1]
    assert (card["calls"], card["last_level"]) == (1, "")


def test_an_erasure_that_was_cut_off_is_gone_on_with(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = Two(hotline)
    two.finish()
    two.later()
    sealed = _sealed(hotline, two.case)
    wish = two.erase.request(two.one, two.case.note, "满期")
    with monkeypatch.context() as cut:
        cut.setattr("server.central.access.erasing.sealing_of", _cut_off)
        with pytest.raises(KeyboardInterrupt):
            two.erase.confirm(two.other, wish.id, "是")
    assert "保密" in str(_opened(hotline, sealed))
    assert [one.id for one in two.erase.due(two.one, 1)[1]] == [wish.id]
    two.erase.confirm(two.other, wish.id, "是")
    with pytest.raises(Destroyed):
        _opened(hotline, sealed)
    assert two.erase.due(two.one, 1) == ([], [])


def _cut_off(_database: object) -> object:
    raise KeyboardInterrupt


def _sealed(hotline: Hotline, case: Case) -> list[tuple[int, str, bytes]]:
    """The sealed texts of the note and of its acts, as a backup holds them."""
    acts = select(operation.c.seal, operation.c.op_id, operation.c.content).where(
        operation.c.entity_id == case.note
    )
    note = select(record.c.seal, record.c.ver, record.c.content).where(
        record.c.type == "note", record.c.id == case.note
    )
    with hotline.engine.connect() as connection:
        found = [(row.seal, f"operation/{row.op_id}", bytes(row.content)) for row in connection.execute(acts)]
        row = connection.execute(note).one()
    return [(row.seal, sealed_name("note", case.note, row.ver), bytes(row.content)), *found]


def _opened(hotline: Hotline, sealed: list[tuple[int, str, bytes]]) -> list[str]:
    with reading(hotline.desks.engine) as connection:
        sealing = sealing_of(connection)
        return [sealing.unseal(seal, name, text).decode() for seal, name, text in sealed]
