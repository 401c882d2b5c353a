"""Commit: each action on facts read again, then the reply. Done twice, it is still done once."""

from dataclasses import dataclass, replace
from functools import partial
from typing import assert_never

from deskhand.domain.action import Proposal, Receipt
from deskhand.domain.case import Case
from deskhand.domain.confirmation import Confirmation
from deskhand.domain.customer import Matched
from deskhand.domain.digest import digest
from deskhand.domain.errors import ConnectorError
from deskhand.domain.heard import Heard
from deskhand.domain.merging import MERGE
from deskhand.domain.outcome import RunOutcome, RunResult
from deskhand.domain.ref import Ref
from deskhand.domain.resolution import GiveUp, Resolution
from deskhand.domain.verdict import Allow, Approve, Confirm
from deskhand.execution.executor import Approval, free
from deskhand.execution.results import Changed, Declined, Done, Frozen, Paused, Result, Stopped, Unsure
from deskhand.workflows.consider import Considered, Way, consider
from deskhand.workflows.desk import Desk
from deskhand.workflows.dress import fill, with_links
from deskhand.workflows.hand_off import give_up, hand_off
from deskhand.workflows.merge import merge_after
from deskhand.workflows.overtaken import overtaken
from deskhand.workflows.place import LOWERED, OVERRIDE, not_lowered
from deskhand.workflows.reconcile import reconcile_later
from deskhand.workflows.record import Ending, keep_silent
from deskhand.workflows.step_up import send_code
from deskhand.workflows.suggest import suggest
from deskhand.workflows.who import case_of, proven


@dataclass(frozen=True)
class Setback:
    """What stopped the commit: which effect (its key), how, and why. What was done before it stays done."""

    key: str
    how: str
    why: str


def carry_out(desk: Desk, heard: Heard, considered: Considered, approval: Approval | None) -> RunResult:
    """Commit the plan; after a setback look again, plan anew with what is known now, or hand over."""
    attempt = desk.step(commit, desk, heard, considered, approval)
    for wait in desk.patience.rounds:
        if isinstance(attempt, RunResult) or attempt.how != "unsure":
            break
        desk.pause(wait)
        attempt = desk.step(commit, desk, heard, considered, approval)
    if isinstance(attempt, RunResult):
        for one in filter(_merges, considered.proposals):
            bound = _bound(approval, one)
            desk.step(merge_after, desk, heard, considered.stage, one.action.args["into"], bound)
        return attempt
    if attempt.how == "frozen":
        return desk.step(keep_silent, desk, heard, considered)
    if attempt.how == "unsure":
        because = f"nobody can tell whether {attempt.key} was done: {attempt.why}"
        desk.step(_reconcile_later, desk, heard, attempt.key)
        reason = GiveUp("failure", because)
        return hand_off(desk, heard, desk.step(give_up, desk, heard, considered, reason))
    return _again(desk, heard, "" if attempt.how == "lowered" else str(considered.stage), attempt)


def _again(desk: Desk, heard: Heard, stage: str, setback: Setback) -> RunResult:
    """The plan is made again with the result. Whatever would now be done is no longer what was approved: an agent
    looks again. `stage`: as it was, or "" for what it is by now."""
    failures = {setback.key: setback.why} if setback.how == "declined" else {}
    considered = desk.step(consider, desk, heard, failures, stage)
    if considered.way is Way.HAND_OFF:
        return hand_off(desk, heard, considered)
    if considered.way is Way.SILENCE:
        return desk.step(keep_silent, desk, heard, considered)
    if considered.way is Way.COMMIT and not _acts(considered):
        attempt = desk.step(commit, desk, heard, considered, None)
        if isinstance(attempt, RunResult):
            return attempt
        reason = GiveUp("failure", f"{attempt.key}: {attempt.why}")
        return hand_off(desk, heard, desk.step(give_up, desk, heard, considered, reason))
    return desk.step(suggest, desk, heard, considered, f"{setback.how}: {setback.why}")


def _merges(proposal: Proposal) -> bool:
    """Comes after the reply: what is merged may take no more."""
    return proposal.action.name == MERGE and isinstance(proposal.verdict, Allow | Approve)


def _acts(considered: Considered) -> bool:
    return any(isinstance(one.verdict, Allow | Approve) for one in considered.proposals)


def commit(desk: Desk, heard: Heard, considered: Considered, approval: Approval | None) -> RunResult | Setback:
    """Each permitted action, then the reply, then the record. Every effect carries its key: repeating is harmless."""
    began = desk.timer()
    resolution = considered.resolution
    assert resolution is not None
    identified = desk.customers.who(heard.requester)
    if identified.missing and not isinstance(identified.identity, Matched):
        return Setback("the customer", "unsure", f"{', '.join(identified.missing)} did not answer")
    identity = proven(desk, heard, identified.identity)
    case = case_of(desk, heard, identity, considered.stage)
    alone = approval is None and considered.arm != OVERRIDE
    lowered = partial(not_lowered, desk, considered.stage, resolution.procedures) if alone else free
    receipts: dict[int, Receipt] = {}
    for place, proposal in enumerate(resolution.proposals):
        if isinstance(proposal.verdict, Allow | Approve) and not _merges(proposal):
            with desk.span("execute"):
                result = desk.executor.commit(
                    proposal.action,
                    case,
                    _bound(approval, proposal),
                    procedures=resolution.procedures,
                    unless=lowered,
                )
            if not isinstance(result, Done):
                return _setback(proposal.key, result)
            receipts[place] = result.receipt
    if resolution.step_up:
        sent = send_code(desk, heard, resolution, identity, case)
        if sent and not isinstance(sent, Done):
            return _setback("the one-time code", sent)
    _ask_to_confirm(desk, heard, resolution, case)
    links = [link for one in receipts.values() if (link := desk.receipt_link(one.key))]
    text = with_links(fill(resolution.reply, receipts), links, desk.voice.signature, heard.understanding.language)
    key = f"reply/{heard.occasion}"
    try:
        if overtaken(desk, heard):
            return Setback(key, "frozen", "an agent answered in the help desk")
    except ConnectorError as error:
        return Setback(key, "unsure", f"the ticket could not be read: {error}")
    if not receipts:  # who was told nothing of a deed yet need not be told anything alone
        with desk.store.look() as tx:
            if tx.ledger.effect(key) is None and (refused := lowered(tx)):
                return _setback(key, Stopped(refused))
    ending = Ending(desk, heard, considered, RunOutcome(resolution.end), text, receipts, began)
    customer = str(case.customer or "")
    ticket = Ref.parse(heard.ticket)
    said = desk.executor.say(
        ticket,
        text,
        public=True,
        key=key,
        customer=customer,
        procedures=resolution.procedures,
        then=ending.write,
        language=heard.understanding.language,
    )
    if not isinstance(said, Done):
        return _setback(key, said)
    return ending.result


def _reconcile_later(desk: Desk, heard: Heard, key: str) -> None:
    with desk.store.begin() as tx:
        effect = tx.ledger.effect(key)
        if effect is not None and effect.state.open:
            reconcile_later(tx, heard.ticket, key)


def _bound(approval: Approval | None, proposal: Proposal) -> Approval | None:
    return replace(approval, digest=proposal.digest) if approval else None


def _setback(key: str, result: Result) -> Setback:
    match result:
        case Done():
            raise AssertionError("done is no setback")
        case Stopped(verdict) if verdict.rule == LOWERED:
            return Setback(key, "lowered", verdict.says)
        case Stopped(verdict):
            return Setback(key, "stopped", f"policy now says {verdict.effect} by {verdict.rule}")
        case Changed(now):
            return Setback(key, "changed", f"what was approved has changed: {now.preview}")
        case Declined(reason):
            return Setback(key, "declined", reason)
        case Unsure(reason):
            return Setback(key, "unsure", reason)
        case Frozen(owner):
            return Setback(key, "frozen", owner)
        case Paused(pause):
            return Setback(key, "paused", str(pause))
        case unexpected:
            assert_never(unexpected)


def _ask_to_confirm(desk: Desk, heard: Heard, resolution: Resolution, case: Case) -> None:
    asked = [one for one in resolution.proposals if isinstance(one.verdict, Confirm)]
    if not asked:
        return
    with desk.store.begin() as tx:
        for proposal in asked:
            shown = digest(dict(proposal.action.args))
            procedure = next(
                (n for n in resolution.procedures if proposal.action.name in desk.procedures[n].may_propose), ""
            )
            until = case.now + desk.patience.confirmation
            question = Confirmation(heard.ticket, proposal.key, shown, proposal.action, procedure, case.now, until)
            tx.confirmations.ask(question)
            tx.journal.append("confirmation.asked", heard.ticket, {"key": proposal.key, "digest": shown}, case.now)
