"""Spans and durations for whoever watches: OpenTelemetry, which does nothing until somebody sets its providers."""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

from opentelemetry import metrics, trace

TRACER = trace.get_tracer("deskhand")
METER = metrics.get_meter("deskhand")
STEPS = METER.create_histogram("deskhand.step.duration", unit="s", description="Steps of runs, by name and end.")
RUNS = METER.create_histogram("deskhand.run.duration", unit="s", description="Runs, by story and end.")
NAME = 16  # characters of the name of a ticket: two of a million meet once in forty million desks

TICKET: ContextVar[str] = ContextVar("ticket", default="")  # the name of the ticket whose run this is, "" outside one


def ticket_name(secret: bytes, ticket: str) -> str:
    """What traces and logs call a ticket: always the same, and no way back without the desk's secret."""
    return hmac.digest(secret, b"ticket/" + ticket.encode(), hashlib.sha256).hex()[:NAME]


def span(name: str) -> AbstractContextManager[object]:
    """The time of a block, under the span that is open. It holds nobody's words, not even those of an error."""
    return _span(f"deskhand.{name}", {})


@contextmanager
def step_span(name: str) -> Iterator[None]:
    """`span`, whose duration is counted as well."""
    with _timed(STEPS, {"step": name}), span(name):
        yield


@contextmanager
def run_span(story: str, ticket: str) -> Iterator[None]:
    """A whole run; `ticket` is the name made by `ticket_name`, which all spans and log lines within will have."""
    before = TICKET.set(ticket)
    try:
        with _timed(RUNS, {"story": story}), _span("deskhand.run", {"deskhand.story": story}):
            yield
    finally:
        TICKET.reset(before)


@contextmanager
def _span(name: str, more: dict[str, str]) -> Iterator[None]:
    ticket = TICKET.get()
    known = {"deskhand.ticket": ticket, **more} if ticket else more
    opened = TRACER.start_as_current_span(name, attributes=known, record_exception=False, set_status_on_exception=False)
    with opened as current:
        try:
            yield
        except Exception as error:
            current.set_attribute("error.type", type(error).__name__)
            current.set_status(trace.StatusCode.ERROR)  # without a description: it would be the error's words
            raise


@contextmanager
def _timed(histogram: metrics.Histogram, about: dict[str, str]) -> Iterator[None]:
    began, end = time.perf_counter(), "done"
    try:
        yield
    except Exception as error:
        end = type(error).__name__
        raise
    finally:
        histogram.record(time.perf_counter() - began, {**about, "end": end})
