"""Entities to documents (JSON-ready) and back, by the fields that the dataclasses declare.

What a class declares is looked at once, at its first use, and kept as functions: a server reads and writes
thousands of documents a second.
"""

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Document = dict[str, Any]
Convert = Callable[[Any], Any]
_PLAIN = frozenset({str, int, float, bool, type(None)})


class DocumentError(ValueError):
    """A document does not fit its entity; names the field."""


def to_document(entity: Any) -> Document:
    """The document of a dataclass value; times as ISO 8601 in UTC, enumerations as their codes."""
    kind: Any = type(entity)
    return _writer(kind)(entity)


def from_document(kind: type[T], document: Mapping[str, Any]) -> T:
    """The entity a document holds; fields it does not know are left aside. Raises DocumentError."""
    declared: Any = kind
    entity: T = _reader(declared)(document)
    return entity


@cache
def _writer(kind: Any) -> Callable[[Any], Document]:
    names = tuple(field.name for field in fields(kind))
    if len(names) < 2:
        return lambda entity: {name: plain(getattr(entity, name)) for name in names}
    values_of = attrgetter(*names)

    def write(entity: Any) -> Document:
        return {
            name: value if type(value) in _PLAIN else plain(value)
            for name, value in zip(names, values_of(entity), strict=True)
        }

    return write


def plain(value: object) -> Any:
    """A value as it stands in a document."""
    kind: Any = type(value)
    return value if kind in _PLAIN else _plainer(kind)(value)


def _plain_mapping(value: Mapping[Any, Any]) -> Document:
    return {
        key if type(key) is str else str(plain(key)): item if type(item) in _PLAIN else plain(item)
        for key, item in value.items()
    }


def _plain_list(value: Iterable[Any]) -> list[Any]:
    return [item if type(item) in _PLAIN else plain(item) for item in value]


@cache
def _plainer(kind: Any) -> Convert:
    # By what a value is, not by what its field declares: a text field may hold an enumeration.
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, datetime):
        return datetime.isoformat
    if is_dataclass(kind):
        return to_document
    if issubclass(kind, Mapping):
        return _plain_mapping
    if issubclass(kind, (tuple, list)):
        return _plain_list
    return _as_it_is


@cache
def _reader(kind: Any) -> Callable[[Mapping[str, Any]], Any]:
    hints = get_type_hints(kind)
    declared = tuple(
        (field.name, reading(hints[field.name]), usual_type(hints[field.name]), is_required(field))
        for field in fields(kind)
        if field.init
    )

    def read(document: Mapping[str, Any]) -> Any:
        values: dict[str, Any] = {}
        name = ""
        try:
            for name, convert, right, required in declared:
                if name in document:
                    value = document[name]
                    # Most fields hold a plain value of their own kind.
                    values[name] = value if type(value) is right else convert(value)
                elif required:
                    raise _Missing
        except _Missing:
            raise DocumentError(f"{kind.__name__}.{name}: missing") from None
        except (ValueError, TypeError, AttributeError, KeyError) as cause:
            raise DocumentError(f"{kind.__name__}.{name}: {cause}") from cause
        return kind(**values)

    return read


def is_required(field: Field[Any]) -> bool:
    """True where a document must have the field."""
    return field.default is MISSING and field.default_factory is MISSING


def usual_type(hint: Any) -> type[Any] | None:
    """The type whose values a field of this kind takes as they are, None where each is looked at."""
    return hint if hint in (str, int, float, bool) else None


class _Missing(Exception):
    pass


def reading(hint: Any) -> Convert:
    """What makes of a value in a document the one that a field of this kind holds; raises where it cannot."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _optional(hint)
    if origin is tuple:
        return _each(reading(get_args(hint)[0]))
    if origin is Literal:
        return _literal(get_args(hint))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(*map(reading, get_args(hint)))
    if isinstance(hint, type):
        return _scalar(hint)
    return _as_it_is


def _optional(hint: Any) -> Convert:
    choices = [one for one in get_args(hint) if one is not type(None)]
    if len(choices) > 1:
        return _listed_or_plain
    convert = reading(choices[0])
    return lambda value: None if value is None else convert(value)


def _listed_or_plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _each(convert: Convert) -> Convert:
    return lambda value: tuple([convert(item) for item in value])


def _mapping(key: Convert, item: Convert) -> Convert:
    if item is _listed_or_plain:
        # What an operator typed: texts and numbers under texts, few lists.
        return lambda value: {
            k if type(k) is str else key(k): tuple(v) if type(v) is list else v for k, v in value.items()
        }
    return lambda value: {key(k): item(v) for k, v in value.items()}


def _literal(allowed: tuple[Any, ...]) -> Convert:
    def checked(value: Any) -> Any:
        if value not in allowed:
            raise ValueError(f"one of {allowed} expected")
        return value

    return checked


def _scalar(hint: type[Any]) -> Convert:
    if issubclass(hint, Enum):
        return hint
    if issubclass(hint, datetime):
        return datetime.fromisoformat
    if is_dataclass(hint):
        return _reader(hint)
    return _of_kind(hint) if hint in (str, int, float, bool) else _as_it_is


def _of_kind(hint: type[Any]) -> Convert:
    def checked(value: Any) -> Any:
        if isinstance(value, hint):
            return value
        if hint is float and isinstance(value, int):
            return float(value)
        raise TypeError(f"{hint.__name__} expected, got {type(value).__name__}")

    return checked


def _as_it_is(value: Any) -> Any:
    return value
