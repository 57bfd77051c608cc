"""Documents as this program writes them, without the entities between: for what is only to be kept."""

import types
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from models.codec import (
    Convert,
    Document,
    from_document,
    is_required,
    plain,
    reading,
    to_document,
    usual_type,
)

_PLAIN = frozenset({str, int, float, bool, type(None)})


def canonical(kind: Any, document: Mapping[str, Any]) -> Document:
    """What `to_document(from_document(kind, document))` gives, at half its price. Raises DocumentError."""
    return _writer(kind)(document)


@cache
def _writer(kind: Any) -> Callable[[Mapping[str, Any]], Document]:
    if hasattr(kind, "__post_init__") or not all(field.init for field in fields(kind)):
        # Only the entity itself knows what it takes.
        return lambda document: to_document(from_document(kind, document))
    hints = get_type_hints(kind)
    rules = {one.name: (usual_type(hints[one.name]), _rewriting(hints[one.name])) for one in fields(kind)}
    required = frozenset(field.name for field in fields(kind) if is_required(field))
    # In the order in which they are declared; what is asked for stands there already.
    usual = {field.name: None if is_required(field) else plain(_default(field)) for field in fields(kind)}
    made_anew = tuple(
        (name, _maker(value)) for name, value in usual.items() if isinstance(value, list | dict)
    )

    def write(document: Mapping[str, Any]) -> Document:
        written: Document = usual.copy()
        for name, make in made_anew:
            if name not in document:
                written[name] = make()
        try:
            for name, value in document.items():
                rule = rules.get(name)
                if rule is not None:
                    written[name] = value if type(value) is rule[0] else rule[1](value)
            if required <= document.keys():
                return written
        except (ValueError, TypeError, AttributeError, KeyError):
            pass
        # The long way says what is wrong.
        return to_document(from_document(kind, document))

    return write


def _default(field: Field[Any]) -> Any:
    """What stands there where the document says nothing."""
    if field.default is not MISSING:
        return field.default
    make: Any = field.default_factory
    return make()


def _maker(value: Any) -> Callable[[], Any]:
    """What makes a value of its own for each document: nothing is shared that can be changed."""
    if not value:
        return list if isinstance(value, list) else dict
    return lambda: deepcopy(value)


def _rewriting(hint: Any) -> Convert:
    """What makes of a value in a document the one that would come back from a field of this kind."""
    origin = get_origin(hint)
    if is_dataclass(hint):
        kind: Any = hint
        return _writer(kind)
    if origin in (Union, types.UnionType):
        choices = [one for one in get_args(hint) if one is not type(None)]
        if len(choices) == 1:
            rewrite = _rewriting(choices[0])
            return lambda value: None if value is None else rewrite(value)
    if origin is tuple:
        rewrite_one = _rewriting(get_args(hint)[0])
        return lambda value: [rewrite_one(item) for item in value]
    if hint is datetime:
        return _moment
    if isinstance(origin, type) and issubclass(origin, Mapping) and _are_typed(*get_args(hint)):
        return _typed
    read = reading(hint)
    return lambda value: plain(read(value))


def _moment(value: Any) -> str:
    return datetime.fromisoformat(value).isoformat()


def _are_typed(key: Any, value: Any) -> bool:
    """True for what an operator typed: texts and numbers under texts, few lists."""
    choices = [one for one in get_args(value) if one is not type(None)]
    return key is str and get_origin(value) in (Union, types.UnionType) and len(choices) > 1


_key_of = reading(str)


def _typed(value: Any) -> Document:
    return {
        key if type(key) is str else _key_of(key): item if type(item) in _PLAIN else plain(item)
        for key, item in value.items()
    }
