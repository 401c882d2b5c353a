"""A conversation that moves to another ticket keeps its open question, what was named for it, and what waits there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from deskhand.domain.customer import Matched, Strength
from deskhand.domain.dossier import Dossier
from deskhand.domain.heard import Heard
from deskhand.domain.moved import Brought, Kept
from deskhand.domain.moving_phrases import channel_in_words, moving_phrases_in
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.standing import THE_CODE, Standing
from deskhand.domain.ticket import Author
from deskhand.domain.understanding import Understanding
from deskhand.policy.moving import Shown, carried
from deskhand.ports.store import Transaction
from deskhand.understanding.move import Before, answers_elsewhere, known_elsewhere
from deskhand.workflows.desk import Desk
from deskhand.workflows.take_over import ASSISTANT

WITHIN = timedelta(days=7)
TICKETS = 5
ENDED = (RunOutcome.RESOLVED, RunOutcome.ANSWERED)


@dataclass(frozen=True)
class _Earlier:
    ticket: str
    channel: str
    at: datetime
    before: Before


def take_along(desk: Desk, heard: Heard, dossier: Dossier) -> Heard:
    """The message with what the same customer's other tickets of the last week add to it. Only for whoever is beyond
    doubt that customer here, and only from messages that were beyond doubt theirs."""
    if heard.brought or heard.thread.asked not in ("", THE_CODE) or heard.understanding.wants_human:
        return heard
    identity = dossier.identity
    if not isinstance(identity, Matched) or not _moves(heard, identity):
        return heard
    customer, now = str(identity.customer.ref), desk.clock()
    moved = ""
    with desk.store.look() as tx:
        earlier = _earlier(tx, heard.ticket, customer, now)
        before = [one.before for one in earlier]
        understanding, brought = heard.understanding, []
        if answer := answers_elsewhere(heard.text, understanding, before, desk.procedures):
            own, (understanding, place) = understanding, answer
            brought = _kept(own, understanding, earlier[place])
            moved = earlier[place].ticket
        understanding, used = known_elsewhere(_words(heard), understanding, before, desk.procedures)
        named = {name: value for one in understanding.requests for name, value in one.slots.items()}
        brought += [_slot(earlier[place], name, named[name]) for name, place in used.items()]
        brought += _to_confirm(tx, understanding, earlier, now)
    if moved:
        with desk.store.begin() as tx:
            _note_down(tx, heard, moved, now)
    return replace(heard, understanding=understanding, brought=tuple(brought))


def told_along(heard: Heard) -> str:
    """What to say before the reply: what is used that they told us elsewhere, and what waits there for their yes."""
    phrases = moving_phrases_in(heard.understanding.language)
    words = {Kept.SLOT: phrases.known, Kept.CONFIRMATION: phrases.to_confirm}
    lines = [
        words[one.kept].format(
            name=one.name.replace("_", " "), value=one.value, channel=channel_in_words(one.channel), at=moment(one.at)
        )
        for one in heard.brought
    ]
    return "\n".join(dict.fromkeys(lines))


def moment(at: datetime) -> str:
    """In every language the same."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _words(heard: Heard) -> str:
    """The message, with the one that waited for its code."""
    waited = [one.text for one in heard.thread.said if one.author is Author.CUSTOMER][-1:]
    return "\n".join([*(waited if heard.attempt and heard.attempt.waits else []), heard.text])


def _moves(heard: Heard, identity: Matched) -> bool:
    """What is remembered of other tickets was said where the help desk, or the site, vouched for the customer."""
    here = Shown(heard.channel, heard.requester.verified, identity.strength)
    return carried(Shown("", True, Strength.ATTESTED), here).context


def _earlier(tx: Transaction, ticket: str, customer: str, now: datetime) -> list[_Earlier]:
    """Every message that ended on the customer's other tickets, newest first."""
    rows = tx.results.former(customer, but=ticket, since=now - WITHIN, tickets=TICKETS)
    newest: dict[str, RunOutcome] = {}
    found = []
    for other, at, result, standing in rows:
        first = other not in newest
        last = newest.setdefault(other, result.outcome)
        asking = first and tx.tickets.owner(other) == ASSISTANT and not _taken(tx, other, at)
        found.append(_Earlier(other, tx.tickets.channel(other), at, Before(standing, last not in ENDED, asking)))
    return found


def _taken(tx: Transaction, ticket: str, since: datetime) -> bool:
    """Whether the question that was asked there last was answered somewhere else."""
    return any(one.at >= since and "to" in one.body for one in tx.journal.of_ticket(ticket, ["conversation.moved"]))


def _kept(own: Understanding, taken: Understanding, earlier: _Earlier) -> list[Brought]:
    """What of the answered request was named there, and not in this message."""
    here = {value for one in own.requests for value in one.slots.values()}
    there = {name: value for one in _followed(earlier.before.standing) for name, value in one.items()}
    slots = {name: value for one in taken.requests for name, value in one.slots.items()}
    return [
        _slot(earlier, name, value) for name, value in slots.items() if there.get(name) == value and value not in here
    ]


def _followed(standing: Standing) -> Sequence[dict[str, str]]:
    return [dict(one.slots) for one in standing.requests]


def _slot(earlier: _Earlier, name: str, value: str) -> Brought:
    return Brought(Kept.SLOT, name, value, earlier.ticket, earlier.channel, earlier.at)


def _to_confirm(tx: Transaction, now: Understanding, earlier: Sequence[_Earlier], at: datetime) -> Sequence[Brought]:
    """Questions that wait for a yes there and are asked for here again. A yes to them counts where it is asked last."""
    wanted = {one.procedure for one in now.requests if one.procedure}
    tickets = {one.ticket: one.channel for one in earlier}
    return [
        Brought(Kept.CONFIRMATION, "", "", ticket, channel, one.asked_at)
        for ticket, channel in tickets.items()
        for one in tx.confirmations.open(ticket, at)
        if one.procedure in wanted
    ]


def _note_down(tx: Transaction, heard: Heard, there: str, at: datetime) -> None:
    """On both tickets, once."""
    known = tx.journal.of_ticket(heard.ticket, ["conversation.moved"])
    if any(one.body["message"] == heard.message for one in known):
        return
    tx.journal.append("conversation.moved", heard.ticket, {"message": heard.message, "from": there}, at)
    tx.journal.append("conversation.moved", there, {"message": heard.message, "to": heard.ticket}, at)
