"""Drafts of procedures from past tickets: first messages that mean nearly the same, with what agents answered."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from deskhand.domain.card_number import without_cards
from deskhand.domain.contact import Contact
from deskhand.domain.past_ticket import PastTicket
from deskhand.domain.ticket import Author, Ticket
from deskhand.ports.likeness import Likeness
from deskhand.procedures.draft import FEWEST, Seen, draft, draft_id
from deskhand.understanding.redact import for_others, known_of, mask
from deskhand.understanding.understand import readable

ALIKE = 0.6  # cosine to the most central message of a group
MOST_READ = 2_000  # tickets that are compared
MOST_DRAFTS = 12  # more at once nobody reads
MOST_EXAMPLES, MOST_ANSWERS = 8, 3
LONGEST = 240  # letters of an example


@dataclass(frozen=True)
class Drafted:
    """`texts` by the draft's id. `read`: how many tickets were compared; `alone`: how many of these are in no draft."""

    texts: Mapping[str, str]
    read: int
    alone: int


@dataclass(frozen=True)
class _Asked:
    ticket: str
    text: str
    answer: str


def draft_procedures(
    tickets: Iterable[PastTicket], likeness: Likeness, *, source: str, taken: Collection[str]
) -> Drafted:
    """Groups of at least `FEWEST` different messages, the largest first. `taken`: names that no draft may have."""
    asked = [one for ticket in tickets if (one := _asked(ticket.ticket))]
    texts: dict[str, str] = {}
    drafted = 0
    for group in likeness.groups([one.text for one in asked], ALIKE):
        members = [asked[place] for place in group]
        seen = _seen(members)
        if len(seen.examples) < FEWEST or len(texts) == MOST_DRAFTS:
            continue
        id = draft_id(seen.examples[0], {*taken, *texts})
        texts[id] = draft(id, seen, source)
        drafted += len(members)
    return Drafted(texts, len(asked), len(asked) - drafted)


def _asked(ticket: Ticket) -> _Asked | None:
    """How it began, and what an agent first said to that; None where nothing readable was written."""
    public = [one for one in ticket.messages if one.public]
    first = next((place for place, one in enumerate(public) if one.author is Author.CUSTOMER), None)
    if first is None or not (text := _nameless(ticket, public[first].text)):
        return None
    answers = (one.text for one in public[first:] if one.author is Author.AGENT)
    return _Asked(str(ticket.ref), text, _nameless(ticket, next(answers, "")))


def _nameless(ticket: Ticket, text: str) -> str:
    """Without secrets, contacts and the customer's name, on one line, cut between two words."""

    def masked(text: str) -> str:
        return without_cards(for_others(mask(text, (Contact.NAME,), known_of(ticket.requester)).text))

    line = " ".join(readable(text, masked).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rpartition(' ')[0] or line[:LONGEST]} …"


def _seen(members: Sequence[_Asked]) -> Seen:
    """Of two examples that differ in capitals alone, the more central one stands for both."""
    examples: dict[str, _Asked] = {}
    for one in members:
        examples.setdefault(one.text.casefold(), one)
    shown = list(examples.values())[:MOST_EXAMPLES]
    answers = {one.answer: one for one in reversed(members) if one.answer}
    said = list(reversed(answers.values()))[:MOST_ANSWERS]
    tickets = dict.fromkeys(one.ticket for one in (*shown, *said))
    return Seen(len(members), tuple(tickets), tuple(one.text for one in shown), tuple(one.answer for one in said))
