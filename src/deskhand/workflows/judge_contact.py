"""Would this customer be written to now, in which words, and if not, why? Nothing is changed here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskhand.context.addressed import Nobody, addressed, agreed, refs_of, zone_of
from deskhand.domain.action import Action
from deskhand.domain.case import Case
from deskhand.domain.customer import Customer, Matched, Strength
from deskhand.domain.errors import ConnectorError, Missing
from deskhand.domain.finding import Value
from deskhand.domain.outreach import CHANNEL, CONTACT, Contact, ContactState, key_of
from deskhand.domain.phrases import phrases_in
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.domain.ticket import Status
from deskhand.domain.verdict import Deny
from deskhand.planning.places import addresses, leads_to
from deskhand.ports.store import Transaction
from deskhand.proactive.rule import Rule
from deskhand.proactive.slots import filled, places
from deskhand.proactive.timing import held_out, quiet_until
from deskhand.procedures.spoken import UNFILTERED
from deskhand.workflows.dress import dress
from deskhand.workflows.notice import Round
from deskhand.workflows.unapproved import lowered_by_control

DAY = timedelta(days=1)
RECENT = timedelta(days=30)
MOST = 20  # tickets of one customer that are looked at
SILENT = {Status.SOLVED, Status.CLOSED}
OBJECTED = "they objected to an assistant: people write to them"
NO_LINK = "[the address where such messages are stopped]"


@dataclass(frozen=True)
class Ready:
    """They would be written to now: this action, in this case. `refs` are all records of the customer."""

    action: Action
    case: Case
    customer: Customer
    refs: tuple[str, ...]
    facts: Mapping[str, Value]
    language: str


@dataclass(frozen=True)
class Not:
    """They would not, and `why`. OPEN: not now; at `until`, when that is known. `ticket` is theirs, for NOTED."""

    state: ContactState
    why: str
    until: datetime | None = None
    ticket: str = ""


@dataclass(frozen=True)
class Planned:
    """What else would be sent in the same breath: for a preview, which sends nothing that could be counted."""

    customers: tuple[str, ...] = ()


ALONE = Planned()


def judged(round: Round, rule: Rule, contact: Contact, planned: Planned = ALONE) -> Ready | Not:
    """Everything is read anew. A system that does not answer is a reason to wait, never one to go on."""
    try:
        return _judged(round, rule, contact, planned)
    except ConnectorError as error:
        return _wait(f"not known yet: {error}")


def standing_against(
    round: Round, rule: Rule, contact: Contact, refs: tuple[str, ...], tx: Transaction, planned: Planned = ALONE
) -> Not | None:
    """What our own memory has against it, in the transaction that would reserve it."""
    now = round.desk.clock()
    row = tx.contacts.get(contact.key)
    if row and row.state not in (ContactState.OPEN, ContactState.SUGGESTED):
        return Not(row.state, f"it is {row.state} already")
    if any(tx.ledger.effect(key_of(rule.family, ref, contact.event)) for ref in refs if ref != contact.customer):
        return Not(ContactState.LAPSED, "they were written to about this already, under another of their records")
    if gone := tx.contacts.opted_out(refs):
        return _wait(f"they want no such messages since {gone.at:%Y-%m-%d}")
    if tx.restrictions.on(refs):
        return _wait(OBJECTED)
    return _capped(rule, contact, refs, tx, now, planned)


def refusal(against: Not) -> Deny:
    """For the executor."""
    return Deny("proactive", against.why)


def _judged(round: Round, rule: Rule, contact: Contact, planned: Planned) -> Ready | Not:
    desk, now = round.desk, round.desk.clock()
    if now - contact.at > rule.within:
        return Not(ContactState.LAPSED, f"too late: {contact.why or 'it could not be sent in time'}")
    event = round.again(rule, contact)
    if event is None:
        return Not(ContactState.LAPSED, "it is no longer so")
    who = addressed(desk.customers, customer=contact.customer)
    if isinstance(who, Nobody):
        return _wait(who.why)
    facts = _facts(rule, contact, event.facts, who)
    scope = rule.language.scope({name: value for name, value in facts.items() if name in rule.types})
    for one in rule.when:
        if (holds := one.holds(scope)) is not True:
            return _wait(f"not so: {one.source}" if holds is False else f"cannot be told: {one.source}")
    refs = refs_of(who)
    with desk.store.begin() as tx:
        if gone := tx.contacts.opted_out(refs):
            return _wait(f"they want no such messages since {gone.at:%Y-%m-%d}")
        if tx.restrictions.on((*refs, who.email)):
            return _wait(OBJECTED)
    if not rule.service and (said := agreed(rule.consent, who, desk.look_ups)) is not True:
        return _wait("they did not agree to such messages" if said is False else "no consent is known")
    if ticket := _open_ticket(round, rule, refs):
        return Not(ContactState.NOTED, "they have an open ticket about it", ticket=ticket)
    if held_out(rule.family, contact.customer, rule.holdout):
        return Not(ContactState.HELD_OUT, f"held out to measure by ({rule.holdout:.1%})")
    with desk.store.begin() as tx:
        if against := standing_against(round, rule, contact, refs, tx, planned):
            return against
    if rule.quiet:
        until = quiet_until(rule.quiet, zone_of(rule, who, desk.look_ups, round.outreach.zone), now)
        if until:
            return _wait(f"quiet hours until {until:%Y-%m-%d %H:%M} UTC", until)
    return _drafted(round, rule, contact, who, facts)


def _facts(rule: Rule, contact: Contact, now: Mapping[str, Value], who: Customer) -> dict[str, Value]:
    common: dict[str, Value] = {"event.at": contact.at, "customer.tier": who.tier}
    return {**now, **common, **({"customer.name": who.name} if who.name else {})}


def _capped(
    rule: Rule, contact: Contact, refs: tuple[str, ...], tx: Transaction, now: datetime, planned: Planned
) -> Not | None:
    """In the same transaction that reserves, so that two workers together send no more than one may."""
    caps = rule.caps
    own = tx.contacts.sent(refs, now - timedelta(days=caps.days), contact.key) + planned.customers.count(refs[0])
    if own >= caps.per_customer:
        return _wait(f"{own} of our messages in {caps.days} days, and {caps.per_customer} is the most")
    every = tx.contacts.sent(None, now - DAY, contact.key) + len(planned.customers)
    if every >= caps.desk_per_day:
        return _wait(f"{every} messages of this desk in a day, and {caps.desk_per_day} is the most")
    return None


def _open_ticket(round: Round, rule: Rule, refs: tuple[str, ...]) -> str:
    """A ticket of theirs about the same matter that the help desk still calls open; "" when there is none."""
    desk, now = round.desk, round.desk.clock()
    with desk.store.begin() as tx:
        told = [one for ref in refs for one in tx.results.former(ref, but="", since=now - RECENT, tickets=MOST)]
    for name in dict.fromkeys(
        ticket for ticket, _, _, one in told if {request.procedure for request in one.requests} & set(rule.about)
    ):
        ref = Ref.parse(name)
        reader = desk.desks.get(ref.system)
        try:
            if reader and reader.ticket(ref).value.status not in SILENT:
                return name
        except Missing:
            continue
    return ""


def _drafted(round: Round, rule: Rule, contact: Contact, who: Customer, facts: Mapping[str, Value]) -> Ready | Not:
    desk = round.desk
    stage = lowered_by_control(desk.control, round.outreach.stage(rule.family), desk.store)
    subject, body = (filled(text, facts, _said) for text in (rule.subject, rule.text))
    if subject is None or body is None:
        return _wait("a fact that the message names is not known")
    if foreign := _foreign(round, rule, facts):
        return _wait(f"a fact holds an address that is none of ours: {foreign}")
    link = round.outreach.link(contact.customer)
    if not link and stage is not Stage.READ_ONLY:
        return _wait("[receipts] address is not set in desk.toml, so no message could say how to stop them")
    language = rule.spoken or desk.voice.languages[0]
    stop = phrases_in(language).stop.format(link=link or NO_LINK)
    text = f"{desk.notice.on_letter(dress(body, who.name, desk.voice, language), language)}\n\n{stop}"
    args = {
        "family": str(rule.family),
        "customer": contact.customer,
        "event": contact.event,
        "channel": rule.channel,
        "email": who.email,
        "subject": subject[:150],
        "text": text,
    }
    case = Case(contact.place, CHANNEL, Matched(who, Strength.ATTESTED, "record"), stage, desk.clock())
    return Ready(Action(CONTACT, args), case, who, refs_of(who), facts, language)


def _said(value: Value) -> str:
    return " ".join(UNFILTERED[list[str] if isinstance(value, list) else type(value)](value).split())


def _foreign(round: Round, rule: Rule, facts: Mapping[str, Value]) -> str:
    """A link from a field of a system leads only to hosts that the desk names."""
    named = [facts[name] for name in ("customer.name", *places(rule.subject), *places(rule.text)) if name in facts]
    found = [claim.text for value in named if isinstance(value, str) for claim in addresses(value)]
    return next((one for one in found if not leads_to(one, round.desk.voice.hosts)), "")


def _wait(why: str, until: datetime | None = None) -> Not:
    return Not(ContactState.OPEN, why, until)
