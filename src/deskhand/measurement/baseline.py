"""How it was before the assistant: the same formulas over imported tickets."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from deskhand.domain.ticket import Author, Status, Ticket
from deskhand.measurement.entry import Entry
from deskhand.measurement.outcomes import Handler
from deskhand.measurement.sums import Sums, add, came, closed

SOLVED = frozenset({Status.SOLVED, Status.CLOSED})
LONG = timedelta(days=1)


def baseline(tickets: Iterable[Ticket], before: datetime | None, says_something: Callable[[str], bool]) -> Sums:
    """Of those that came up before then, and on which no assistant wrote. What the help desk calls solved is taken for
    confirmed, since nothing in an export tells of a customer's word: a solved one is as good as we can make it."""
    found: Sums = {}
    for ticket in tickets:
        entry = past_entry(ticket, says_something)
        if entry is not None and (before is None or entry.came_at < before):
            add(found, came(entry))
            add(found, closed(entry, LONG, mature=True))
    return found


def past_entry(ticket: Ticket, says_something: Callable[[str], bool]) -> Entry | None:
    """None where no customer wrote, or where the assistant did."""
    public = [one for one in ticket.messages if one.public]
    theirs = [one.sent_at for one in public if one.author is Author.CUSTOMER]
    if not theirs or any(one.author is Author.ASSISTANT for one in public):
        return None
    came_at = min(theirs)
    answers = [
        one.sent_at
        for one in public
        if one.author is Author.AGENT and one.sent_at >= came_at and says_something(one.text)
    ]
    last = max(answers, default=None)
    solved = last if ticket.status in SOLVED else None
    score = ticket.fields.get("csat", "")
    return Entry(
        ticket=str(ticket.ref),
        number=1,
        came_at=came_at,
        channel=ticket.channel,
        closed_at=solved,
        closed_by="agent" if solved else "",
        handler=str(Handler.HUMAN) if solved else "",
        answered=bool(answers),
        confirmed_at=solved,
        response_at=min(answers, default=None),
        last_response_at=last,
        scores=(int(score),) if score in ("1", "2", "3", "4", "5") and solved else (),
    )
