"""Finds the events that rules are about, and files each once for each family and customer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from deskhand.context.addressed import Nobody, addressed, refs_of
from deskhand.context.noticing import billing, records, renewals
from deskhand.domain.errors import ConnectorError, Invalid, Missing
from deskhand.domain.finding import Finding
from deskhand.domain.outreach import Contact, Noticed, key_of
from deskhand.domain.ref import Ref
from deskhand.ports.store import Transaction
from deskhand.proactive.events import Source
from deskhand.proactive.rule import Rule
from deskhand.workflows.desk import Desk
from deskhand.workflows.outreach import Outreach

CURSOR = "proactive:billing"


@dataclass
class Round:
    """One look at everything. A question of the company's database is asked once in it; `problems` are told."""

    desk: Desk
    outreach: Outreach
    problems: list[str] = field(default_factory=list)
    _asked: dict[str, Finding] = field(default_factory=dict)

    def asked(self, question: str) -> Finding:
        if question not in self._asked:
            assert self.outreach.ask is not None, "a rule names a question that the desk has not"
            self._asked[question] = self.outreach.ask(question)
            if self._asked[question].more:
                self.problems.append(f"[records.events.{question}] has more rows than `rows`: the rest was not seen")
        return self._asked[question]

    def scanned(self, rule: Rule) -> Iterator[Noticed]:
        """What is so now, of a rule that is not told by billing's events."""
        now = self.desk.clock()
        if rule.question:
            yield from records.noticed(rule, self.asked(rule.question), now)
        elif rule.event.source is Source.MEMORY:
            yield from renewals.noticed(self.desk.store, self.desk.billing, rule.window, now)

    def unread(self) -> Iterator[tuple[int, Rule | None, Noticed | None]]:
        """What billing told since the last time, each line with the number it has, read again at its source for every
        rule that is about such lines; once without a rule where none is."""
        with self.desk.store.begin() as tx:
            after = int(tx.history.cursor(CURSOR) or 0)
        now = self.desk.clock()
        for line in self.outreach.billing_lines(after):
            yield line.seq, None, None
            for rule in self.outreach.rules:
                if line.body["kind"] in rule.event.billing and now - line.at <= rule.within:
                    yield line.seq, rule, self._read(rule, str(line.body["about"]))

    def _read(self, rule: Rule, about: str) -> Noticed | None:
        """What cannot be read is told, and keeps nothing else back."""
        try:
            return billing.noticed(rule.on, Ref.parse(about), self.desk.billing)
        except (Missing, Invalid) as error:
            self.problems.append(f"{rule.id}: {about} cannot be read: {error}")
            return None

    def again(self, rule: Rule, contact: Contact) -> Noticed | None:
        """The same event as it is now; None when it is not so any more. Raises when its source does not answer."""
        now = self.desk.clock()
        if rule.event.billing:
            try:
                return billing.noticed(
                    rule.on, Ref(self.desk.billing.system, "charge", contact.event), self.desk.billing
                )
            except Missing:
                return None
        if rule.question:
            found = self.asked(rule.question)
            still = (one for one in records.noticed(rule, found, now) if one.origin == contact.origin)
            same = next(still, None)
            return _unchanged(contact) if same is None and found.more else same
        if rule.event.source is Source.MEMORY:
            ref = Ref.parse(contact.customer)
            every = renewals.of(ref, self.desk.store, self.desk.billing, rule.window, now)
            return next((one for one in every if one.id == contact.event), None)
        return _unchanged(contact)


def notice(round: Round) -> int:
    """File what is new; how many. A source that does not answer is told in `problems`, and read at the next round."""
    filed = 0
    try:
        filed += _billing(round)
    except ConnectorError as error:
        round.problems.append(f"billing's events were not read to the end: {error}")
    for rule in round.outreach.rules:
        try:
            filed += sum(_file(round, rule, one) for one in round.scanned(rule))
        except ConnectorError as error:
            round.problems.append(f"{rule.id}: {error}")
    return filed


def report_incident(
    round: Round, name: str, note: str, emails: list[str], tell: Callable[[str], None] = lambda text: None
) -> int:
    """A person says whom an incident affects; how many were filed. Said again, nothing is filed twice."""
    filed, now = 0, round.desk.clock()
    for rule in round.outreach.rules:
        if rule.event.by_hand and not rule.question:
            for email in emails:
                facts = {"incident.name": name, "incident.note": note}
                one = Noticed(rule.on, name, now, facts, email=email)
                before = len(round.problems)
                filed += _file(round, rule, one)
                for problem in round.problems[before:]:
                    tell(f"{email}: {problem}")
    return filed


def identified(round: Round, rule: Rule, one: Noticed) -> Contact | str:
    """The contact that this event makes, or why it makes none. Raises while a system does not answer."""
    who = addressed(round.desk.customers, customer=one.customer, email=one.email)
    if isinstance(who, Nobody):
        return who.why
    customer = str(who.ref)
    with round.desk.store.begin() as tx:
        for other in refs_of(who)[1:]:  # the same person under another record, before the two were joined
            if tx.contacts.get(key_of(rule.family, other, one.id)):
                return "they are looked after already, under another of their records"
    return Contact(
        key=key_of(rule.family, customer, one.id),
        family=str(rule.family),
        kind=one.kind,
        event=one.id,
        origin=one.origin,
        customer=customer,
        at=one.at,
        facts=one.facts,
        noticed_at=round.desk.clock(),
    )


def _billing(round: Round) -> int:
    """The cursor moves behind the last line that was read whole; what is read again after a crash is filed already."""
    filed, whole, current = 0, 0, 0
    try:
        for seq, rule, one in round.unread():
            if seq != current:
                whole, current = current, seq
            if rule and one:
                filed += _file(round, rule, one)
        whole = current
    finally:
        if whole:
            with round.desk.store.begin() as tx:
                tx.history.move(CURSOR, str(whole))
    return filed


def _file(round: Round, rule: Rule, one: Noticed) -> bool:
    with round.desk.store.begin() as tx:
        if tx.contacts.known(rule.family, one.origin):
            return False
    if round.desk.clock() - one.at > rule.within:
        return False
    made = identified(round, rule, one)
    if isinstance(made, str):
        round.problems.append(f"{rule.id}, event {one.id}: {made}")
        return False
    with round.desk.store.begin() as tx:
        if not tx.contacts.file(made):
            return False
        _told(tx, rule, made, round.desk.clock())
    return True


def _told(tx: Transaction, rule: Rule, made: Contact, now: datetime) -> None:
    body = {
        "rule": str(rule.id),
        "family": made.family,
        "event": made.kind,
        "id": made.event,
        "customer": made.customer,
    }
    tx.journal.append("proactive.noticed", made.place, body, now)


def _unchanged(contact: Contact) -> Noticed:
    return Noticed(contact.kind, contact.event, contact.at, contact.facts, contact.customer)
