"""What a process writes to its log: text for people or JSON lines for a collector, and nobody's personal data."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from traceback import extract_tb
from types import TracebackType
from typing import TextIO

from opentelemetry import trace

from deskhand.bootstrap.logs.careful_logs import RECORDS
from deskhand.infrastructure.telemetry import TICKET
from deskhand.settings import LogForm

LONGEST = 2000  # characters of one message
PLACES = 8  # of an error's way through our code, the last ones
OURS, LIBRARIES = "deskhand", ("dbos", "uvicorn", "uvicorn.error")


class Careful(logging.Formatter):
    """An error is told by its class and where it came from, never by its words: those may be a customer's."""

    def told(self, record: logging.LogRecord) -> dict[str, object]:
        """The parts of a line, by name; what is not known is left out."""
        parts: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": RECORDS.clean(record.getMessage())[:LONGEST],
            "process": record.process,
            "ticket": TICKET.get(),
            "trace": _trace(),
        }
        if record.exc_info and record.exc_info[0]:
            parts["error"], parts["where"] = record.exc_info[0].__name__, _where(record.exc_info[2])
        parts |= getattr(record, "told", {})
        return {name: value for name, value in parts.items() if value not in ("", None, [])}


class JsonLine(Careful):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.told(record), ensure_ascii=True, default=str)


class TextLine(Careful):
    def format(self, record: logging.LogRecord) -> str:
        parts = self.told(record)
        head = " ".join(str(parts.pop(name)) for name in ("at", "level", "logger", "message"))
        parts.pop("process", None)
        where = parts.pop("where", [])
        rest = "".join(f" {name}={value}" for name, value in parts.items())
        assert isinstance(where, list)
        return "\n    ".join([head.replace("\n", " ") + rest, *where])


@contextmanager
def logging_as(form: LogForm, out: TextIO | None = None) -> Iterator[None]:
    """Until the block ends, all loggers of this process write in this form, to standard error by default. JSON tells
    of every run; text only of what somebody should know."""
    handler = logging.StreamHandler(out or sys.stderr)
    handler.setFormatter(JsonLine() if form is LogForm.JSON else TextLine())
    root, ours = logging.getLogger(), logging.getLogger(OURS)
    others = [logging.getLogger(name) for name in LIBRARIES]
    before = ours.level, [(one, one.handlers[:], one.propagate, one.level) for one in others]
    ours.setLevel(logging.INFO if form is LogForm.JSON else logging.WARNING)
    for one in others:  # they would write beside us, in a form of their own
        one.handlers, one.propagate = [logging.NullHandler()], True
        one.setLevel(logging.WARNING)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        ours.setLevel(before[0])
        for one, handlers, up, level in before[1]:
            one.handlers, one.propagate = handlers, up
            one.setLevel(level)


def _trace() -> str:
    context = trace.get_current_span().get_span_context()
    return trace.format_trace_id(context.trace_id) if context.is_valid else ""


def _where(traceback: TracebackType | None) -> list[str]:
    """File, line and function, without source lines or values."""
    return [f"{one.filename.rpartition('/')[2]}:{one.lineno} {one.name}" for one in extract_tb(traceback)[-PLACES:]]
