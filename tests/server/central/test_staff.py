"""Who works at a site comes to its workstations, and to nobody else's."""

from concurrent.futures import ThreadPoolExecutor

from models.ids import new_id
from models.people.operator import Operator, Role
from models.people.staff import CARD
from models.sync.feeds import staff_feed
from server.central.people.staff import tell_staff
from server.central.storage.accounts import Account, State, add_account, change_state
from tests.server.central.hotline import Hotline, Workstation


def hired(hotline: Hotline, name: str, *roles: Role, site: str = "") -> str:
    who = f"{name}-{new_id()[-8:]}"
    operator = Operator(who, name, "psychiatrist", site or hotline.site, roles or (Role.OPERATOR,))
    assert add_account(hotline.engine, Account(operator, "-"))
    return who


def known(seat: Workstation) -> dict[str, bool]:
    """Everybody whom a workstation knows by a card, and whether they left."""
    cards = seat.pull_all().drawer.get(staff_feed(seat.ticket.operator.site), {})
    assert {kind for kind, _ in cards} <= {CARD}
    return {entity: doc["left"] for (_, entity), (_, doc) in cards.items()}


def test_everybody_of_the_site_who_is_a_person_is_told_once(hotline: Hotline) -> None:
    # Accounts of other tests may wait in the same database.
    tell_staff(hotline.engine)
    li, chief = hired(hotline, "li"), hired(hotline, "zhou", Role.ADMINISTRATOR)
    hired(hotline, "gateway", Role.GATEWAY)
    elsewhere = hired(hotline, "sun", site=f"{hotline.site}-2")
    assert tell_staff(hotline.engine) == 3
    assert tell_staff(hotline.engine) == 0
    assert known(hotline.seat()) == known(hotline.seat(Role.LEAD)) == {li: False, chief: False}
    assert known(hotline.seat(site=f"{hotline.site}-2")) == {elsewhere: False}


def test_who_left_stays_known_and_comes_back(hotline: Hotline) -> None:
    li, seat = hired(hotline, "li"), hotline.seat()
    tell_staff(hotline.engine)
    assert known(seat) == {li: False}
    for state, left in ((State.DRAIN, True), (State.ACTIVE, False)):
        change_state(hotline.engine, li, state)
        assert tell_staff(hotline.engine) == 1
        assert tell_staff(hotline.engine) == 0
        assert known(seat) == {li: left}


def test_no_feed_tells_an_administrator_or_a_gateway(hotline: Hotline) -> None:
    for role in (Role.ADMINISTRATOR, Role.GATEWAY):
        assert hotline.seat(role).pull_all().cursor == {}


def test_a_card_is_nobodys_to_write(hotline: Hotline) -> None:
    li, seat = hired(hotline, "li"), hotline.seat()
    tell_staff(hotline.engine)
    for kind in (f"{CARD}.put", "staff.put"):
        (answer,) = seat.push(seat.act(kind, li, {"name": "别人", "site": hotline.site})).results
        assert (answer.st, answer.why) == ("rejected", "unknown_type")
    assert known(seat) == {li: False}


def test_two_processes_at_once_tell_it_once(hotline: Hotline) -> None:
    names = {hired(hotline, f"n{n}") for n in range(20)}
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: tell_staff(hotline.engine), range(4)))
    assert sum(told) >= len(names)
    assert set(known(hotline.seat())) == names
