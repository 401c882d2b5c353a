"""Writes a plan down for an agent, and a timer for the case that nobody looks."""

from deskhand.domain.digest import digest
from deskhand.domain.heard import Heard
from deskhand.domain.outcome import RunOutcome, RunResult
from deskhand.domain.suggestion import Suggestion, SuggestionState
from deskhand.workflows.consider import Considered, Way
from deskhand.workflows.desk import Desk
from deskhand.workflows.dress import outline
from deskhand.workflows.record import told, write


def suggest(desk: Desk, heard: Heard, considered: Considered, note: str = "") -> RunResult:
    """A row and a delayed timer, in one transaction with the record. The run ends; nothing waits."""
    assert considered.resolution is not None
    began, now = desk.timer(), desk.clock()
    resolution = considered.resolution
    seen = digest([resolution.reply, [[p.key, p.digest, p.verdict.effect] for p in resolution.proposals]])
    again = [heard.again.guidance] if heard.again else []
    suggestion = Suggestion(
        id=digest([heard.ticket, heard.message, seen, *again])[:20],
        heard=heard,
        resolution=resolution,
        digest=seen,
        stage=considered.stage,
        roles=considered.roles,
        state=SuggestionState.PENDING,
        created_at=now,
        expires_at=now + desk.patience.suggestion,
    )
    outcome = RunOutcome.SUGGESTED if considered.way is Way.SUGGEST else RunOutcome.AWAITING_APPROVAL
    reply = outline(resolution.reply)
    result = told(heard, considered, outcome, reply, {}, 1000 * (desk.timer() - began))
    with desk.store.begin() as tx:
        tx.suggestions.add(suggestion)
        delay = desk.patience.suggestion.total_seconds()
        tx.runs.enqueue("expire_suggestion", heard.ticket, f"expire/{suggestion.id}", suggestion.id, delay=delay)
        return write(desk, heard, considered, result, tx, suggestion, note)
