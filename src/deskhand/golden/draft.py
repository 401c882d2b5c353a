"""A draft of a golden ticket from a past one: its words without what is personal, and what became of it."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deskhand.domain.card_number import without_cards
from deskhand.domain.contact import Contact
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.ticket import Author, Ticket
from deskhand.understanding.redact import PLACE, Masker, known_of

NO_NAME = re.compile(r"[^a-z0-9]+")
# What stands in place of a customer's own; numbered, so that two stay two.
EXAMPLES: Mapping[str, str] = {
    Contact.EMAIL: "someone{n}@example.com",
    Contact.PHONE: "+1 555 01{n:02}",
    Contact.IP: "192.0.2.{n}",
    Contact.NAME: "Robin{n}",
}


@dataclass(frozen=True)
class Names:
    """What the desk of today knows: a draft names nothing else."""

    procedures: Collection[str]
    actions: Collection[str]
    articles: Collection[str]
    queues: Collection[str]


def draft_id(ticket: str) -> str:
    """The name of its file: "zendesk:ticket:7" gives "past-zendesk-ticket-7"."""
    return "past-" + NO_NAME.sub("-", ticket.lower()).strip("-")


def draft(ticket: Ticket, ref: str, lines: Sequence[JournalLine], names: Names, situation: str) -> str:
    """The text of the file. `lines` are those of the ticket; `situation`: of the customer who writes it."""
    texts = [one.text for one in ticket.messages if one.author is Author.CUSTOMER and one.public]
    mask = Masker(texts, tuple(Contact), known_of(ticket.requester))
    masked = [without_cards(_examples(mask(one))) for one in texts]
    ended = [one.body for one in lines if one.kind == "message.ended"]
    told = [
        "# A draft from a past ticket. Say who writes and on which facts (`from`, `facts`), correct what must come of",
        "# it, and move the file to golden/. Until then `deskhand eval` runs it only with --drafts.",
        f"id: {draft_id(ref)}",
        f"about: {_text('What became of a past ticket')}",
        f"from: customer:{situation}",
        f"stage: {ended[-1]['stage']}",
        "messages:",
        *(f"  - says: {_text(one)}" for one in masked),
        "must:",
        *_must(ended, names),
    ]
    return "\n".join(told) + "\n"


def _must(ended: Sequence[Mapping[str, Any]], names: Names) -> list[str]:
    last = ended[-1]
    procedures = _known((each for body in ended for each in body["procedures"]), names.procedures)
    cited = _known((each["source"] for body in ended for each in body.get("cited", ())), names.articles)
    actions = {
        (each["name"], each["effect"], each["done"]): None
        for body in ended
        for each in body["actions"]
        if each["name"] in names.actions
    }
    told = [f"  outcome: {last['outcome']}", f"  procedures: [{', '.join(procedures)}]"]
    if actions:
        told += ["  actions:"]
        told += [
            f'    - {{action: {name}, verdict: {effect}, done: "{"yes" if done else "no"}"}}'
            for name, effect, done in actions
        ]
    told += [f"  cites: [{', '.join(map(_text, cited))}]"] if cited else []
    handoff = next((body["handoff"] for body in reversed(ended) if "handoff" in body), None)
    if handoff:
        queue = [f"queue: {handoff['queue']}"] if handoff.get("queue") in names.queues else []
        told += [f"  handoff: {{{', '.join((*queue, 'reason: ' + handoff['reason']))}}}"]
    return told


def _known(found: Any, known: Collection[str]) -> list[str]:
    return [one for one in dict.fromkeys(found) if one in known]


def _examples(text: str) -> str:
    return PLACE.sub(lambda place: EXAMPLES[place["kind"]].format(n=int(place["number"])), text)


def _text(words: str) -> str:
    """As YAML and JSON write a text alike."""
    return json.dumps(words, ensure_ascii=False)
