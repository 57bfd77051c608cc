"""Entities to documents (JSON-ready) and back, by the fields that the dataclasses declare."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Document = dict[str, Any]


class DocumentError(ValueError):
    """A document does not fit its entity; names the field."""


def to_document(entity: Any) -> Document:
    """The document of a dataclass value; times as ISO 8601 in UTC, enumerations as their codes."""
    return {f.name: _plain(getattr(entity, f.name)) for f in fields(entity)}


def from_document(kind: type[T], document: Mapping[str, Any]) -> T:
    """The entity a document holds; fields it does not know are left aside. Raises DocumentError."""
    values: dict[str, Any] = {}
    declared: Any = kind
    for name, hint, required in _declared(declared):
        if name in document:
            try:
                values[name] = _typed(hint, document[name])
            except (ValueError, TypeError, AttributeError, KeyError) as cause:
                raise DocumentError(f"{kind.__name__}.{name}: {cause}") from cause
        elif required:
            raise DocumentError(f"{kind.__name__}.{name}: missing")
    return kind(**values)


@cache
def _declared(kind: Any) -> tuple[tuple[str, Any, bool], ...]:
    hints = get_type_hints(kind)
    return tuple(
        (f.name, hints[f.name], f.default is MISSING and f.default_factory is MISSING)
        for f in fields(kind)
        if f.init
    )


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value):
        return to_document(value)
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def _typed(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _optional(hint, value)
    if origin is tuple:
        return tuple(_typed(get_args(hint)[0], item) for item in value)
    if origin is Literal:
        return _literal(get_args(hint), value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, item = get_args(hint)
        return {_typed(key, k): _typed(item, v) for k, v in value.items()}
    if isinstance(hint, type):
        return _scalar(hint, value)
    return value


def _optional(hint: Any, value: Any) -> Any:
    choices = [one for one in get_args(hint) if one is not type(None)]
    if len(choices) > 1:
        return tuple(value) if isinstance(value, list) else value
    if value is None:
        return None
    return _typed(choices[0], value)


def _literal(allowed: tuple[Any, ...], value: Any) -> Any:
    if value not in allowed:
        raise ValueError(f"one of {allowed} expected")
    return value


def _scalar(hint: type, value: Any) -> Any:
    if issubclass(hint, Enum):
        return hint(value)
    if issubclass(hint, datetime):
        return datetime.fromisoformat(value)
    if is_dataclass(hint):
        return from_document(hint, value)
    if hint in (str, int, float, bool) and not isinstance(value, hint):
        if hint is float and isinstance(value, int):
            return float(value)
        raise TypeError(f"{hint.__name__} expected, got {type(value).__name__}")
    return value
