"""Who may sign in and from where: accounts, workstations, refresh tokens, failures that bring a wait."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Index, Integer, String, Table, Text

from server.central.storage.tables.base import metadata

# `state`: active, or drain (revoked: may hand in what is unsent, nothing else). `second_factor` is sealed
# with a key outside the database; `second_factor_step` is the last half minute whose code was used.
account = Table(
    "account",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("title", String(64), nullable=False),
    Column("site", String(64), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("state", String(16), nullable=False, server_default="active"),
    Column("second_factor", Text, nullable=False, server_default=""),
    Column("second_factor_step", BigInteger, nullable=False, server_default="0"),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("device", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("wait_until", Float, nullable=False, index=True),  # seconds since 1970, UTC
)

# All moments below are seconds since 1970, UTC. `jkt` is the thumbprint of `key` (PEM).
workstation = Table(
    "workstation",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("jkt", String(64), nullable=False),
    Column("certificate", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("enrolled_at", Float, nullable=False),
    Index("workstation_of_key", "jkt", unique=True),
)

# `workstation` is who used the code, "" while nobody has.
enrolment_code = Table(
    "enrolment_code",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("workstation", String(64), nullable=False),
)

# Who has signed in where: only for them a workstation may carry a courier.
signed_in = Table(
    "signed_in",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("workstation", String(64), primary_key=True),
    Column("at", Float, nullable=False),
)

# One sign-in and the tokens that came of it. `generation` is that of the newest tokens, `former` the hash of
# the token they were given for, at `rotated_at`.
refresh_family = Table(
    "refresh_family",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("account", String(64), nullable=False),
    Column("workstation", String(64), nullable=False),
    Column("seat", String(32), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("former", String(64), nullable=False),
    Column("rotated_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("revoked", Boolean, nullable=False),
    Index("refresh_family_of_account", "account"),
    Index("refresh_family_by_end", "expires_at"),
)

refresh_token = Table(
    "refresh_token",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("family", String(64), nullable=False),
    Column("generation", Integer, nullable=False),
    Index("refresh_token_of_family", "family"),
)
