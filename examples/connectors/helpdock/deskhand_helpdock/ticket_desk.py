"""Reading tickets at HelpDock."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import Down
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Requester, Ticket
from deskhand_helpdock import SYSTEM
from deskhand_helpdock.parsing import fields_of, labels_of, path_of, priority_of, status_of, understood

AUTHORS = {"customer": Author.CUSTOMER, "api": Author.ASSISTANT}  # everybody else is a person on the staff


class HelpDockTickets:
    """See `ports.reads.TicketDesk`. `fields` are HelpDock's names of the company's own fields, by the desk's."""

    system = SYSTEM

    def __init__(self, wire: Wire, clock: Callable[[], datetime], fields: Mapping[str, str]):
        self._wire, self._clock, self._fields = wire, clock, fields

    def ticket(self, ref: Ref) -> Read[Ticket]:
        raw = self._wire.read(path_of(ref))
        said = messages(self._wire, ref)
        with understood("ticket"):
            who = raw["requester"]
            ticket = Ticket(
                ref=ref,
                subject=raw.get("subject") or "",
                status=status_of(raw),
                channel="helpdock",
                requester=Requester(who.get("name") or "", who.get("email") or "", who.get("confirmed") is True),
                tags=frozenset(labels_of(raw)),
                version=f"{raw['version']:010d}",
                created_at=datetime.fromisoformat(raw["opened_at"]),
                messages=tuple(_message(one) for one in said),
                priority=priority_of(raw),
                group=str(raw.get("team") or ""),
                assignee=str(raw.get("owner") or ""),
                fields=fields_of(raw, self._fields),
            )
        return Read(ticket, SYSTEM, self._clock())


def messages(wire: Wire, ref: Ref) -> Iterator[dict[str, Any]]:
    """Every message of a ticket, oldest first. `Down` when a page brings nothing new and there is said to be more."""
    after, more = 0, True
    while more:
        page = wire.read(f"{path_of(ref)}/messages", after=after)
        with understood("list of messages"):
            found, more = [dict(one) for one in page["messages"]], page["more"] is True
            last = found[-1]["id"] if found else after
            if (found and found[0]["id"] <= after) or (more and last <= after):
                raise Down(f"GET {path_of(ref)}/messages: repeats a page")
        yield from found
        after = last


def _message(raw: Mapping[str, Any]) -> Message:
    """What is not said to be public is among agents; HelpDock says of each whether its sender was proved."""
    author = AUTHORS.get(raw["by"], Author.AGENT)
    sent_at, vouched = datetime.fromisoformat(raw["at"]), raw.get("proved") is True or author is not Author.CUSTOMER
    return Message(str(raw["id"]), author, raw["public"] is True, raw["text"], sent_at, (), vouched)
