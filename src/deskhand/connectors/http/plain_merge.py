"""A merge where the system has none of its own: a note on both tickets, and the duplicate is solved."""

from dataclasses import replace

from deskhand.domain.action import Receipt
from deskhand.domain.errors import Invalid
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Status
from deskhand.ports.writes import TicketWriter


def merge_plainly(writer: TicketWriter, duplicate: Ref, into: Ref, *, key: str, now: tuple[Status, Status]) -> Receipt:
    """Each part once for a key, and the state last: it carries the key itself, so that what was broken off goes on.

    `now`: the states of both, as read a moment ago. See `ports.writes.TicketWriter.merge`.
    """
    if done := find_plain_merge(writer, duplicate, into, key=key):
        return done
    if closed := [ref.id for ref, status in zip((duplicate, into), now, strict=True) if status is Status.CLOSED]:
        raise Invalid(f"{closed[0]} is closed: nothing was merged.")
    writer.reply(into, f"{duplicate.id} is about the same, and was closed for this.", public=False, key=f"{key}/into")
    writer.reply(duplicate, f"This goes on in {into.id}.", public=False, key=f"{key}/from")
    made = writer.update_ticket(duplicate, status=Status.SOLVED, key=key)
    return replace(made, details={"into": into.id}, before={"status": made.before.get("status", str(Status.OPEN))})


def find_plain_merge(writer: TicketWriter, duplicate: Ref, into: Ref, *, key: str) -> Receipt | None:
    """What it was before is not known any more: as if it had been open."""
    found = writer.find_effect(duplicate, key=key)
    return replace(found, details={"into": into.id}, before={"status": str(Status.OPEN)}) if found else None
