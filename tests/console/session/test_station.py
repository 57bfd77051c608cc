"""The identity of a workstation: its key stays here, and what was agreed is believed only whole."""

import asyncio
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from ssl import DER_cert_to_PEM_cert, PEM_cert_to_DER_cert

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from cryptography.x509.oid import NameOID

from console.session import station
from console.session.enrolling import EnrolmentRefused, enrol
from console.session.secret_store import NoSecretStore, Trouble
from console.sync.api import TurnedAway, Unreachable
from models.wire.session import Enrol, Enrolled
from tests.console.session.test_keys import Memory

# In the certificate: its version, and the kind of its key behind the length of both.
_DAMAGES = {
    "no such version": (bytes.fromhex("a003020102"), bytes.fromhex("a003020103")),
    "no such key": (bytes.fromhex("302a300506032b6570"), bytes.fromhex("302a300506032b6579")),
}
CODE, NAME = "ABCD-1234", "一号机"


class Office:
    """Certifies whatever key it is asked for; its answer may get lost, or be about another key."""

    def __init__(self, *fates: str) -> None:
        self.fates = list(fates)
        self.keys: list[str] = []

    async def enrol(self, asked: Enrol) -> Enrolled | TurnedAway | Unreachable:
        self.keys.append(asked.key)
        fate = self.fates.pop(0) if self.fates else "fine"
        if fate == "lost":
            return Unreachable("timeout")
        if fate == "refused":
            return TurnedAway("enrolment")
        key = load_pem_public_key(asked.key.encode())
        assert isinstance(key, Ed25519PublicKey)
        if fate == "another key":
            key = Ed25519PrivateKey.generate().public_key()
        certificate = _certificate(key)
        if fate in _DAMAGES:
            content = PEM_cert_to_DER_cert(certificate)
            certificate = DER_cert_to_PEM_cert(content.replace(*_DAMAGES[fate], 1))
        courier = "AAAA" if fate == "no courier key" else "A" * 43 + "="
        return Enrolled(
            workstation="w1",
            certificate=certificate,
            authority="",
            courier_key=courier,
            receipt_key=_pem(Ed25519PrivateKey.generate().public_key()),
        )


def enrolling(folder: Path, store: Memory | NoSecretStore, office: Office) -> station.Enrolment:
    return asyncio.run(enrol(folder, store, office, CODE, NAME))


def refusal(folder: Path, store: Memory | NoSecretStore, office: Office) -> str:
    with pytest.raises(EnrolmentRefused) as told:
        enrolling(folder, store, office)
    return told.value.code


def test_the_key_is_in_the_secret_store_and_in_no_file(tmp_path: Path) -> None:
    store, office = Memory(), Office()
    enrolling(tmp_path, store, office)
    stands = station.standing(tmp_path, store)
    assert stands.problems == ()
    assert stands.device == "w1"
    assert stands.station
    assert _pem(Ed25519PublicKey.from_public_bytes(stands.station.key.public)) == office.keys[0]
    (secret,) = store.secrets.values()
    assert all(secret not in path.read_bytes() for path in tmp_path.iterdir())
    assert [path.name for path in tmp_path.iterdir()] == [station.ENROLMENT_FILE]


def test_without_a_secret_store_it_is_in_a_file_of_the_owner_and_that_is_said(tmp_path: Path) -> None:
    enrolling(tmp_path, NoSecretStore(), Office())
    assert station.standing(tmp_path, NoSecretStore()).problems == ("identity_in_file",)
    assert stat.S_IMODE((tmp_path / station.IDENTITY_FILE).stat().st_mode) == 0o600


def test_an_answer_that_got_lost_is_asked_for_again_with_the_same_key(tmp_path: Path) -> None:
    store, office = Memory(), Office("lost")
    assert refusal(tmp_path, store, office) == "unreachable"
    enrolling(tmp_path, store, office)
    assert office.keys[0] == office.keys[1]
    assert len(store.secrets) == 1


@pytest.mark.parametrize(
    ("fate", "code"),
    [
        *((fate, "answer") for fate in ("another key", "no courier key", *_DAMAGES)),
        ("refused", "refused"),
    ],
)
def test_nothing_is_kept_of_an_answer_that_is_not_sound(tmp_path: Path, fate: str, code: str) -> None:
    store = Memory()
    assert refusal(tmp_path, store, Office(fate)) == code
    assert station.standing(tmp_path, store).problems == ("not_enrolled",)


def test_a_workstation_is_enrolled_once(tmp_path: Path) -> None:
    store = Memory()
    enrolling(tmp_path, store, Office())
    before = (tmp_path / station.ENROLMENT_FILE).read_bytes()
    assert refusal(tmp_path, store, Office()) == "already"
    assert (tmp_path / station.ENROLMENT_FILE).read_bytes() == before


@pytest.mark.parametrize("trouble", [Trouble.LOCKED, Trouble.DENIED])
def test_a_store_that_holds_back_is_no_reason_for_a_file(tmp_path: Path, trouble: Trouble) -> None:
    class Closed(Memory):
        def write(self, name: str, secret: bytes) -> Trouble | None:
            return trouble

    assert refusal(tmp_path, Closed(), Office()) == "identity_unavailable"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("trouble", list(Trouble))
def test_a_store_in_trouble_later_is_said_and_nothing_is_made_anew(tmp_path: Path, trouble: Trouble) -> None:
    store = Memory()
    enrolling(tmp_path, store, Office())
    store.trouble = trouble
    stands = station.standing(tmp_path, store)
    assert (stands.problems, stands.device) == (("identity_unavailable",), "")
    store.trouble = None
    assert station.standing(tmp_path, store).device == "w1"


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b"\xff", b'{"version": 2}', b'{"version": 1}'])
def test_a_damaged_agreement_is_said_and_left_alone(tmp_path: Path, damage: bytes) -> None:
    store = Memory()
    enrolling(tmp_path, store, Office())
    (tmp_path / station.ENROLMENT_FILE).write_bytes(damage)
    assert station.standing(tmp_path, store).problems == ("enrolment_broken",)
    assert refusal(tmp_path, store, Office()) == "enrolment_broken"
    assert (tmp_path / station.ENROLMENT_FILE).read_bytes() == damage


def _pem(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _certificate(key: Ed25519PublicKey) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "w1")])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key)
    built = built.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    return built.sign(Ed25519PrivateKey.generate(), None).public_bytes(Encoding.PEM).decode()
