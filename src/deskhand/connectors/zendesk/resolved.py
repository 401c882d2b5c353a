"""Resolved tickets at Zendesk as precedents: what was asked, and what an agent answered in the end."""

import hashlib
from collections.abc import Callable, Iterator

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.zendesk import SYSTEM
from deskhand.connectors.zendesk.door import understood
from deskhand.domain.article import Article
from deskhand.domain.errors import Invalid, Missing
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Requester, Ticket
from deskhand.ports.knowledge import Gathered, Unread
from deskhand.ports.reads import TicketDesk

Mask = Callable[[str, Requester], str]
PAGE = 100
MOST = 1_000  # what a search gives at all
SHORTEST = 4  # words: "Thanks, done" is no precedent


class ResolvedTickets:
    """See `ports.knowledge.KnowledgeSource`. `mask` takes out of a text what nobody but this customer may read.

    The newest `most` of them. What the assistant wrote is no precedent: it would learn from itself.
    """

    name = "resolved_tickets"

    def __init__(self, wire: Wire, tickets: TicketDesk, mask: Mask, most: int = 200):
        self._wire, self._tickets, self._mask, self._most = wire, tickets, mask, min(most, MOST)
        self._known: dict[str, tuple[str, Article | None]] = {}

    def read(self) -> Gathered:
        known: dict[str, tuple[str, Article | None]] = {}
        unread: list[Unread] = []
        for number, version in self._resolved():
            if self._known.get(number, ("",))[0] == version:
                known[number] = self._known[number]
                continue
            try:
                ticket = self._tickets.ticket(Ref(SYSTEM, "ticket", number)).value
            except (Invalid, Missing) as error:
                unread.append(Unread(self._source(number), str(error), gone=isinstance(error, Missing)))
                continue
            known[number] = (version, self._precedent(number, ticket))
        self._known = known
        articles = tuple(one for _, one in known.values() if one is not None)
        if not articles and not unread:
            unread.append(Unread(self.name, "no resolved ticket has an agent's answer"))
        return Gathered(articles, tuple(unread))

    def _resolved(self) -> Iterator[tuple[str, str]]:
        """Numbers and versions, the newest first."""
        for page in range(1, 1 + -(-self._most // PAGE)):
            asked = {"query": "type:ticket status>=solved", "sort_by": "updated_at", "sort_order": "desc"}
            found = self._wire.read("/api/v2/search", **asked, page=page, per_page=PAGE)
            with understood("search of tickets"):
                tickets = [(str(one["id"]), str(one["updated_at"])) for one in found["results"]]
            yield from tickets[: self._most - (page - 1) * PAGE]
            if len(tickets) < PAGE:
                return

    def _precedent(self, number: str, ticket: Ticket) -> Article | None:
        """None when there is no question, or no answer of a person."""
        public = [one for one in ticket.messages if one.public]
        at = next((at for at, one in enumerate(public) if one.author is Author.CUSTOMER), len(public))
        question, answers = public[at : at + 1], [one for one in public[at:] if one.author is Author.AGENT]
        if not answers:
            return None
        asked, said = (self._mask(one.text, ticket.requester) for one in (question[0], answers[-1]))
        if min(len(asked.split()), len(said.split())) < SHORTEST:
            return None
        text = f"## Question\n\n{_quiet(asked)}\n\n## Answer\n\n{_quiet(said)}\n"
        return Article(
            source=self._source(number),
            title=" ".join(self._mask(ticket.subject, ticket.requester).split())[:200] or f"Ticket {number}",
            text=text,
            audience="internal",
            updated_at=answers[-1].sent_at,
            digest=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            precedent=True,
        )

    def _source(self, number: str) -> str:
        return f"{self.name}/{SYSTEM}/{number}"


def _quiet(text: str) -> str:
    """What somebody wrote is no heading of ours."""
    return "\n".join(f"\\{line}" if line.startswith("#") else line for line in text.splitlines())
