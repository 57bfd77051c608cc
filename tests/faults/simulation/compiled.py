"""Statements are compiled once for all databases of a kind: programs that start anew do little else."""

from typing import Any

from sqlalchemy import Engine

_KNOWN: dict[object, tuple[Any, Any]] = {}


def sharing(engine: Engine) -> Engine:
    """The engine, which takes what others like it have compiled."""
    kind = (type(engine.dialect), engine.dialect.dbapi)
    engine.dialect, engine._compiled_cache = _KNOWN.setdefault(kind, (engine.dialect, engine._compiled_cache))
    return engine
