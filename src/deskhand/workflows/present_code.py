"""A customer's message is looked through for one-time codes before anybody, or any brain, reads it."""

from dataclasses import dataclass, replace
from datetime import datetime

from deskhand.domain.one_time_code import Attempt, CodeState, IssuedCode, Presented
from deskhand.ports.store import Transaction
from deskhand.understanding.one_time import candidates, without_codes
from deskhand.workflows.desk import Desk

TRIES = 5  # wrong numbers, each counts


def present(desk: Desk, ticket: str, message: str, text: str) -> Attempt | None:
    """What the numbers in this message are; None when they have nothing to do with codes.

    Judged once: asked again about the same message it tells the same, whatever the text is by then.
    """
    numbers = candidates(text)
    if not numbers:
        with desk.store.look() as tx:
            return tx.identity.attempt(ticket, message)
    with desk.store.begin() as tx:
        if known := tx.identity.attempt(ticket, message):
            return known
        at = tx.inbox.received_at(ticket, message) or desk.clock()
        judged = _judge(desk, tx, ticket, message, numbers, at)
        if judged is None:
            return None
        tx.identity.note(judged.attempt, judged.code)
        _note_down(tx, judged.attempt, desk.clock())
        return judged.attempt


def taken_out(desk: Desk, ticket: str, message: str, text: str) -> str:
    """For a channel that we host: the text as it may be kept, its codes judged and taken out."""
    return without_codes(text) if present(desk, ticket, message, text) else text


@dataclass(frozen=True)
class _Judged:
    """`code` as it stands after the attempt; None when the ticket has none, or an old one."""

    attempt: Attempt
    code: IssuedCode | None


def _judge(
    desk: Desk, tx: Transaction, ticket: str, message: str, numbers: tuple[str, ...], at: datetime
) -> _Judged | None:
    code = tx.identity.latest(ticket)
    if code and code.state is CodeState.OPEN and at < code.expires_at:
        return _against(desk, tx, code, message, numbers, at)
    if code and any(desk.codes.fits(one, code) for one in numbers):
        # Used, or too old: it proves nothing, but whoever sends it may have another one.
        if tx.identity.proven(ticket, code.customer, message, at):
            return None
        old = Attempt(ticket, message, code.key, code.customer, Presented.EXPIRED, code.message, 0, at)
        return _Judged(old, None)
    if foreign := _foreign(desk, tx, ticket, numbers, at):
        seen = Attempt(ticket, message, foreign.key, "", Presented.FOREIGN, "", 0, at)
        return _Judged(seen, None)
    return None


def _against(
    desk: Desk, tx: Transaction, code: IssuedCode, message: str, numbers: tuple[str, ...], at: datetime
) -> _Judged:
    tries = code.tries
    for number in numbers[: TRIES - code.tries]:
        if desk.codes.fits(number, code):
            until = at + desk.proving.proof
            proof = Attempt(code.ticket, message, code.key, code.customer, Presented.PROVEN, code.message, 0, at, until)
            return _Judged(proof, replace(code, state=CodeState.USED))
        tries += 1
    spent, left = tries >= TRIES, max(0, TRIES - tries)
    foreign = None if spent else _foreign(desk, tx, code.ticket, numbers, at)
    outcome = Presented.SPENT if spent else Presented.FOREIGN if foreign else Presented.WRONG
    held = foreign or code
    attempt = Attempt(code.ticket, message, held.key, code.customer, outcome, code.message, left, at)
    return _Judged(attempt, replace(code, tries=tries, state=CodeState.SPENT if spent else CodeState.OPEN))


def _foreign(desk: Desk, tx: Transaction, ticket: str, numbers: tuple[str, ...], at: datetime) -> IssuedCode | None:
    """The code of another ticket that one of these is."""
    waiting, few = tx.identity.elsewhere(ticket, at), numbers[:TRIES]
    return next((code for code in waiting if any(desk.codes.fits(one, code) for one in few)), None)


def _note_down(tx: Transaction, attempt: Attempt, now: datetime) -> None:
    """Without the code, right or wrong."""
    told: dict[str, object] = {"message": attempt.message, "code": attempt.code}
    if attempt.outcome is Presented.PROVEN:
        assert attempt.until is not None
        until = attempt.until.isoformat()
        tx.journal.append("identity.proven", attempt.ticket, told | {"until": until}, now)
    else:
        told |= {"why": str(attempt.outcome), "left": attempt.left}
        tx.journal.append("identity.failed", attempt.ticket, told, now)
