"""The ledger of outcomes: every ticket and what is known of it, folded from the journal in one pass."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.outcomes import TicketFacts
from deskhand.measurement.returns import Contact, Places
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
        subjects = (frozenset(procedures), frozenset(last.objects))
        contact = Contact(last.ticket, last.number, at, customer, *subjects, unknown, thanks)
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
    places = Places(made.contacts)
    for stretch in made.every():
        if stretch.no_ticket:
            continue
        again = places.returns(stretch, window)
        facts = TicketFacts(
            closed_at=stretch.closed_at,
            owed=stretch.owed,
            answered=stretch.answered,
            recognisable=stretch.verified,
            confirmed_at=stretch.said_solved,
            recontacted_at=again.recontacted_at,
        )
        yield Told(stretch, facts, again.wrote_at, again.back_at)


def _object(key: str, ticket: str) -> str:
    """What an effect is about: the charge of "refund/<ticket>/<charge>"."""
    return key.split(f"/{ticket}/", 1)[-1].split("/")[0]
