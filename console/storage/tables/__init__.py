"""The tables of the local database, one module for each kind."""

from console.storage.tables import search as search
from console.storage.tables import trace as trace
from console.storage.tables.base import SCHEMA_VERSION as SCHEMA_VERSION
from console.storage.tables.base import metadata as metadata
from console.storage.tables.core import acked_ops as acked_ops
from console.storage.tables.core import cursor as cursor
from console.storage.tables.core import meta as meta
from console.storage.tables.core import outbox as outbox
from console.storage.tables.core import record as record
from console.storage.tables.core import record_feed as record_feed
from console.storage.tables.core import refused as refused
from console.storage.tables.people import person_link as person_link
from console.storage.tables.sync import restored as restored
