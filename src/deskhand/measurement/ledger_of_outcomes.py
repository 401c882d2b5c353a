"""The ledger of outcomes: every ticket and what is known of it, folded from the journal in one pass."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.outcomes import TicketFacts
from deskhand.measurement.stretch import DECIDED, TESTS, Stretch

# The journal's lines that tell of outcomes.
KINDS = frozenset(
    {
        "agent.answered",
        "conversation.followed_up",
        "conversation.moved",
        "handoff.answered",
        "message.considered",
        "message.ended",
        "message.received",
        "run.failed",
        "solved.said",
        "suggestion.settled",
        "ticket.closed",
        "ticket.given",
        "ticket.merged",
        "ticket.routed",
        "tickets.linked",
    }
)
WORDS = ("assign", "code", "letter", "note", "reply")


@dataclass(frozen=True)
class Contact:
    """A message of a customer, once we know what it is about. `unknown`: something in it fits no procedure."""

    at: datetime
    stretch: Stretch
    customer: str
    procedures: frozenset[str]
    objects: frozenset[str]
    unknown: bool
    thanks: bool

    def same_issue(self, closed: Stretch) -> bool:
        """In doubt it is the same. Thanks and a clearly different subject are not."""
        if self.thanks:
            return False
        if self.unknown or not self.procedures or not closed.procedures:
            return True
        return bool(self.procedures & closed.procedures or self.objects & closed.objects)


@dataclass
class Ledger:
    """Lines of one ticket are taken in the order of the journal; how those of several are mixed does not matter."""

    tickets: dict[str, list[Stretch]] = field(default_factory=dict)
    contacts: list[Contact] = field(default_factory=list)
    _objects: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _understood: dict[tuple[str, str], Hashable] = field(default_factory=dict)

    def take(self, line: JournalLine) -> None:
        body = line.body
        match line.kind:
            case "message.received":
                self._open(line).received(body["message"], line.at, body.get("channel", ""))
            case "message.ended":
                self._ended(line)
            case _ if last := self.last(line.ticket):
                self._told(last, line)
            case _:
                pass

    def last(self, ticket: str) -> Stretch | None:
        """The newest stretch of a conversation, real or not."""
        known = self.tickets.get(ticket)
        return known[-1] if known else None

    def every(self) -> Iterator[Stretch]:
        """All that are real, closed or open, those without an outcome of their own among them."""
        return (one for known in self.tickets.values() for one in known if one.real)

    def _open(self, line: JournalLine) -> Stretch:
        known = self.tickets.setdefault(line.ticket, [])
        if not known or known[-1].closed_at is not None:
            known.append(Stretch(line.ticket, len(known) + 1, line.at, real=not known))
        return known[-1]

    def _ended(self, line: JournalLine) -> None:
        message, body = str(line.body["message"]), line.body
        last = self.last(line.ticket)
        known = self.tickets.get(line.ticket, [])
        if any(message in one.came for one in known if one.closed_at):
            return  # told again of a ticket that has closed: what it was at closing stands
        if last is None or message not in last.came:
            last = self._open(line)
            last.received(message, line.at, "")
        customer = str(body.get("customer", ""))
        last.customers |= {customer} if customer else set()
        last.verified |= bool(body.get("verified")) and bool(customer)
        thanks = bool(body.get("thanks"))
        if thanks:
            last.thanked(message)
        else:
            last.real = True
            last.ended(message, line.at, body)
            last.objects |= self._objects.pop((line.ticket, message), set())
        if not body.get("automatic"):
            self._contact(line.at, last, message, customer, body["procedures"], bool(body.get("unknown")), thanks)
        if not last.real and not last.running:
            known.remove(last)

    def _contact(
        self,
        at: datetime,
        last: Stretch,
        message: str,
        customer: str,
        procedures: Iterable[str],
        unknown: bool,
        thanks: bool,
    ) -> None:
        """Once, when it was understood: that an agent decides on it later brings nobody back."""
        if last.channel in TESTS:
            return
        contact = Contact(at, last, customer, frozenset(procedures), frozenset(last.objects), unknown, thanks)
        place, told = (last.ticket, message), (customer, contact.procedures, contact.objects, unknown, thanks)
        if self._understood.get(place) != told:
            self._understood[place] = told
            self.contacts.append(contact)

    def _told(self, last: Stretch, line: JournalLine) -> None:
        body = line.body
        match line.kind:
            case "ticket.closed":
                if last.closed_at is None and last.real:
                    last.close(line.at, body["by"], waiting=bool(body.get("waiting")))
            case "solved.said":
                real = last if last.real else self.tickets[line.ticket][-2]
                real.solved(line.at, yes=body["solved"])
            case "conversation.followed_up":
                last.followed_up_at, last.followed_up_by = line.at, body["by"]
                last.spoke(line.at)
            case _ if last.closed_at is None:
                self._at_work(last, line)
            case _:
                pass

    def _at_work(self, last: Stretch, line: JournalLine) -> None:
        body = line.body
        match line.kind:
            case "message.considered":
                keys = [one["key"] for one in body.get("proposals", ()) if one["action"] not in WORDS]
                self._objects[line.ticket, str(body["message"])] |= {_object(key, line.ticket) for key in keys}
            case "agent.answered":
                sent = datetime.fromisoformat(body["sent_at"])
                if last.number == 1 or sent >= last.opened_at:
                    last.agent_wrote(sent, says_something=body["meaningful"])
            case "handoff.answered":
                last.with_people = False
                last.people_owe = last.people_owe and not body["by"]
            case "ticket.routed":
                last.real = last.people_came = last.people_owe = last.with_people = True
            case "ticket.given":
                last.real = True
                last.given(body["to"], body.get("by", ""))
            case "run.failed":
                last.real = last.people_came = last.people_owe = last.with_people = True
                self._failed(last, line)
            case "suggestion.settled":
                last.people_decided |= body["state"] in DECIDED
            case "tickets.linked":
                if body["of"] == line.ticket:
                    last.elsewhere.add(body["message"])
            case "ticket.merged":
                last.left = "merged"
            case "conversation.moved":
                last.left = "moved" if "to" in body else last.left
            case _:
                pass

    def _failed(self, last: Stretch, line: JournalLine) -> None:
        """Nobody will tell what these messages were about."""
        for message in [one for one in last.running if line.body["run"] == f"message/{line.ticket}/{one}"]:
            last.running.discard(message)
            self._contact(line.at, last, message, "", (), True, False)


@dataclass(frozen=True)
class Told:
    """A ticket with its facts. `wrote_at`: when the customer first wrote again within the window, on whatever;
    `back_at`: when they first wrote again after our follow-up."""

    stretch: Stretch
    facts: TicketFacts
    wrote_at: datetime | None
    back_at: datetime | None


def ledger(lines: Iterable[JournalLine], now: datetime | None = None) -> Ledger:
    """In one pass; lines after `now` are left out."""
    made = Ledger()
    for line in lines:
        if now is None or line.at <= now:
            made.take(line)
    return made


def tickets(made: Ledger, window: timedelta) -> Iterator[Told]:
    """Every ticket, open or closed; what is none (`Stretch.no_ticket`) is left out."""
    by_place: dict[str, list[Contact]] = defaultdict(list)
    for one in sorted(made.contacts, key=lambda contact: contact.at):
        by_place[one.stretch.ticket].append(one)
        if one.customer:
            by_place[one.customer].append(one)
    times = {place: [one.at for one in found] for place, found in by_place.items()}
    for stretch in made.every():
        if stretch.no_ticket:
            continue
        places = (stretch.ticket, *sorted(stretch.customers))
        closed = stretch.closed_at
        after = _between(places, by_place, times, closed, window)
        others = [one for one in after if one.stretch is not stretch]
        again = [one.at for one in others if one.same_issue(stretch)]
        again += [stretch.came_back_at] if stretch.came_back_at else []
        back = _between(places, by_place, times, stretch.followed_up_at, window)
        facts = TicketFacts(
            closed_at=closed,
            owed=stretch.owed,
            answered=stretch.answered,
            recognisable=stretch.verified,
            confirmed_at=stretch.said_solved,
            recontacted_at=min(again, default=None),
        )
        wrote = min((one.at for one in others), default=None)
        came = min((one.at for one in back if one.stretch is stretch or one.same_issue(stretch)), default=None)
        yield Told(stretch, facts, wrote, came)


def _between(
    places: Iterable[str],
    by_place: dict[str, list[Contact]],
    times: dict[str, list[datetime]],
    since: datetime | None,
    window: timedelta,
) -> list[Contact]:
    """The contacts at these places (a ticket, or a customer) from then on until the window ends."""
    if since is None:
        return []
    found: list[Contact] = []
    for place in places:
        known = times.get(place, [])
        found += by_place[place][bisect_left(known, since) : bisect_left(known, since + window)] if known else []
    return found


def _object(key: str, ticket: str) -> str:
    """What an effect is about: the charge of "refund/<ticket>/<charge>"."""
    return key.split(f"/{ticket}/", 1)[-1].split("/")[0]
