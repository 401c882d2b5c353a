"""Reads the ticket again, finds the message, and understands it. A webhook only woke us."""

from collections.abc import Iterable
from dataclasses import replace

from deskhand.domain.attachment import Attachment
from deskhand.domain.errors import UnknownTicket
from deskhand.domain.heard import Heard
from deskhand.domain.one_time_code import Attempt
from deskhand.domain.recap import Recap
from deskhand.domain.ref import Ref
from deskhand.domain.standing import Standing
from deskhand.domain.thread import Thread
from deskhand.domain.ticket import Author, Message, Ticket
from deskhand.domain.understanding import Understanding
from deskhand.understanding.loop import machine, questions, repeats
from deskhand.understanding.one_time import bare, without_codes
from deskhand.understanding.over_time import over_turns, still_open, trend
from deskhand.understanding.redact import Masker, known_of, redact
from deskhand.understanding.stated import Wrote, stated
from deskhand.understanding.step_up import go_on
from deskhand.understanding.take_up import confirmed, permits, take_up
from deskhand.understanding.thread import each_with_new_words, new_words, thread_before
from deskhand.understanding.understand import LONGEST, readable, understand
from deskhand.workflows.agents_seen import note_agents
from deskhand.workflows.calls import Calls
from deskhand.workflows.chat import Press, by_buttons
from deskhand.workflows.correct import corrected
from deskhand.workflows.desk import Desk
from deskhand.workflows.due import with_due_for_rules
from deskhand.workflows.overhear import overhear
from deskhand.workflows.present_code import present
from deskhand.workflows.restricted import UNREAD, restricted
from deskhand.workflows.watch_handoff import answered
from deskhand.workflows.who import writer

MANY = 12  # messages to look back for questions that led nowhere


def hear(desk: Desk, ticket: str, message: str) -> Heard:
    """The message in its context. `UnknownTicket` when it is not there any more."""
    began = desk.timer()
    ref = Ref.parse(ticket)
    read = desk.desks[ref.system].ticket(ref).value
    desk.about(read.requester.email, read.requester.phone)
    overhear(desk.store, read, desk.clock())
    note_agents(desk.store, read, desk.clock())
    answered(desk.store, read, desk.clock())
    said = _message(read, message)
    requester, own = writer(read, said), said.author is Author.CUSTOMER and said.public
    attempt = present(desk, ticket, message, new_words(read, said)) if own else None
    read = codes_taken_out(desk, read, attempt)
    said = _message(read, message)
    place = read.messages.index(said)
    before = [one.text[:LONGEST] for one in read.messages[:place] if one.public]
    mask = Masker((one.text for one in read.messages), desk.masks, known_of(read.requester), before)
    text = readable(new_words(read, said), mask)
    with desk.store.look() as tx:
        stood = [(id, one) for id, one in tx.results.standings(ticket, MANY) if id != message]
        person, press = by_buttons(tx, ticket, message)
        facts = corrected(tx, ticket)
    last = dict(stood).get(_before(read, said))
    thread = _in_circles(thread_before(read, said, mask), text, last, [one for _, one in stood])
    if attempt and attempt.waits:  # each try is like the one before: what ends them is their own limit
        thread = replace(thread, repeats=0, questions=0)
    unread = restricted(desk, ticket, message, requester)
    with desk.span("understand"):
        opinion = UNREAD if unread else understand(text, thread, desk.reader, Calls(desk, ticket, message))
    agreed = press.yes if press else desk.agreed(bare(text) if attempt else text, thread)
    opinion = replace(
        opinion,
        automatic=opinion.automatic or machine(read.requester.email),
        says_yes=agreed is True,
        says_no=opinion.says_no or agreed is False,
        wants_human=opinion.wants_human or person,
    )
    if unread:
        understanding = opinion
    elif attempt and attempt.waits:
        understanding = go_on(text, opinion, dict(stood).get(attempt.waits))
    else:
        understanding = _in_context(desk, ticket, text, opinion, thread, last, press)
    if not unread:
        understanding = over_turns(
            understanding, [one for _, one in stood], to_an_agent=_spoke_last(thread) is Author.AGENT
        )
    turns = sum(one.author is Author.CUSTOMER for one in read.messages[: place + 1])
    heard = Heard(
        ticket=ticket,
        message=message,
        channel=read.channel,
        requester=requester,
        attachments=told_of(said.attachments),
        text=text,
        understanding=understanding,
        turns=turns,
        took_ms=1000 * (desk.timer() - began),
        thread=thread,
        masked=mask.values,
        attempt=attempt,
        vouched=said.vouched,
        due_at=read.due_at,
        restricted=unread,
        recap=Recap(
            (*stated(_wrote(read, place)), *facts),
            still_open([one for _, one in stood]),
            trend(understanding, [one for _, one in stood]),
        ),
    )
    return with_due_for_rules(desk, heard)


def told_of(attachments: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """What hangs on a message, without what no log may hold: secrets in names, and addresses that open files."""
    return tuple(replace(one, name=redact(one.name), ref="") for one in attachments)


def _wrote(ticket: Ticket, place: int) -> list[Wrote]:
    """All up to this place, and the subject, where it says more than the first message."""
    found = wrote(ticket, 0, place + 1)
    first = found[0].text if found else ""
    subject = [] if ticket.subject.casefold() in first.casefold() else [readable(ticket.subject)]
    vouched = bool(found) and found[0].vouched
    return [*(Wrote(one, ticket.created_at, vouched) for one in subject), *found]


def wrote(ticket: Ticket, start: int, end: int) -> list[Wrote]:
    """What the customer wrote in the messages of these places; for people, so only what is never kept is masked."""
    own = {one.id for one in ticket.messages[start:end] if one.author is Author.CUSTOMER}
    return [
        Wrote(readable(text), one.sent_at, one.vouched) for one, text in each_with_new_words(ticket) if one.id in own
    ]


def codes_taken_out(desk: Desk, ticket: Ticket, attempt: Attempt | None) -> Ticket:
    """Without what may be a code in all that the customer wrote since the first one was sent on this ticket."""
    with desk.store.look() as tx:
        first = tx.identity.first(str(ticket.ref))
    if first is None and attempt is None:
        return ticket
    ids = [one.id for one in ticket.messages]
    since = ids.index(first.message) if first and first.message in ids else -1
    if first is None and attempt:
        since = ids.index(attempt.message) - 1
    return replace(
        ticket,
        messages=tuple(
            replace(one, text=without_codes(one.text)) if one.author is Author.CUSTOMER and place > since else one
            for place, one in enumerate(ticket.messages)
        ),
    )


def _message(ticket: Ticket, id: str) -> Message:
    for message in ticket.messages:
        if message.id == id:
            return message
    raise UnknownTicket(f"{ticket.ref} has no message {id}")


def _before(ticket: Ticket, message: Message) -> str:
    """The customer's message before this one, or "" when it is the first."""
    ids = [one.id for one in ticket.messages if one.author is Author.CUSTOMER]
    place = ids.index(message.id) if message.id in ids else 0
    return ids[place - 1] if place else ""


def _in_circles(thread: Thread, text: str, before: Standing | None, stood: list[Standing]) -> Thread:
    """The thread with what we asked last, and with how often the same was said."""
    asks = before.asks if before and _spoke_last(thread) is Author.ASSISTANT else ""
    return replace(thread, asked=asks, repeats=repeats(thread, text), questions=questions(stood))


def _spoke_last(thread: Thread) -> Author | None:
    """Whose the last words but the customer's are: what answers a colleague answers nothing of ours."""
    return next((one.author for one in reversed(thread.said) if one.author is not Author.CUSTOMER), None)


def _in_context(
    desk: Desk,
    ticket: str,
    text: str,
    now: Understanding,
    thread: Thread,
    before: Standing | None,
    press: Press | None,
) -> Understanding:
    """A yes or no to our question, an answer to it or a correction is about what was asked; one by a button about
    nothing else."""
    answers = _spoke_last(thread)
    if answers is Author.AGENT:
        return replace(now, corrects=False)
    if before and (now.says_yes or now.says_no):
        now = replace(now, language=before.language)  # "ja" to an English question makes no German conversation
    if not (now.says_yes or now.says_no or now.corrects):
        return take_up(text, now, before, desk.procedures)
    at = desk.clock()
    with desk.store.begin() as tx:
        asked = tx.confirmations.open(ticket, at)
        if press:
            asked = [one for one in asked if (one.key, one.digest) == (press.key, press.digest)]
        seen = answers is Author.ASSISTANT  # a yes that was sent before our question is none to it
        if now.says_yes and not now.wants_human and seen and len(asked) == 1 and permits(text, asked[0].action):
            tx.confirmations.confirm(asked[0].key, asked[0].digest, at)
            tx.journal.append("confirmation.given", ticket, {"key": asked[0].key, "digest": asked[0].digest}, at)
            return confirmed(now, asked[0].procedure, before)
        if (now.says_no or now.corrects) and asked:
            tx.confirmations.withdraw(ticket)
            tx.journal.append("confirmation.refused", ticket, {"keys": [one.key for one in asked]}, at)
    return take_up(text, now, before, desk.procedures)
