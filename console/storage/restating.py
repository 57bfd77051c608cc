"""Acts made again out of a record whose own acts can no longer be read: what it holds beyond the server's."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from console.storage.performing import DRAFT, ON
from models.codec import Document
from models.ids import new_id
from models.operation import Operation
from models.sync.record import Versioned, apply

_ASSESSED = {"answers": "risk.answer", "ratings": "risk.rate", "judgements": "risk.judge"}
_BESIDE = {"signatures": "note.sign", "addenda": "note.addendum"}
_OF_ENTRY = ("op", "at", "actor")
_OPENERS = ("note.open", "referral.open")

Key = tuple[str, str]
By = tuple[str, datetime]
"""Who did an act, and when."""


def restated(
    key: Key, shown: Document, base: Versioned, readable: Sequence[Operation], by: By
) -> tuple[tuple[Operation, ...], tuple[Operation, ...]]:
    """The acts missing between what the server has and what was shown: before and after the readable ones.

    Where the record keeps the id of an act, the act gets it again: the server may know it. A change of
    which the record keeps nothing but its effect becomes a new act.
    """
    before: tuple[Operation, ...] = ()
    if base.document is None and not any(act.type in _OPENERS for act in readable):
        before = tuple(act for act in _made(key, shown, {}, by) if act.type in _OPENERS)
    reached = base
    for act in (*before, *readable):
        reached, _ = apply(reached, act)
    return before, tuple(_made(key, shown, reached.document or {}, by))


def _made(key: Key, shown: Document, reached: Document, by: By) -> Iterator[Operation]:
    kind, entity = key
    match kind:
        case "call" if shown != reached:
            body = {name: value for name, value in shown.items() if name != "id"}
            yield Operation(new_id(), "call.add", entity, *by, body)
        case "note":
            yield from _written(entity, shown, reached, by)
        case "risk":
            yield from _assessed(entity, shown, reached, by[0])
        case "safety_plan":
            yield from _planned(entity, shown, reached)
        case "referral":
            yield from _referred(entity, shown, reached, by[0])


def _written(note: str, shown: Document, reached: Document, by: By) -> Iterator[Operation]:
    if not reached:
        names = ("call", "site", "form", "form_version", "opened_at")
        yield Operation(new_id(), "note.open", note, *by, {name: shown[name] for name in names})
    if shown["body"] != reached.get("body"):
        body = {**shown["body"], ON: reached.get("written", "")}
        yield Operation(new_id(), DRAFT, note, *by, body)
    if shown["state"] == "finished" != reached.get("state"):
        body = {"incomplete_reason": shown.get("incomplete_reason", "")}
        yield Operation(new_id(), "note.finish", note, *by, body)
    for entries, kind in _BESIDE.items():
        for entry in _new(shown, reached, entries):
            if entry["actor"] == by[0]:
                # What others signed or added, they tell the server themselves.
                yield Operation(entry["op"], kind, note, by[0], _at(entry), _said(entry))


def _assessed(assessment: str, shown: Document, reached: Document, actor: str) -> Iterator[Operation]:
    whole = {name: shown[name] for name in ("note", "call", "site")}
    for entries, kind in _ASSESSED.items():
        for entry in _new(shown, reached, entries):
            yield Operation(entry["op"], kind, assessment, actor, _at(entry), {**whole, **_said(entry)})


def _planned(plan: str, shown: Document, reached: Document) -> Iterator[Operation]:
    whole = {name: shown[name] for name in ("note", "call", "site")}
    for entry in _new(shown, reached, "words"):
        body = {name: value for name, value in entry.items() if name not in (*_OF_ENTRY, "actor")}
        act = (entry["op"], "safety_plan.put", plan, entry["actor"], _at(entry))
        yield Operation(*act, {**whole, **body})


def _referred(referral: str, shown: Document, reached: Document, actor: str) -> Iterator[Operation]:
    for entry in _new(shown, reached, "timeline"):
        if entry["step"] == "proposed":
            body = {name: value for name, value in shown.items() if name not in ("id", "timeline")}
            yield Operation(entry["op"], "referral.open", referral, actor, _at(entry), body)
        else:
            body = {"step": entry["step"], "detail": entry.get("detail", "")}
            yield Operation(entry["op"], "referral.advance", referral, actor, _at(entry), body)
    for entry in _new(shown, reached, "seconds"):
        body = {"closing": entry["closing"], "agrees": entry["agrees"]}
        yield Operation(entry["op"], "referral.second", referral, entry["by"], _at(entry), body)


def _new(shown: Document, reached: Document, entries: str) -> Iterator[Mapping[str, Any]]:
    known = {entry["op"] for entry in reached.get(entries, ())}
    for entry in shown.get(entries, ()):
        if entry["op"] not in known:
            yield entry


def _said(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in entry.items() if name not in _OF_ENTRY}


def _at(entry: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(entry["at"])
