"""Structured logs without personal data: our own events carry named fields, foreign loggers carry only place and kind.

Fields whose key has a ``pii`` segment are dropped. Messages of Rasa, Sanic and other libraries may hold what citizens say,
so of their records only logger, level, file, line and exception type are kept.
"""

import logging
import sys
import threading
import traceback
import warnings
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

Event = MutableMapping[str, Any]


def set_up_journal(level: str, log_format: str) -> None:
    """Route every log line of the process through the same filter to standard error."""
    renderer: Any = structlog.processors.JSONRenderer() if log_format == "json" else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            _ours_only,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _drop_personal_fields,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [_ForeignHandler()]
    root.setLevel(logging.WARNING)
    for name in list(logging.Logger.manager.loggerDict):
        foreign = logging.getLogger(name)
        foreign.handlers.clear()
        foreign.propagate = True
        foreign.setLevel(logging.NOTSET)


def get_journal(name: str) -> Any:
    """Return the journal of one of our modules."""
    return structlog.get_logger(room=name)


def log_failure(journal: Any, event: str, error: BaseException, **fields: Any) -> None:
    """Log an exception by type and frames only; its text may hold what a citizen said."""
    journal.error(event, error=type(error).__name__, frames=frames(error.__traceback__), **fields)


def frames(trace: TracebackType | None) -> list[str]:
    """Return the innermost frames as ``file:line function``."""
    extracted = traceback.extract_tb(trace)[-8:]
    return [f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno} {frame.name}" for frame in extracted]


def take_over_last_words() -> None:
    """Replace what Python itself prints: warnings, and errors that nobody caught; either may repeat what a citizen said."""
    process = get_journal("process")
    sys.excepthook = lambda _, error, __: log_failure(process, "error_uncaught", error)
    threading.excepthook = lambda thread: log_failure(process, "error_uncaught", thread.exc_value or RuntimeError())
    sys.unraisablehook = lambda ignored: log_failure(process, "error_ignored", ignored.exc_value or RuntimeError())
    warnings.showwarning = _log_warning  # type: ignore[assignment]


def _log_warning(_message: object, category: type[Warning], filename: str, lineno: int, *_: object) -> None:
    get_journal("library").warning("library_warning", category=category.__name__, place=f"{Path(filename).name}:{lineno}")


def _ours_only(_logger: Any, _method: str, event: Event) -> Event:
    """Drop what libraries write through structlog; Rasa prints whole messages that way."""
    if "room" not in event:
        raise structlog.DropEvent
    return event


def _drop_personal_fields(_logger: Any, _method: str, event: Event) -> Event:
    for key in [key for key in event if "pii" in key.split("_")]:
        del event[key]
    return event


class _ForeignHandler(logging.Handler):
    """Writes a library's record without its words."""

    def emit(self, record: logging.LogRecord) -> None:
        fields: dict[str, Any] = {"logger_name": record.name, "place": f"{record.module}:{record.lineno}"}
        if record.exc_info and record.exc_info[1]:
            fields |= {"error": type(record.exc_info[1]).__name__, "frames": frames(record.exc_info[2])}
        level = "error" if record.levelno >= logging.ERROR else "warning"
        getattr(structlog.get_logger(room="library"), level)("library_message", **fields)
