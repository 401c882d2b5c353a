"""An answer to our own question belongs to the request that the question was about."""

from dataclasses import replace

from deskhand.domain.outcome import RunOutcome, RunResult
from deskhand.domain.understanding import Kind, Request, Understanding


def take_up(now: Understanding, before: RunResult | None) -> Understanding:
    """When we asked and the answer is no request by itself, it is the former request with what was named now."""
    if before is None or before.outcome is not RunOutcome.ASKED:
        return now
    procedures = [one.procedure for one in before.requests if one.procedure]
    if len(procedures) != 1 or any(one.kind is Kind.PROCEDURE for one in now.requests):
        return now
    if not (slots := {name: value for one in now.requests for name, value in one.slots.items()}):
        return now
    quote = now.requests[0].quote
    return replace(now, requests=(Request(quote, Kind.PROCEDURE, procedures[0], 1.0, slots=slots),))


def confirmed(now: Understanding, procedure: str) -> Understanding:
    """A yes to our question is the request that the question was about."""
    quote = now.requests[0].quote
    return replace(now, requests=(Request(quote, Kind.PROCEDURE, procedure, 1.0),))
