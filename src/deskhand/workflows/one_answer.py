"""Two channels at once do not get two answers: one message of a matter gets the full one, the others a short word."""

from dataclasses import replace
from datetime import datetime, timedelta

from deskhand.domain.errors import ConnectorError
from deskhand.domain.heard import Heard
from deskhand.domain.matter import Claim, Matter, covers, matter_of
from deskhand.domain.moved import Elsewhere
from deskhand.domain.moving_phrases import channel_in_words, moving_phrases_in
from deskhand.domain.outcome import RunOutcome, RunResult
from deskhand.domain.pause import scopes
from deskhand.domain.ref import Ref
from deskhand.domain.resolution import End, GiveUp, Resolution
from deskhand.domain.stage import Stage
from deskhand.domain.verdict import people_wanted
from deskhand.execution.results import Done, Frozen, Result
from deskhand.ports.store import Transaction
from deskhand.understanding.move import refers_back
from deskhand.understanding.redact import unmask
from deskhand.workflows.consider import Considered, Way
from deskhand.workflows.desk import Desk
from deskhand.workflows.dress import dress
from deskhand.workflows.hand_off import give_up, hand_off
from deskhand.workflows.merge import may_merge, merge_after, proposed_merge
from deskhand.workflows.overtaken import overtaken
from deskhand.workflows.record import Ending, ended, keep_silent
from deskhand.workflows.suggest import suggest
from deskhand.workflows.take_along import TICKETS, WITHIN, moment
from deskhand.workflows.take_over import ASSISTANT

# Longer than any answer takes, and than people wait before they try another channel; who asks again after that has not
# seen the answer, or wants to know something else by now.
AT_ONCE = timedelta(minutes=10)
OPERATORS = ("ask", "bench", "model-check")  # whoever asks twice there wants to be answered twice


def elsewhere(desk: Desk, heard: Heard, considered: Considered) -> Elsewhere | None:
    """The other ticket that this matter is seen to on. None: it is this message's own from now on.

    Looked for and claimed in one transaction, so of two workers at once only one gets it. Asked again about the same
    message it tells the same. Whoever asks for a person, is not beyond doubt the customer, or has to prove first who
    they are is never sent elsewhere. Where agents approve, a matter that waits for them on another ticket is there.
    """
    matter, now = matter_of(heard.understanding), desk.clock()
    if not _may_be_linked(heard, considered):
        return None
    with desk.store.begin() as tx:
        if known := _linked_before(tx, heard):
            return known
        if tx.pauses.on(scopes([], [], heard.ticket, considered.customer)):
            return None  # then nothing may be said, and it waits for people as ever
        found = _with_people(tx, heard, considered, matter, now)
        if found is None and matter is not None:
            found = _claimed(tx, heard, considered, matter, now) or _waiting(tx, heard, considered, matter, now)
        if found is not None:
            _note_down(tx, heard, found, now)
        elif matter is not None:
            tx.matters.forget(now - AT_ONCE)
            tx.matters.claim(_own(heard, considered, matter, now))
        return found


def point(desk: Desk, heard: Heard, considered: Considered, there: Elsewhere) -> RunResult:
    """Say where it is seen to, in place of an answer; where agents approve, suggest it. What people have gets this
    message as a note, once. A ticket that got nothing but this letter is merged into the other, if policy lets it."""
    if considered.stage is not Stage.AUTONOMOUS:
        return desk.step(suggest_there, desk, heard, considered, there)
    for wait in (*desk.patience.rounds, None):
        told = desk.step(say_where, desk, heard, considered, there)
        if told is not None or wait is None:
            break
        desk.pause(wait)
    if told is not None:
        if told.outcome is RunOutcome.ANSWERED and may_merge(heard, there.ticket):
            desk.step(merge_after, desk, heard, considered.stage, there.ticket, None)
        return told
    reason = GiveUp("failure", f"this belongs to {there.ticket}, and the customer could not be told")
    return hand_off(desk, heard, desk.step(give_up, desk, heard, considered, reason))


def say_where(desk: Desk, heard: Heard, considered: Considered, there: Elsewhere) -> RunResult | None:
    """None when it could not be said now."""
    began = desk.timer()
    blank = replace(considered, resolution=None, handoff=None, proposals=(), roles=(), says="")
    if there.people and not isinstance(_note(desk, heard, considered, there), Done):
        return None
    if there.told:
        return ended(desk, heard, blank, RunOutcome.HANDED_OFF, "", 1000 * (desk.timer() - began))
    try:
        if overtaken(desk, heard):
            return keep_silent(desk, heard, blank)
    except ConnectorError:
        return None
    text = _letter(desk, heard, there)
    outcome = RunOutcome.HANDED_OFF if there.people else RunOutcome.ANSWERED
    ending = Ending(desk, heard, blank, outcome, text, {}, began)
    key = f"reply/{heard.ticket}/{heard.message}"
    ticket, customer = Ref.parse(heard.ticket), considered.customer
    language = heard.understanding.language
    said = desk.executor.say(
        ticket, text, public=True, key=key, customer=customer, then=ending.write, language=language
    )
    if isinstance(said, Frozen):
        return keep_silent(desk, heard, blank)
    return ending.result if isinstance(said, Done) else None


def suggest_there(desk: Desk, heard: Heard, considered: Considered, there: Elsewhere) -> RunResult:
    """For an agent: the short letter, and the merge with it, in place of a second full answer. What people have already
    is theirs to answer, and what is only looked at sends nothing: there the full one stays, and says so."""
    assert considered.resolution is not None
    where = _where(desk, there)
    if there.people or considered.stage is Stage.READ_ONLY:
        told = replace(considered.resolution, elsewhere=where)
        return suggest(desk, heard, replace(considered, resolution=told), where)
    merge = proposed_merge(desk, heard, considered.stage, there.ticket)
    proposals = (merge,) if merge else ()
    short = Resolution(
        _letter(desk, heard, there),
        End.ANSWERED,
        proposals,
        citations=(),
        facts=(),
        procedures=(),
        trace=(where,),
        policy=considered.resolution.policy,
        elsewhere=where,
    )
    roles = people_wanted([one.verdict for one in proposals])
    return suggest(desk, heard, replace(considered, resolution=short, proposals=proposals, roles=roles), where)


def _letter(desk: Desk, heard: Heard, there: Elsewhere) -> str:
    language = heard.understanding.language
    phrases = moving_phrases_in(language)
    words = phrases.with_people if there.people else phrases.answered_there
    return dress(words.format(channel=channel_in_words(there.channel), at=moment(there.at)), "", desk.voice, language)


def _where(desk: Desk, there: Elsewhere) -> str:
    """For agents, with how it stands there now."""
    with desk.store.begin() as tx:
        owner, waits = tx.tickets.owner(there.ticket), tx.suggestions.pending(there.ticket)
    state = "a suggestion waits there" if waits else "it is with the assistant"
    if owner != ASSISTANT:
        state = f"{owner} has it"
    return f"This matter is on {there.ticket} since {moment(there.at)} ({there.channel}): {state}."


def _note(desk: Desk, heard: Heard, considered: Considered, there: Elsewhere) -> Result:
    """The customer's new words, for the people who have the other ticket."""
    text = f"The customer wrote again about this, on {heard.ticket} ({heard.channel}):\n\n" + unmask(
        heard.text, heard.masked
    )
    key = f"note/{there.ticket}/{heard.ticket}/{heard.message}"
    other, customer = Ref.parse(there.ticket), considered.customer
    return desk.executor.say(other, text, public=False, key=key, customer=customer, freeze=False)


def _own(heard: Heard, considered: Considered, matter: Matter, now: datetime) -> Claim:
    customer, queue = considered.customer, _queue(considered)
    return Claim(customer, heard.ticket, heard.message, heard.channel, matter, queue, now)


def _queue(considered: Considered) -> str:
    return considered.handoff.queue if considered.handoff else ""


def _may_be_linked(heard: Heard, considered: Considered) -> bool:
    if not considered.verified or considered.way is Way.SILENCE:
        return False
    if considered.stage is not Stage.AUTONOMOUS and considered.way is Way.HAND_OFF:
        return False  # people get it in any case
    if heard.understanding.wants_human or heard.attempt or heard.channel in OPERATORS:
        return False
    return considered.resolution is None or considered.resolution.step_up is None


def _linked_before(tx: Transaction, heard: Heard) -> Elsewhere | None:
    """What was found for this very message."""
    for line in tx.journal.of_ticket(heard.ticket, ["tickets.linked"]):
        if line.body["message"] == heard.message and line.body["of"] == heard.ticket:
            people, told = line.body["people"], line.body["told"]
            return Elsewhere(
                line.body["to"], line.body["channel"], datetime.fromisoformat(line.body["at"]), people, told
            )
    return None


def _with_people(
    tx: Transaction, heard: Heard, considered: Considered, matter: Matter | None, now: datetime
) -> Elsewhere | None:
    """A ticket of the last week that was given to people with this matter, and is theirs still. What needs people in
    another queue goes there."""
    rows = tx.results.former(considered.customer, but=heard.ticket, since=now - WITHIN, tickets=TICKETS)
    for place, (ticket, at, result, standing) in enumerate(rows):
        if result.handoff is None or tx.tickets.owner(ticket) == ASSISTANT:
            continue
        if _queue(considered) not in ("", result.handoff.queue):
            continue
        asked = matter_of(replace(heard.understanding, requests=standing.requests))
        same = matter is not None and asked is not None and covers(asked, matter)
        if same or (place == 0 and _asks_on(heard, considered, asked)):
            return Elsewhere(ticket, tx.tickets.channel(ticket), at, people=True, told=_told(tx, heard.ticket, ticket))
    return None


def _asks_on(heard: Heard, considered: Considered, former: Matter | None) -> bool:
    """Whether they only speak of what they wrote last: there is nothing in it that can be answered by itself."""
    wanted = {one.procedure for one in heard.understanding.requests if one.procedure}
    same = bool(wanted) and former is not None and wanted <= set(former.procedures)
    made = considered.resolution
    return refers_back(heard.text) and (same or made is None or made.end is End.ASKED)


def _told(tx: Transaction, ticket: str, there: str) -> bool:
    """Whether the customer knows from this ticket already that people have the other one."""
    lines = tx.journal.of_ticket(ticket, ["tickets.linked"])
    return any(one.body["to"] == there and one.body["people"] for one in lines)


def _claimed(tx: Transaction, heard: Heard, considered: Considered, matter: Matter, now: datetime) -> Elsewhere | None:
    """A message on another ticket that asked all this, at the same time or just before. What needs people goes to
    them, unless the other one went to the same."""
    for one in tx.matters.claimed(considered.customer, now - AT_ONCE):
        if one.ticket != heard.ticket and covers(one.matter, matter) and _queue(considered) in ("", one.queue):
            return Elsewhere(one.ticket, one.channel, one.at, people=False, told=False)
    return None


def _waiting(tx: Transaction, heard: Heard, considered: Considered, matter: Matter, now: datetime) -> Elsewhere | None:
    """A suggestion for all this that waits for an agent on another ticket, however long: two of them, both approved,
    would be two answers."""
    if considered.stage is Stage.AUTONOMOUS:
        return None
    rows = tx.results.former(considered.customer, but=heard.ticket, since=now - WITHIN, tickets=TICKETS)
    for ticket in dict.fromkeys(ticket for ticket, *_ in rows):
        for one in tx.suggestions.pending(ticket):
            asked = matter_of(one.heard.understanding)
            if asked is not None and covers(asked, matter) and not one.resolution.elsewhere:
                return Elsewhere(ticket, one.heard.channel, one.created_at, people=False, told=False)
    return None


def _note_down(tx: Transaction, heard: Heard, there: Elsewhere, now: datetime) -> None:
    """On both tickets, so that both show it."""
    told: dict[str, object] = {"message": heard.message, "of": heard.ticket, "to": there.ticket}
    told |= {"channel": there.channel, "at": there.at.isoformat(), "people": there.people, "told": there.told}
    for ticket in (heard.ticket, there.ticket):
        tx.journal.append("tickets.linked", ticket, told, now)
