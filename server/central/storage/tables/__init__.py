"""The tables of the central database, one module for each kind."""

from server.central.storage.tables import trace as trace
from server.central.storage.tables.access import access_grant as access_grant
from server.central.storage.tables.access import access_log as access_log
from server.central.storage.tables.access import erasure as erasure
from server.central.storage.tables.access import legal_hold as legal_hold
from server.central.storage.tables.base import SCHEMA_VERSION as SCHEMA_VERSION
from server.central.storage.tables.base import metadata as metadata
from server.central.storage.tables.core import device as device
from server.central.storage.tables.core import feed_entry as feed_entry
from server.central.storage.tables.core import feed_head as feed_head
from server.central.storage.tables.core import meta as meta
from server.central.storage.tables.core import operation as operation
from server.central.storage.tables.core import record as record
from server.central.storage.tables.people import account as account
from server.central.storage.tables.people import enrolment_code as enrolment_code
from server.central.storage.tables.people import refresh_family as refresh_family
from server.central.storage.tables.people import refresh_token as refresh_token
from server.central.storage.tables.people import sign_in_failure as sign_in_failure
from server.central.storage.tables.people import signed_in as signed_in
from server.central.storage.tables.people import workstation as workstation
from server.central.storage.tables.recordings import play as play
from server.central.storage.tables.recordings import recording as recording
from server.central.storage.tables.sync import held as held
