"""What the programs say while they run: one JSON object a line on standard error, with no word of anybody.

Of an exception its type and where it came from are told, never its text, and of other people's libraries
the first line of what they always say: values that they put in may be words of a caller.
"""

import logging
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any

import orjson
import structlog

_OURS = ("server", "models", "resources")
_MOST_FRAMES = 12
_SHARED: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def start_logs(level: int) -> None:
    """What is of that level goes out so, troubles from every library; who logs already is left alone."""
    if logging.getLogger().handlers:
        return
    join_logs()
    outlet = logging.StreamHandler()
    # On the way out, not at the root alone: a library may give its own logger a level.
    outlet.setLevel(level)
    outlet.addFilter(_without_words)
    outlet.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*_SHARED, _exception],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _exception, _line],
        )
    )
    logging.basicConfig(handlers=[outlet])
    logging.getLogger(_OURS[0]).setLevel(level)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught


def join_logs() -> None:
    """What is said by way of structlog goes where all other logs go, and is heard from the same level on."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _without_words(record: logging.LogRecord) -> bool:
    if record.name.partition(".")[0] in _OURS:
        return True
    record.msg, record.args = str(record.msg).partition("\n")[0], ()
    return record.levelno >= logging.WARNING


def _exception(_logger: object, _name: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    found = event.pop("exc_info", None) or getattr(event.get("_record"), "exc_info", None)
    if isinstance(found, tuple) and found[1] is not None:
        event.update(_told(found[1]))
    return event


def _told(error: BaseException) -> Mapping[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    where = [f"{frame.filename.rsplit('/', 3)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
    causes: list[str] = []
    one = error.__cause__ or error.__context__
    while one is not None and len(causes) < _MOST_FRAMES:
        causes.append(type(one).__name__)
        one = one.__cause__ or one.__context__
    return {"exception": type(error).__name__, "because": causes, "where": where}


def _line(_logger: object, _name: str, event: MutableMapping[str, Any]) -> str:
    event.pop("_record", None)
    return orjson.dumps(event, default=_kind).decode()


def _kind(value: object) -> str:
    return type(value).__name__


def _uncaught(_kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
    logging.getLogger("server").critical("ended by a fault", exc_info=error)
