"""Recordings that the server keeps as sealed files, and who may listen to one now.

Times in seconds since 1970, UTC. `seal` names the key with which the key of the recording is sealed; the
rest of what opens it stands in its file. `erased` is when the key was destroyed, 0 while it is there.
"""

from sqlalchemy import JSON, BigInteger, Column, Float, Index, String, Table

from server.central.storage.tables.base import metadata

recording = Table(
    "recording",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("recording", String(80), nullable=False),
    Column("call", String(64), nullable=False),
    Column("site", String(64), nullable=False),
    Column("ended_at", Float, nullable=False),
    Column("taken", Float, nullable=False),
    Column("label", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("seal", BigInteger, nullable=False),
    Column("erased", Float, nullable=False),
    Index("recording_of_call", "call"),
)

play = Table(
    "play",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("account", String(64), nullable=False),
    Column("recording", String(64), nullable=False),
    Column("call", String(64), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("at", Float, nullable=False),
    Column("until", Float, nullable=False),
    Index("play_of_recording", "recording"),
)
