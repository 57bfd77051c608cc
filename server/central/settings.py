"""What the central server is told at its start."""

from dataclasses import dataclass, field
from pathlib import Path

from models.access.matrix import Matrix
from models.people.operator import Role
from resources import access
from server.central.keys import HotlineKeys


@dataclass(frozen=True, slots=True)
class GatewayAccount:
    """The gateway that signs in with a key (Ed25519, PEM) instead of a password, and its site."""

    key: bytes
    site: str


@dataclass(frozen=True, slots=True, repr=False)
class RecordingsKeeping:
    """Where recordings are kept, and the raw X25519 private key for which the gateway locks them."""

    private: bytes
    folder: Path


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """Whether this is practice, the Ed25519 pair (PEM) that signs duty tickets, who may do what, all keys.

    With `enrolment` only workstations of the hotline may sign in. `other_public_keys` are believed too, while
    a pair is being replaced. Whoever has a role of `second_factor` needs a code of six digits besides the
    password. For `offline_days` the last sign-in opens a workstation, and a refresh token lives. `recovery`
    is the hotline's public recovery key (base64, raw X25519), "" where it has none. Without
    `gateway`, no gateway writes calls; without `recordings`, no recording is kept. Whoever shows
    `metrics_token` may read the figures; where it is "", this machine alone.
    """

    practice: bool
    private_key: bytes
    public_key: bytes
    keys: HotlineKeys
    enrolment: bool
    other_public_keys: tuple[bytes, ...] = ()
    second_factor: frozenset[Role] = frozenset()
    offline_days: int = 7
    recovery: str = ""
    gateway: GatewayAccount | None = None
    metrics_token: str = ""
    recordings: RecordingsKeeping | None = None
    rights: Matrix = field(default_factory=lambda: access.load(access.SHIPPED))

    @property
    def public_keys(self) -> tuple[bytes, ...]:
        """All keys whose tickets are believed, the present one last."""
        return (*self.other_public_keys, self.public_key)
