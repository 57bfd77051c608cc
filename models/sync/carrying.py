"""Fields of a newer program are carried through a reducer that does not know them."""

import types
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from models.codec import Document

_NAMES = ("id", "op")


@dataclass(frozen=True, slots=True)
class _Shape:
    """The fields of a dataclass, and those of them that hold other dataclasses: one, many, or by key."""

    known: frozenset[str]
    one: Mapping[str, Any]
    many: Mapping[str, Any]
    keyed: Mapping[str, Any]


def carry(kind: type[Any], before: Document, after: Document) -> Document:
    """The document after an act, with all fields of the one before that `kind` does not declare.

    At every depth: an entry of a list is known again by its `id` or `op`, an entry of a mapping by its key;
    what the act took away takes its unknown fields along.
    """
    return after if not _strange(kind, before) else _carried(kind, before, after)


def _strange(kind: Any, document: Any) -> bool:
    """True where any field at any depth is unknown here; the common case costs a few set operations."""
    if not isinstance(document, dict):
        return False
    shape = _shape(kind)
    if not document.keys() <= shape.known:
        return True
    return any(_strange(inner, one) for inner, one in _inside(shape, document))


def _inside(shape: _Shape, document: Document) -> list[tuple[Any, Any]]:
    found = [(inner, document.get(name)) for name, inner in shape.one.items()]
    found += [(inner, one) for name, inner in shape.many.items() for one in document.get(name) or ()]
    for name, inner in shape.keyed.items():
        found += [(inner, one) for one in (document.get(name) or {}).values()]
    return found


def _carried(kind: Any, before: Document, after: Document) -> Document:
    shape = _shape(kind)
    whole = dict(after)
    for name, value in before.items():
        if name not in shape.known:
            whole.setdefault(name, value)
        elif name in shape.one and isinstance(value, dict) and isinstance(whole.get(name), dict):
            whole[name] = _carried(shape.one[name], value, whole[name])
        elif name in shape.many and isinstance(value, list) and isinstance(whole.get(name), list):
            whole[name] = _listed(shape.many[name], value, whole[name])
        elif name in shape.keyed and isinstance(value, dict) and isinstance(whole.get(name), dict):
            whole[name] = {
                key: _carried(shape.keyed[name], value[key], one) if key in value else one
                for key, one in whole[name].items()
            }
    return whole


def _listed(kind: Any, before: list[Any], after: list[Any]) -> list[Any]:
    known = {_name(one): one for one in before if _name(one)}
    return [_carried(kind, known[_name(one)], one) if _name(one) in known else one for one in after]


def _name(entry: Any) -> str:
    """What an entry of a list is known by, "" where it has no name."""
    if not isinstance(entry, dict):
        return ""
    return next((str(entry[name]) for name in _NAMES if entry.get(name)), "")


@cache
def _shape(kind: Any) -> _Shape:
    hints = get_type_hints(kind)
    declared = {f.name: hints[f.name] for f in fields(kind) if f.init}
    one: dict[str, Any] = {}
    many: dict[str, Any] = {}
    keyed: dict[str, Any] = {}
    for name, hint in declared.items():
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            found = [choice for choice in arguments if is_dataclass(choice)]
            one |= {name: found[0]} if found else {}
        elif is_dataclass(hint):
            one[name] = hint
        elif origin is tuple and is_dataclass(arguments[0]):
            many[name] = arguments[0]
        elif isinstance(origin, type) and issubclass(origin, Mapping) and is_dataclass(arguments[1]):
            keyed[name] = arguments[1]
    return _Shape(frozenset(declared), one, many, keyed)
