"""Proofs of possession when nonces get lost: one more request at most, and each act once at the server."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from console.session.endpoint import endpoint
from console.session.proof import Prover
from console.sync import api, state
from console.sync.api import ServerApi
from console.sync.pump import Pump
from models.people.operator import Role
from models.people.proof import Key, thumbprint
from server.central.people.proofs import NONCE_SECONDS, Nonces
from server.central.tickets import sign_ticket
from tests.console.sync.test_pump import Desk
from tests.server.central.hotline import KEYS, Hotline
from tests.support.sealed import open_sealed

_PUSH, _PULL = "/sync/v1/push", "/sync/v1/pull"


@pytest.fixture
def hotline(tmp_path: Path) -> Iterator[Hotline]:
    engine = open_sealed(f"sqlite:///{tmp_path / 'central.db'}")
    yield Hotline(engine)
    engine.dispose()


class EnrolledDesk(Desk):
    """A workstation whose ticket is worth nothing without a proof of its key."""

    def __init__(self, hotline: Hotline, path: Path, prover: type[Prover] = Prover) -> None:
        secret = Ed25519PrivateKey.generate()
        key = Key(secret.public_key().public_bytes_raw(), secret.sign)
        ticket = replace(hotline.ticket(Role.OPERATOR), workstation="w1", jkt=thumbprint(key.public))
        super().__init__(hotline, ticket, path)
        proving = prover(key, hotline.clock)
        self.api = ServerApi(endpoint("http://127.0.0.1:1"), "test", self.network, proving)
        token = sign_ticket(ticket, KEYS.private)
        self.pump = Pump(self.api, self.run_db, lambda: token, hotline.clock)

    def server_starts_anew(self) -> None:
        """It makes other nonces from now on."""
        app = self.network.app
        app.state.desks = replace(app.state.desks, nonces=Nonces(str(len(self.network.requests)).encode()))

    def asked(self) -> list[str]:
        """The paths that were asked for since the last look."""
        paths = [request.url.path for request in self.network.requests]
        self.network.requests.clear()
        return paths


class Deaf(Prover):
    """Somebody on the way takes the nonces out of the answers."""

    def heard(self, nonce: str) -> None:
        return


@pytest.fixture
def desk(hotline: Hotline, tmp_path: Path) -> Iterator[EnrolledDesk]:
    desk = EnrolledDesk(hotline, tmp_path / "zhang.db")
    desk.device.perform(desk.device.note_opened("n"))
    yield desk
    desk.device.storage.close()


def test_the_first_request_is_asked_once_more_and_the_next_ones_are_not(desk: EnrolledDesk) -> None:
    assert desk.rounds() is None
    assert desk.asked() == [_PUSH, _PUSH, _PULL]
    desk.device.perform(desk.device.draft("n", "一"))
    assert desk.rounds() is None
    assert desk.asked() == [_PUSH, _PULL]


def test_a_nonce_that_is_over_and_a_server_that_starts_anew_cost_one_request_each(desk: EnrolledDesk) -> None:
    desk.rounds()
    for server_starts_anew in (False, True):
        if server_starts_anew:
            desk.server_starts_anew()
        else:
            desk.device.hotline.clock.forward(NONCE_SECONDS + 1)
        desk.asked()
        desk.device.perform(desk.device.answer("n", 1))
        assert desk.rounds() is None
        assert desk.asked() == [_PUSH, _PUSH, _PULL]


_FATES = ("fine", "answer lost", "request lost", "answer cut", "delivered twice")


@pytest.mark.parametrize("fates", list(product(_FATES, _FATES)), ids="-".join)
def test_whatever_happens_to_a_question_and_its_repetition_no_act_is_lost_or_doubled(
    desk: EnrolledDesk, fates: tuple[str, str]
) -> None:
    acts = [desk.device.draft("n", "一"), desk.device.answer("n", 1)]
    desk.device.perform(*acts)
    desk.rounds(*fates)
    assert len(desk.asked()) <= len([_PUSH, _PUSH, _PULL, _PULL])
    desk.server_starts_anew()
    assert desk.rounds(times=2) is None
    assert desk.device.waiting() == set()
    taken = [op for (op,) in desk.device.hotline.stored("op_id")]
    assert sorted(taken) == sorted(desk.device.owed)
    assert desk.device.storage.refused() == ()


def test_a_network_that_takes_the_nonces_away_is_asked_twice_and_nothing_is_lost(
    hotline: Hotline, tmp_path: Path
) -> None:
    desk = EnrolledDesk(hotline, tmp_path / "deaf.db", Deaf)
    desk.device.perform(desk.device.note_opened("n"))
    assert desk.rounds() == api.Unreachable("answer")
    assert desk.asked() == [_PUSH, _PUSH]
    assert isinstance(desk.pump.state.value.link, state.Unreachable)
    assert desk.device.waiting() == desk.device.owed
    desk.device.storage.close()
