"""How a message ended: the result, and the journal line that every number is computed from."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from deskhand.domain.action import Receipt
from deskhand.domain.digest import digest
from deskhand.domain.guidance import followed
from deskhand.domain.handoff import Handoff
from deskhand.domain.heard import Heard
from deskhand.domain.model_call import ModelCall, Purpose
from deskhand.domain.outcome import ModelUse, RunOutcome, RunResult, ToldAction, ToldRequest, ToldVerdict
from deskhand.domain.standing import Standing
from deskhand.domain.suggestion import Suggestion
from deskhand.domain.understanding import Kind, Sign, Understanding
from deskhand.measurement.completeness import blanks, completeness
from deskhand.ports.store import Transaction
from deskhand.understanding.courtesies import thanks_only
from deskhand.understanding.redact import unmask
from deskhand.workflows.consider import Considered, trace_of
from deskhand.workflows.desk import Desk

ABOUT = 160  # characters of a message that queues show


class Ending:
    """The record of a message that ends with its reply: written in the transaction that says the reply was sent.

    `began`: when the last step began, by `desk.timer`. Repeated after a crash, it tells what is written already.
    """

    def __init__(
        self,
        desk: Desk,
        heard: Heard,
        considered: Considered,
        outcome: RunOutcome,
        reply: str,
        receipts: Mapping[int, Receipt],
        began: float,
    ):
        self._desk, self._heard, self._considered, self._began = desk, heard, considered, began
        self.result = told(heard, considered, outcome, reply, receipts, 0.0)

    def write(self, tx: Transaction) -> None:
        known = tx.results.get(self._heard.ticket, self._heard.message)
        if known and (known.outcome, known.reply) == (self.result.outcome, self.result.reply):
            self.result = known
            return
        ms = 1000 * (self._desk.timer() - self._began)
        result = replace(self.result, timings_ms=timings(self._heard, self._considered, ms))
        self.result = write(self._desk, self._heard, self._considered, result, tx)


def keep_result(desk: Desk, heard: Heard, considered: Considered, result: RunResult, tx: Transaction) -> None:
    """What became of the message, and how the conversation stands after it: the next one is heard as what follows."""
    tx.results.put(
        heard.ticket,
        heard.message,
        result,
        customer=considered.customer,
        at=desk.clock(),
        verified=heard.requester.verified,
        standing=standing(heard, considered, result),
    )


def ended(desk: Desk, heard: Heard, considered: Considered, outcome: RunOutcome, reply: str, ms: float) -> RunResult:
    """Write the result and its journal line in one transaction, and give it back. `ms`: our time in the last step."""
    result = told(heard, considered, outcome, reply, {}, ms)
    with desk.store.begin() as tx:
        return write(desk, heard, considered, result, tx)


def told(
    heard: Heard,
    considered: Considered,
    outcome: RunOutcome,
    reply: str,
    receipts: Mapping[int, Receipt],
    ms: float,
) -> RunResult:
    """The result in the shape that `deskhand ask --json` prints."""
    return RunResult(
        outcome=outcome,
        reply=reply,
        language=heard.understanding.language,
        requests=tuple(
            ToldRequest(unmask(one.quote, heard.masked), one.procedure) for one in heard.understanding.requests
        ),
        actions=tuple(
            ToldAction(
                p.action.name,
                p.action.args,
                ToldVerdict(p.verdict.effect, p.verdict.rule, p.verdict.says),
                _shown(receipts.get(place)),
            )
            for place, p in enumerate(considered.proposals)
        ),
        citations=considered.resolution.citations if considered.resolution else (),
        handoff=considered.handoff,
        model=ModelUse(),
        timings_ms=timings(heard, considered, ms),
    )


def _shown(receipt: Receipt | None) -> Receipt | None:
    """Without what it was before: that is for an undo, and stays in the ledger."""
    return replace(receipt, before={}) if receipt else None


def timings(heard: Heard, considered: Considered, ms: float) -> dict[str, float]:
    """Our own milliseconds, by step and in all."""
    steps = {"understand": heard.took_ms, "plan": considered.took_ms, "commit": ms}
    return {name: round(value, 3) for name, value in {**steps, "total": sum(steps.values())}.items()}


def write(
    desk: Desk,
    heard: Heard,
    considered: Considered,
    result: RunResult,
    tx: Transaction,
    suggestion: Suggestion | None = None,
    note: str = "",
) -> RunResult:
    """The result and its line, within a transaction that the caller holds; with what models cost, it comes back."""
    made = [call for message, call in tx.models.of_ticket(heard.ticket) if message == heard.message]
    result = replace(result, model=use_of(made), timings_ms=apart(result.timings_ms, made))
    keep_result(desk, heard, considered, result, tx)
    requester = heard.requester
    tx.tickets.describe(heard.ticket, requester.name or requester.email, heard.text[:ABOUT], result.language)
    body: dict[str, object] = {
        "message": heard.message,
        "outcome": str(result.outcome),
        "stage": str(considered.stage),
        "procedures": sorted({one.procedure for one in heard.understanding.requests if one.procedure}),
        "language": result.language,
        "customer": considered.customer or tx.results.customer(heard.ticket, heard.message),
        "verified": considered.verified or heard.requester.verified,
        "thanks": thanks_only(heard.text),
        "automatic": heard.understanding.automatic,
        "unknown": _unknown(heard.understanding),
        "actions": [
            {"name": a.name, "effect": a.verdict.effect, "done": a.receipt is not None} for a in result.actions
        ],
        "citations": len(result.citations),
        "cited": [
            {"source": one.source, "article": one.digest, "quote": digest(one.quote)[:20]} for one in result.citations
        ],
        "model": asdict(result.model),
        "timings_ms": dict(result.timings_ms),
    }
    if result.handoff:
        body["handoff"] = _handoff(result.handoff)
    if considered.arm:
        body["arm"] = considered.arm
    if considered.trials:
        body["trials"] = dict(considered.trials)
    if guidance := followed(trace_of(considered)):
        body["guidance"] = list(guidance)
    if suggestion:
        body["suggestion"] = suggestion.id
    if note:
        body["note"] = note
    tx.journal.append("message.ended", heard.ticket, body, desk.clock())
    return result


def _unknown(understanding: Understanding) -> bool:
    """Whether something is asked for that no procedure covers."""
    return any(one.procedure is None and one.kind is not Kind.SMALL_TALK for one in understanding.requests)


def standing(heard: Heard, considered: Considered, result: RunResult) -> Standing:
    """How the conversation stands after this message."""
    asked = considered.resolution if result.outcome is RunOutcome.ASKED else None
    understanding = heard.understanding
    felt = understanding.signal(Sign.FRUSTRATION)
    return Standing(
        result.outcome,
        result.language,
        asked.asks if asked else "",
        understanding.requests,
        felt.strength if felt else 0.0,
    )


def apart(ours: Mapping[str, float], made: Sequence[ModelCall]) -> dict[str, float]:
    """The same milliseconds with the models' time told apart; `total` is both together."""
    if not made:
        return dict(ours)
    reading = sum(call.ms for call in made if call.purpose is Purpose.READ)
    theirs = sum(call.ms for call in made)
    steps = dict(ours) | {"model": round(theirs, 3)}
    steps["understand"] = round(max(0.0, ours["understand"] - reading), 3)
    steps["plan"] = round(max(0.0, ours["plan"] - (theirs - reading)), 3)
    return steps


def use_of(made: Sequence[ModelCall]) -> ModelUse:
    """What models cost for a message, from the lines of its calls."""
    known = [one.dollars for one in made if one.dollars is not None]
    return ModelUse(
        calls=len(made),
        input_tokens=sum(one.input_tokens for one in made),
        output_tokens=sum(one.output_tokens for one in made),
        cost=round(sum(known), 6) if len(known) == len(made) else None,
    )


def keep_silent(desk: Desk, heard: Heard, considered: Considered) -> RunResult:
    """A person has the ticket: no reply, no effect; the message is theirs."""
    return ended(desk, heard, considered, RunOutcome.HANDED_OFF, "", 0.0)


def _handoff(handoff: Handoff) -> dict[str, object]:
    told = {"queue": handoff.queue, "reason": handoff.reason, "completeness": round(completeness(handoff), 4)}
    return {**told, "blank": list(blanks(handoff))}
