"""An agent tells the assistant in private how to go on with a ticket. Nobody takes the ticket over by that."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.digest import digest
from deskhand.domain.guidance import Guidance
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.outreach import CHANNEL
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Person, Suggestion, SuggestionState
from deskhand.ports.store import Store, Transaction
from deskhand.understanding.understand import readable
from deskhand.workflows.take_over import ASSISTANT

LONGEST = 2_000  # characters of one
MOST = 10  # that stand on one ticket
NOT_KEPT = "Nothing was kept."
AGAIN = (RunOutcome.ASKED, RunOutcome.HANDED_OFF)


@dataclass(frozen=True)
class Whispered:
    """`guidance` as it was kept, None when it was not; `again`: a message is being thought over with it. `why` says
    what happened and what did not."""

    guidance: Guidance | None
    again: bool
    why: str


def whisper(
    store: Store,
    ticket: str,
    person: Person,
    *,
    text: str,
    about: str = "",
    again: bool = False,
    procedures: Collection[str],
    now: datetime,
) -> Whispered:
    """Keep it for what comes next on this ticket. `about`: the procedure that the next message is to be taken for.

    `again`: the customer's last message is thought over with it, where its suggestion waits, or where it ended with a
    question or with people and the assistant has the ticket. A suggestion that waited can be approved no more.
    """
    words = readable(text)
    if why := _refused(text, words, about, procedures):
        return Whispered(None, False, f"{why} {NOT_KEPT}")
    id = digest([ticket, person.id, words, about, now.isoformat()])[:20]
    with store.begin() as tx:
        if len(tx.guidance.standing(ticket)) >= MOST:
            return Whispered(None, False, f"{MOST} whispers stand on this ticket: withdraw one first. {NOT_KEPT}")
        one = Guidance(id, ticket, person.id, words, about, now)
        tx.guidance.add(one)
        message, why_not = _again(tx, one, person, now) if again else ("", "")
        told: dict[str, object] = {"guidance": id, "by": person.id, "characters": len(words), "procedure": about}
        tx.journal.append("guidance.given", ticket, {**told, "again": message}, now)
    if message:
        return Whispered(one, True, "Kept. The assistant thinks the last message over again.")
    return Whispered(one, False, " ".join(filter(None, ("Kept. It guides what comes next on this ticket.", why_not))))


def withdraw(store: Store, ticket: str, id: str, person: Person, now: datetime) -> bool:
    """From now on it guides nothing; what was planned with it stays as it is. False when none with this id stands."""
    with store.begin() as tx:
        withdrawn = tx.guidance.withdraw(ticket, id, person.id, now)
        if withdrawn:
            tx.journal.append("guidance.withdrawn", ticket, {"guidance": id, "by": person.id}, now)
    return withdrawn


def whispers(store: Store, ticket: str) -> tuple[Guidance, ...]:
    """Those that stand on this ticket, oldest first. For agents only."""
    with store.begin() as tx:
        return tuple(tx.guidance.standing(ticket))


def _refused(text: str, words: str, about: str, procedures: Collection[str]) -> str:
    if about and about not in procedures:
        return f"This desk has no procedure {about[:80]}."
    if not words and not about:
        return "Say something, or name a procedure."
    if max(len(text), len(words)) > LONGEST:
        return f"A whisper has {LONGEST:,} characters at most, and this one {len(text):,}."
    return ""


def _again(tx: Transaction, one: Guidance, person: Person, now: datetime) -> tuple[str, str]:
    """The message whose run was started, or why none was."""
    received = tx.journal.of_ticket(one.ticket, ["message.received"])
    if not received:
        return "", "There is no message of the customer to think over."
    if (owner := tx.tickets.owner(one.ticket)) != ASSISTANT:
        return "", f"Not thought over again: {owner} has this ticket. Give it back to the assistant first."
    message = str(received[-1].body["message"])
    waiting = [each for each in tx.suggestions.pending(one.ticket) if _of(each, message)]
    result = tx.results.get(one.ticket, message)
    if not waiting and _under_way(tx, one.ticket, message):
        return "", "Not thought over again: the last message is under way right now."
    if not waiting and (result is None or result.outcome not in AGAIN):
        return "", "Not thought over again: the last message is decided or answered already."
    for each in waiting:
        _replace(tx, each, one, person, now)
    stage = waiting[-1].stage if waiting else _stage(tx, one.ticket, message)
    suggestion = waiting[-1].id if waiting else ""
    story = (one.ticket, message, one.id, str(stage), suggestion)
    tx.runs.enqueue("think_again", one.ticket, f"again/{one.id}", *story)
    return message, ""


def _of(suggestion: Suggestion, message: str) -> bool:
    return suggestion.heard.message == message and suggestion.heard.channel != CHANNEL


def _replace(tx: Transaction, suggestion: Suggestion, one: Guidance, person: Person, now: datetime) -> None:
    tx.suggestions.settle(suggestion.id, SuggestionState.REPLACED, person.id, now)
    told = {"suggestion": suggestion.id, "by": person.id, "guidance": one.id}
    tx.journal.append("suggestion.replaced", one.ticket, told, now)


def _under_way(tx: Transaction, ticket: str, message: str) -> bool:
    """Whether a run of this message has not ended yet."""
    under_way = False
    kinds = ("message.received", "guidance.given", "message.ended", "run.failed")
    for line in tx.journal.of_ticket(ticket, kinds):
        match line.kind:
            case "message.received":
                under_way = under_way or line.body["message"] == message
            case "guidance.given":
                under_way = under_way or line.body["again"] == message
            case "message.ended":
                under_way = under_way and line.body["message"] != message
            case _:
                under_way = False
    return under_way


def _stage(tx: Transaction, ticket: str, message: str) -> Stage:
    """How far the message was trusted when it ended."""
    ended = [one.body for one in tx.journal.of_ticket(ticket, ["message.ended"])]
    return Stage(next(one["stage"] for one in reversed(ended) if one["message"] == message))
