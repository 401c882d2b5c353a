"""A customer is asked once, after a ticket has closed, how satisfied they are: the same words whoever handled it."""

from datetime import datetime, timedelta
from enum import StrEnum

from deskhand.domain.errors import ConnectorError
from deskhand.domain.ref import Ref
from deskhand.domain.survey import key_of, name_of
from deskhand.domain.survey_phrases import survey_phrases_in
from deskhand.domain.ticket import Author
from deskhand.execution.results import Done, Paused, Unsure
from deskhand.measurement.csat import ASKED, BUTTONS, GIVEN
from deskhand.measurement.ledger_of_outcomes import KINDS, ledger
from deskhand.measurement.stretch import Stretch
from deskhand.ports.store import Transaction
from deskhand.proactive.timing import quiet_until
from deskhand.workflows.desk import Desk
from deskhand.workflows.dress import dress

AGAIN = timedelta(minutes=10)
PATIENCE = timedelta(days=3)  # from closing on; later nobody is asked


class Asked(StrEnum):
    """NOT: there is nothing to ask, nobody to ask, or no way to; SENT: it went out, now or before."""

    NOT = "not"
    SENT = "sent"


def ask_rating(desk: Desk, ticket: str) -> Asked | datetime:
    """Of the newest stretch of this conversation; or the time before which it is not to be tried. Never at night, never
    who opted out, never where the assistant only reads, and once: its key is in the ledger for good."""
    if not desk.survey.ask or not desk.survey.link("x"):
        return Asked.NOT
    now = desk.clock()
    with desk.store.begin() as tx:
        last = ledger(tx.journal.of_ticket(ticket, KINDS)).last(ticket)
        if last is None or not _may(tx, last, now):
            return Asked.NOT
        effect = tx.ledger.effect(key_of(ticket, last.number))
        if effect is not None and not effect.state.open:
            return Asked.SENT
        stood = tx.results.standings(ticket, 1)
    if until := quiet_until(desk.closing.night, desk.closing.zone, now):
        return until
    return _ask(desk, last, stood[0][1].language if stood else desk.voice.languages[0])


def _may(tx: Transaction, last: Stretch, now: datetime) -> bool:
    if last.closed_at is None or not last.real or last.no_ticket or now - last.closed_at > PATIENCE:
        return False
    if last.channel in BUTTONS or not (last.answered or last.people_came):
        return False
    if last.customers and tx.contacts.opted_out(sorted(last.customers)):
        return False
    if tx.confirmations.open(last.ticket, now):
        return False  # a yes to this letter must never be one to what we asked before
    ended = tx.journal.of_ticket(last.ticket, ["message.ended"])
    if any(one.body["stage"] == "read-only" for one in ended if one.body["message"] in last.came):
        return False
    told = tx.journal.of_ticket(last.ticket, [ASKED, GIVEN])
    return all(one.body.get("stretch") != last.number for one in told)


def _ask(desk: Desk, last: Stretch, language: str) -> Asked | datetime:
    """A customer who has written again meanwhile has a ticket that is open, and is not asked about the one before."""
    ref, now = Ref.parse(last.ticket), desk.clock()
    try:
        read = desk.desks[ref.system].ticket(ref).value if ref.system in desk.desks else None
    except ConnectorError:
        return now + AGAIN
    if read is None or not read.messages:
        return Asked.NOT
    public = [one for one in read.messages if one.public]
    if not public or (public[-1].author is Author.CUSTOMER and public[-1].id not in last.came):
        return Asked.NOT
    link = desk.survey.link(name_of(last.ticket, last.number))
    body = survey_phrases_in(language).ask.format(link=link)

    def then(tx: Transaction) -> None:
        before = tx.journal.of_ticket(last.ticket, [ASKED])
        if all(one.body["stretch"] != last.number for one in before):
            line: dict[str, object] = {"stretch": last.number, "by": read.channel, "language": language}
            tx.journal.append(ASKED, last.ticket, line, desk.clock())

    said = desk.executor.say(
        ref,
        dress(body, read.requester.name, desk.voice, language),
        public=True,
        key=key_of(last.ticket, last.number),
        customer=min(last.customers, default=""),
        freeze=False,  # of tickets that people handled as of others
        then=then,
        language=language,
    )
    if isinstance(said, Done):
        return Asked.SENT
    return now + AGAIN if isinstance(said, Paused | Unsure) else Asked.NOT
