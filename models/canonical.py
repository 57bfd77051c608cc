"""Documents as this program writes them, without the entities between: for what is only to be kept."""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from models.codec import (
    Convert,
    Document,
    DocumentError,
    from_document,
    is_required,
    plain,
    reading,
    to_document,
    usual_type,
)


def canonical(kind: Any, document: Mapping[str, Any]) -> Document:
    """What `to_document(from_document(kind, document))` gives, at half its price. Raises DocumentError."""
    return _writer(kind)(document)


@cache
def _writer(kind: Any) -> Callable[[Mapping[str, Any]], Document]:
    if hasattr(kind, "__post_init__") or not all(field.init for field in fields(kind)):
        # Only the entity itself knows what it takes.
        return lambda document: to_document(from_document(kind, document))
    hints = get_type_hints(kind)
    declared = tuple(
        (field.name, _rewriting(hints[field.name]), usual_type(hints[field.name]), _default(field))
        for field in fields(kind)
    )

    def write(document: Mapping[str, Any]) -> Document:
        written: Document = {}
        name = ""
        try:
            for name, rewrite, right, default in declared:
                if name in document:
                    value = document[name]
                    written[name] = value if type(value) is right else rewrite(value)
                elif default is None:
                    raise DocumentError(f"{kind.__name__}.{name}: missing")
                else:
                    written[name] = default()
        except DocumentError as cause:
            if name in document:
                raise DocumentError(f"{kind.__name__}.{name}: {cause}") from cause
            raise
        except (ValueError, TypeError, AttributeError, KeyError) as cause:
            raise DocumentError(f"{kind.__name__}.{name}: {cause}") from cause
        return written

    return write


def _default(field: Field[Any]) -> Callable[[], Any] | None:
    """What stands there where the document says nothing; None where it must."""
    if is_required(field):
        return None
    if field.default is MISSING:
        make: Any = field.default_factory
        return lambda: plain(make())
    value = field.default
    return lambda: plain(value)


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
    read = reading(hint)
    return lambda value: plain(read(value))
