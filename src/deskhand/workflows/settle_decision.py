"""An agent's click: approve, edit or reject. The first one wins, and starts the work in the same transaction."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher

from deskhand.domain.merging import MERGE
from deskhand.domain.outcome import RunOutcome, RunResult
from deskhand.domain.outreach import CHANNEL
from deskhand.domain.pause import Pause, scopes
from deskhand.domain.resolution import GiveUp
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Person, Reason, Suggestion, SuggestionState
from deskhand.domain.verdict import in_words
from deskhand.execution.executor import Approval
from deskhand.ports.store import Store, Transaction
from deskhand.workflows.carry_out import carry_out
from deskhand.workflows.consider import Considered, Way
from deskhand.workflows.desk import Desk
from deskhand.workflows.dress import foreign
from deskhand.workflows.hand_off import give_up, hand_off
from deskhand.workflows.keep_example import example_of
from deskhand.workflows.record import ended


@dataclass(frozen=True)
class Decided:
    """`stands`: the decision counts. If not, `why` says what to do; nothing was changed."""

    stands: bool
    why: str


def decide(
    store: Store,
    id: str,
    decision: SuggestionState,
    person: Person,
    *,
    seen: str,
    text: str,
    now: datetime,
    about: str = "",
    adverse: Collection[str],
    procedures: Collection[str] = (),
    reason: Reason | None = None,
) -> Decided:
    """`seen` is the digest that the person looked at; `text` the edited reply, or the reason of a rejection in words;
    `reason` its kind, which nothing but a rejection has.

    `about`: which of the desk's `procedures` the message was about, when an agent who edits or rejects says so.
    `adverse`: the actions that take something from a customer; whoever approves one has had it on their screen.
    """
    if about and decision is SuggestionState.APPROVED:
        return Decided(False, "What is approved needs no other procedure. Edit or reject it; nothing was sent.")
    if about and about not in procedures:
        return Decided(False, f"This desk has no procedure {about[:80]}. Nothing was sent.")
    with store.begin() as tx:
        suggestion = tx.suggestions.get(id)
        if suggestion is None:
            return Decided(False, "There is no such suggestion.")
        if suggestion.state is not SuggestionState.PENDING:
            return Decided(False, f"Already {suggestion.state}: nothing was changed.")
        if seen != suggestion.digest:
            return Decided(False, "The suggestion is not the one you saw. Look again; nothing was sent.")
        if decision in (SuggestionState.APPROVED, SuggestionState.EDITED):
            if decision is SuggestionState.EDITED and not text.strip():
                return Decided(False, "An edited reply needs a text. Nothing was sent.")
            if decision is SuggestionState.EDITED and (place := foreign(text, suggestion.resolution.reply)):
                return Decided(False, f"The suggestion has no {place} to fill in. Nothing was sent.")
            if suggestion.stage is not Stage.READ_ONLY and (paused := _paused(tx, suggestion)):
                return Decided(False, f"Nothing was done: {paused}. Resume it first; the suggestion keeps waiting.")
            if _takes(suggestion, adverse) and tx.suggestions.shown_at(id, person.id) is None:
                return Decided(
                    False, "This takes something from the customer: open it and read it first. Nothing was done."
                )
            missing, noted = _approve(tx, suggestion, person, now)
            if missing and decision is SuggestionState.EDITED and noted:
                also = f"your edit was not kept: whoever approves last may edit. Missing: {in_words(missing)}."
                return Decided(True, f"Noted as approved, but {also}")
            if missing:
                still = f"needs the approval of {in_words(missing)}. Nothing was done yet."
                return Decided(
                    noted, f"Noted; it still {still}" if noted else f"It is not yours to approve: it {still}"
                )
        why = reason if decision is SuggestionState.REJECTED else None
        return _settle(tx, suggestion, decision, person.id, text, now, about, why)


def _paused(tx: Transaction, suggestion: Suggestion) -> Pause | None:
    plan = suggestion.resolution
    return tx.pauses.on(scopes((one.action.name for one in plan.proposals), plan.procedures, suggestion.ticket))


def _takes(suggestion: Suggestion, adverse: Collection[str]) -> bool:
    return any(one.action.name in adverse for one in suggestion.resolution.proposals)


def _approve(tx: Transaction, suggestion: Suggestion, person: Person, now: datetime) -> tuple[list[str], bool]:
    """Note one role for this person; which roles are still missing, and whether one was noted. As many people must
    approve as `roles` has places."""
    given = [(role, by) for role, by, digest in tx.suggestions.approvals(suggestion.id) if digest == suggestion.digest]
    missing = list((Counter(suggestion.roles) - Counter(role for role, _ in given)).elements())
    fitting = [role for role in missing if role in person.roles]
    noted = bool(fitting) and person.id not in {by for _, by in given}
    if noted:
        tx.suggestions.approve_as(suggestion.id, fitting[0], person.id, suggestion.digest, now)
        told: dict[str, object] = {"suggestion": suggestion.id, "role": fitting[0], "by": person.id}
        told["review_seconds"] = _reviewed(tx, suggestion, person.id, now)
        tx.journal.append("suggestion.approved_as", suggestion.ticket, told, now)
        missing.remove(fitting[0])
    return missing, noted


def _settle(
    tx: Transaction,
    suggestion: Suggestion,
    decision: SuggestionState,
    by: str,
    text: str,
    now: datetime,
    about: str = "",
    reason: Reason | None = None,
) -> Decided:
    if reason is not None:
        text = ": ".join(filter(None, (reason.words, text.strip())))
    if not tx.suggestions.settle(suggestion.id, decision, by, now, text):
        return Decided(False, "Somebody else was faster: nothing was changed.")
    told: dict[str, object] = {"suggestion": suggestion.id, "state": str(decision), "by": by}
    told["review_seconds"] = _reviewed(tx, suggestion, by, now)
    told["unedited"] = decision is SuggestionState.APPROVED
    if decision in (SuggestionState.APPROVED, SuggestionState.EDITED):
        drafted = suggestion.resolution.reply
        told["drafted"] = len(drafted)
        told["changed"] = changed(drafted, text) if decision is SuggestionState.EDITED else 0
    if reason is not None:
        told["reason"] = str(reason)
    tx.journal.append("suggestion.settled", suggestion.ticket, told, now)
    if suggestion.heard.channel == CHANNEL:  # nobody wrote, so there is nothing to learn of an answer
        tx.runs.enqueue("settle_contact", suggestion.ticket, f"settle/{suggestion.id}", suggestion.id, bulk=True)
        return Decided(True, f"{str(decision).capitalize()}.")
    customer = tx.results.customer(suggestion.ticket, suggestion.heard.message)
    if example := example_of(suggestion, decision, text, about=about, customer=customer, now=now):
        tx.examples.keep(example, suggestion.ticket)
    by_timer = decision is SuggestionState.EXPIRED  # as many at once as were suggested at once
    tx.runs.enqueue("settle_decision", suggestion.ticket, f"settle/{suggestion.id}", suggestion.id, bulk=by_timer)
    return Decided(True, f"{str(decision).capitalize()}.")


def changed(drafted: str, sent: str) -> int:
    """How many characters an agent took out, put in or wrote instead, where one for another counts once."""
    edits = SequenceMatcher(None, drafted, sent, autojunk=False).get_opcodes()
    return sum(max(there - here, other - one) for what, here, there, one, other in edits if what != "equal")


def _reviewed(tx: Transaction, suggestion: Suggestion, by: str, now: datetime) -> float | None:
    """Seconds since it was first on this person's screen; None when it never was."""
    shown = tx.suggestions.shown_at(suggestion.id, by)
    return None if shown is None else round((now - shown).total_seconds(), 1)


def expire_suggestion(desk: Desk, id: str) -> None:
    """The timer: when nobody has decided, people get the ticket. Late or repeated, it changes nothing."""
    desk.step(_expire, desk, id)


def _expire(desk: Desk, id: str) -> None:
    now = desk.clock()
    with desk.store.begin() as tx:
        suggestion = tx.suggestions.get(id)
        if suggestion is not None and suggestion.state is SuggestionState.PENDING:
            _settle(tx, suggestion, SuggestionState.EXPIRED, "timer", "", now)


@dataclass(frozen=True)
class Settled:
    """A decision as the run finds it. `roles` are those that approved, one for each person."""

    suggestion: Suggestion
    by: str
    text: str
    roles: tuple[str, ...]
    considered: Considered


def settle_decision(desk: Desk, id: str) -> RunResult:
    """Carry out what was decided: the same commit as the assistant's own, bound to what the agent saw."""
    settled = desk.step(_settled, desk, id)
    heard, considered = settled.suggestion.heard, settled.considered
    if settled.suggestion.stage is Stage.READ_ONLY:
        return desk.step(_only_noted, desk, settled)
    if settled.suggestion.state in (SuggestionState.APPROVED, SuggestionState.EDITED):
        approval = Approval(settled.suggestion.digest, settled.roles, settled.by)
        return carry_out(desk, heard, considered, approval)
    why = f": {settled.text}" if settled.text.strip() else ""
    expired = settled.suggestion.state is SuggestionState.EXPIRED
    because = "nobody decided in time" if expired else f"{settled.by} rejected the suggestion{why}"
    return hand_off(desk, heard, desk.step(give_up, desk, heard, considered, GiveUp("human", because)))


def _settled(desk: Desk, id: str) -> Settled:
    with desk.store.begin() as tx:
        suggestion = tx.suggestions.get(id)
        decided = tx.suggestions.settled_by(id)
        roles = tuple(role for role, _, digest in tx.suggestions.approvals(id))
    if suggestion is None or decided is None:
        raise AssertionError(f"suggestion {id} is not settled")
    by, text = decided
    resolution = suggestion.resolution
    if suggestion.state is SuggestionState.EDITED:
        # Whoever writes an answer of their own there keeps the ticket apart.
        apart = tuple(one for one in resolution.proposals if one.action.name != MERGE)
        resolution = replace(resolution, reply=text, proposals=apart)
    considered = Considered(
        way=Way.COMMIT,
        stage=suggestion.stage,
        resolution=resolution,
        handoff=None,
        proposals=resolution.proposals,
        says="",
        roles=suggestion.roles,
        customer="",
        took_ms=0.0,
    )
    return Settled(suggestion, by, text, roles, considered)


def _only_noted(desk: Desk, settled: Settled) -> RunResult:
    """Read-only: a decision is feedback, and opens no door."""
    return ended(desk, settled.suggestion.heard, settled.considered, RunOutcome.SUGGESTED, "", 0.0)
