"""A customer answers how satisfied they are, by the link of our letter; for seven days they may change their mind."""

from datetime import datetime
from enum import StrEnum

from deskhand.domain.survey import ANSWERABLE, OPEN, Answered, named
from deskhand.measurement.csat import ASKED, GIVEN
from deskhand.ports.store import Store, Transaction
from deskhand.understanding.redact import for_others

LONGEST = 2_000  # characters of what is said with it


class Taken(StrEnum):
    KEPT = "kept"
    CLOSED = "closed"


def answered(store: Store, name: str) -> Answered | None:
    """What was answered last."""
    with store.begin() as tx:
        return tx.visits.answered(*named(name))


def language_of(store: Store, name: str) -> str:
    """That of our letter."""
    ticket, stretch = named(name)
    with store.begin() as tx:
        asked = [one.body for one in tx.journal.of_ticket(ticket, [ASKED]) if one.body["stretch"] == stretch]
    return str(asked[-1]["language"]) if asked else ""


def open_still(store: Store, name: str, now: datetime) -> bool:
    with store.begin() as tx:
        return _open(tx, *named(name), now)


def rate_by_link(store: Store, name: str, score: int, words: str, now: datetime) -> Taken:
    """The journal gets the score, and who had the ticket; a change is a line more, and the newest counts."""
    ticket, stretch = named(name)
    said = for_others(words.replace("\x00", "").strip()[:LONGEST])
    with store.begin() as tx:
        owner = tx.tickets.owner(ticket)  # two answers at once take turns
        if not _open(tx, ticket, stretch, now):
            return Taken.CLOSED
        before = tx.visits.answered(ticket, stretch)
        if before and (before.score, before.words) == (score, said):
            return Taken.KEPT
        tx.visits.answer(Answered(ticket, stretch, score, said, before.first if before else now, now))
        line: dict[str, object] = {
            "score": score,
            "owner": owner,
            "words": bool(said),
            "stretch": stretch,
            "by": "link",
            "again": before is not None,
        }
        tx.journal.append(GIVEN, ticket, line, now)
    return Taken.KEPT


def _open(tx: Transaction, ticket: str, stretch: int, now: datetime) -> bool:
    before = tx.visits.answered(ticket, stretch)
    if before:
        return now < before.first + OPEN
    asked = [one.at for one in tx.journal.of_ticket(ticket, [ASKED]) if one.body["stretch"] == stretch]
    return bool(asked) and now < asked[-1] + ANSWERABLE
