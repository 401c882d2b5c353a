"""Journal lines as the stories write them, for a few made-up messages."""

from datetime import UTC, datetime
from typing import Any

from deskhand.domain.journal_line import JournalLine

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def line(kind: str, message: str, **body: Any) -> JournalLine:
    return JournalLine(1, NOON, kind, f"deskhand:ticket:{message}", {"message": message} | body, "")


def called(message: str, purpose: str = "read", ms: float = 100.0, failed: str = "", **told: Any) -> JournalLine:
    tokens = {"input_tokens": 1000, "cached_tokens": 600, "output_tokens": 50}
    return line("model.called", message, purpose=purpose, ms=ms, failed=failed, price="desk.toml", **tokens | told)


def unanswered(message: str, purpose: str, why: str) -> JournalLine:
    return line("model.unanswered", message, purpose=purpose, why=why)


def considered(
    message: str,
    way: str = "commit",
    procedures: tuple[str | None, ...] = ("duplicate-charge",),
    proposals: tuple[str, ...] = (),
    refused: tuple[tuple[str, ...], ...] = (),
) -> JournalLine:
    return line(
        "message.considered",
        message,
        way=way,
        requests=[{"procedure": one} for one in procedures],
        proposals=[{"effect": one} for one in proposals],
        refused=[list(one) for one in refused],
    )


def ended(
    message: str,
    outcome: str = "answered",
    actions: tuple[tuple[str, str, bool], ...] = (),
    cost: float | None = 0.002,
    reason: str = "",
    ms: float = 300.0,
) -> JournalLine:
    told = [{"name": name, "effect": effect, "done": done} for name, effect, done in actions]
    handoff = {"handoff": {"reason": reason}} if reason else {}
    body = {"outcome": outcome, "actions": told, "model": {"cost": cost}, "timings_ms": {"total": ms}}
    return line("message.ended", message, **body | handoff)
