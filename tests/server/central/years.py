"""What a hotline has kept for years: calls of others that are long over, with all that came of them."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Table, insert

from server.central.storage.engine import writing
from server.central.storage.tables import (
    access_grant,
    access_log,
    erasure,
    feed_entry,
    legal_hold,
    operation,
    play,
    record,
    recording,
    refresh_family,
    refresh_token,
    sign_in_failure,
    signed_in,
    trace,
)
from tests.server.central.hotline import Hotline

_LONG_AGO = timedelta(days=400)
_PERSONAL: tuple[tuple[str, dict[str, Any]], ...] = (
    ("person", {"callers": [], "same_as": [], "calls": []}),
    ("case", {"person": "", "counsellor": "zhang", "calls": []}),
    ("caller_plan", {"about": "", "counsellor": ""}),
    ("mark", {"asked_at": "2024-01-01T00:00:00+00:00", "approved_at": "2024-01-01T00:00:00+00:00"}),
    ("callback", {}),
    ("followup", {}),
)
_OF_NOTES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("note", "", {"state": "finished"}),
    ("risk", "R4", {}),
    ("alert", "", {"level": "R4"}),
    ("sight", "", {}),
    ("referral", "", {}),
    ("held", "", {}),
    ("grant", "", {}),
)
_VIEWS = ("note.card", "call.card", "held.card")


def keep(hotline: Hotline, years: int, operator: str) -> None:
    """Let the hotline have so many calls behind it, which this operator took, each of another number."""
    begun = hotline.clock.now() - _LONG_AGO
    for first in range(0, years, 500):
        _keep_some(hotline.engine, hotline.site, operator, begun, range(first, min(years, first + 500)))


def _keep_some(engine: Engine, site: str, operator: str, begun: datetime, numbers: range) -> None:
    with writing(engine) as transaction:
        rows = [one for n in numbers for one in _records(n, site, operator, begun)]
        transaction.execute(insert(record), rows)
        for n, one in enumerate(rows, start=numbers.start * 40):
            one["place"] = n
        transaction.execute(insert(feed_entry), [_entry(one, operator) for one in rows])
        transaction.execute(insert(operation), [_act(one, begun) for one in rows if "." not in one["type"]])
        beside: dict[Table, list[dict[str, Any]]] = defaultdict(list)
        for n in numbers:
            for table, row in _beside(n, site, operator, begun):
                beside[table].append(row)
        for table, those in beside.items():
            transaction.execute(insert(table), those)


def _records(n: int, site: str, operator: str, begun: datetime) -> list[dict[str, Any]]:
    at = begun - timedelta(minutes=n)
    blank: dict[str, Any] = {
        "ver": 1,
        "seal": 0,
        "content": None,
        "coded": {},
        "author": "",
        "call": "",
        "note": "",
    }
    blank |= {"level": "", "caller": "", "at": "", "taken": at.timestamp(), "site": site}
    call: dict[str, Any] = {
        "type": "call",
        "id": f"c{n}",
        "call": f"c{n}",
        "caller": f"number{n}",
        "at": at.isoformat(),
    }
    rows: list[dict[str, Any]] = [call]
    rows += [
        {"type": kind, "id": f"{kind}{n}", "call": f"c{n}", "note": f"note{n}", "author": operator}
        | {"level": level, "coded": coded}
        for kind, level, coded in _OF_NOTES
    ]
    rows += [
        {"type": kind, "id": f"{kind}{n}", "call": f"c{n}", "author": operator, "level": "C", "coded": coded}
        for kind, coded in _PERSONAL
    ]
    for one in rows:
        # What is known of a person has no end, and most marks run out by themselves.
        one["level"] = "" if one["type"] in ("person", "mark") else one.get("level", "")
    rows += [{"type": kind, "id": f"c{n}", "taken": 0.0} for kind in _VIEWS]
    rows += [{"type": "line.caller", "id": f"number{n}", "taken": 0.0}]
    return [blank | row for row in rows]


def _entry(one: dict[str, Any], operator: str) -> dict[str, Any]:
    feed = f"op:{operator}" if one["author"] else f"line:{one['site']}"
    place = {"feed": feed, "seq": -1 - one.pop("place"), "ver": 1, "gone": False}
    return {"type": one["type"], "id": one["id"], **place}


def _act(one: dict[str, Any], begun: datetime) -> dict[str, Any]:
    name = f"{one['type']}-{one['id']}"
    return {
        "op_id": name,
        "epoch": name,
        "seq": 1,
        "h": "",
        "type": f"{one['type']}.add",
        "entity": one["type"],
        "entity_id": one["id"],
        "actor": one["author"],
        "at": begun.isoformat(),
        "received_at": begun.isoformat(),
        "base": 0,
        "v": 1,
        "seal": 0,
        "content": b"",
        "outcome": "applied",
        "why": "",
        "ver": 1,
    }


def _beside(n: int, site: str, operator: str, begun: datetime) -> list[tuple[Table, dict[str, Any]]]:
    at, name = begun.timestamp() - n, f"old{n}"
    when = begun.isoformat()
    hour = f"{n:013d}"
    shared = {"id": name, "call": f"c{n}", "site": site, "reason": ""}
    return [
        (
            access_grant,
            shared
            | {"account": operator, "note": f"note{n}", "granted_by": "wang", "at": at, "until": at + 1}
            | {"ended": at + 1},
        ),
        (
            access_log,
            {"at": at, "actor": operator, "act": "delivered", "type": "note", "record": f"note{n}"}
            | {"feed": "", "reason": "x"},
        ),
        (
            legal_hold,
            shared
            | {"set_by": "wang", "set_at": at, "confirmed_by": "li", "confirmed_at": at, "lift_reason": ""}
            | {"lift_by": "wang", "lift_at": at, "lifted_by": "li", "lifted_at": at},
        ),
        (
            erasure,
            shared
            | {"asked_by": "wang", "asked_at": at, "confirmed_by": "li", "confirmed_at": at, "seals": []}
            | {"done_at": at},
        ),
        (
            recording,
            {"id": name, "recording": name, "call": f"c{n}", "site": site, "ended_at": at, "taken": at}
            | {"label": {}, "digest": "", "seal": 0, "erased": at},
        ),
        (
            play,
            {"id": name, "account": operator, "recording": name, "call": f"c{n}", "reason": "", "at": at}
            | {"until": at},
        ),
        (
            refresh_family,
            {"id": name, "account": f"other{n}", "workstation": "", "seat": "", "generation": 1, "former": ""}
            | {"rotated_at": at, "expires_at": at + 10**9, "revoked": True},
        ),
        (refresh_token, {"hash": name, "family": name, "generation": 1}),
        (
            sign_in_failure,
            {"name": name, "device": "", "failures": 1, "wait_until": at + 10**9},
        ),
        (signed_in, {"account": name, "workstation": name, "at": at}),
        (
            trace.trace_chain,
            {"epoch": name, "operator": operator, "workstation": "", "n": 1, "head": name}
            | {"receipt_at": "", "receipt_signature": ""},
        ),
        (
            trace.trace_entry,
            {"epoch": name, "n": 1, "hash": name, "fits": True, "actor": operator, "act": "read"}
            | {"entity_id": f"note{n}", "at": when, "text": "{}", "received_at": when},
        ),
        (trace.trace_checked, {"epoch": name, "n": 1}),
        (
            trace.trace_checkpoint,
            {"hour": hour, "before": name, "heads": [], "at": when, "key": "", "signature": ""}
            | {"digest": f"after {name}"},
        ),
    ]
