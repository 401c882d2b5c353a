"""A message is thought over again, because an agent whispered what to make of it."""

from dataclasses import replace

from deskhand.domain.guidance import Again
from deskhand.domain.heard import Heard
from deskhand.domain.outcome import RunOutcome, RunResult
from deskhand.domain.resolution import End
from deskhand.domain.stage import Stage
from deskhand.workflows.consider import Considered, Way, consider
from deskhand.workflows.desk import Desk
from deskhand.workflows.hear import hear
from deskhand.workflows.record import ended
from deskhand.workflows.resolve_message import go_on


def think_again(desk: Desk, ticket: str, message: str, guidance: str, stage: str, suggestion: str) -> RunResult:
    """The message's way once more, never trusted beyond `stage`: that of its former plan.

    `suggestion` is what waited, whose message is not read a second time; "" where nothing did.
    """
    heard = desk.step(heard_before, desk, suggestion) if suggestion else desk.step(hear, desk, ticket, message)
    heard = replace(heard, again=Again(guidance, Stage(stage)))
    considered = desk.step(consider, desk, heard, {}, "")
    heard = considered.heard or heard
    if desk.step(asked_before, desk, heard, considered):
        return desk.step(say_nothing, desk, heard, considered)
    desk.step(ask_no_more, desk, heard)
    return go_on(desk, heard, considered)


def heard_before(desk: Desk, suggestion: str) -> Heard:
    with desk.store.begin() as tx:
        found = tx.suggestions.get(suggestion)
    assert found is not None, "the run was started with what waited"
    return found.heard


def asked_before(desk: Desk, heard: Heard, considered: Considered) -> bool:
    """Whether all that came of it is the question that the customer has been asked already."""
    made = considered.resolution
    if considered.way is not Way.COMMIT or made is None or made.end is not End.ASKED:
        return False
    with desk.store.begin() as tx:
        known = tx.results.get(heard.ticket, heard.message)
    return known is not None and (known.outcome, known.reply) == (RunOutcome.ASKED, made.reply)


def say_nothing(desk: Desk, heard: Heard, considered: Considered) -> RunResult:
    assert considered.resolution is not None
    return ended(desk, heard, considered, RunOutcome.ASKED, considered.resolution.reply, 0.0)


def ask_no_more(desk: Desk, heard: Heard) -> None:
    """A yes to what was asked before permits nothing any more: the customer gets something else to read now."""
    with desk.store.begin() as tx:
        if asked := tx.confirmations.open(heard.ticket, desk.clock()):
            tx.confirmations.withdraw(heard.ticket)
            keys = {"keys": [one.key for one in asked], "message": heard.message}
            tx.journal.append("confirmation.withdrawn", heard.ticket, keys, desk.clock())
