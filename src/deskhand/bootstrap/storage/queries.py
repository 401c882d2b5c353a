"""What screens, reports and rounds read of a desk's memory: views that change nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from deskhand.bootstrap.secret import desk_secret
from deskhand.bootstrap.storage.store import has_journal
from deskhand.domain.article import Article
from deskhand.domain.checkpoint import Checkpoint
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.journal_line import Broken, JournalLine, ProvedPart, Sought, Verified
from deskhand.domain.pause import Pause
from deskhand.domain.queue import Filters, QueueRow, View
from deskhand.domain.within import Within
from deskhand.infrastructure.storage import articles as articles_of
from deskhand.infrastructure.storage import journal as journal_of
from deskhand.infrastructure.storage import policy_texts, queries, queue
from deskhand.infrastructure.storage.checkpoints import held_against, public_key
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.drifts import SqlDrifts
from deskhand.infrastructure.storage.pauses import SqlPauses
from deskhand.infrastructure.storage.seals import CHANGES, FAMILIES, STAGES, Family, newest, newest_is, sealed_lines
from deskhand.settings import Settings

STILL_THERE = timedelta(seconds=45)  # a page that is looked at says so every fifteen seconds
LATELY = 100_000  # lines of the journal that a page looks at
SLACK = timedelta(hours=1)  # by so much a line may be older than the one before it


@dataclass(frozen=True)
class Queries:
    """What screens read: views that change nothing. `secret` proves the lines about stages."""

    database: sa.Engine
    secret: bytes = field(default=b"", repr=False)

    def tickets(self, limit: int, within: Within | None = None) -> list[queries.TicketRow]:
        with self.database.connect() as connection:
            return queries.tickets(connection, limit=limit, within=within)

    def queue(
        self,
        view: View,
        person: str,
        filters: Filters,
        *,
        limit: int,
        offset: int = 0,
        within: Within | None = None,
    ) -> list[QueueRow]:
        with self.database.connect() as connection:
            return queue.queue(connection, view, person, filters, limit=limit, offset=offset, within=within)

    def holds(self, within: Within, ticket: str) -> bool:
        """Whether the ticket is within these queues."""
        return ticket in self.holding(within, [ticket])

    def holding(self, within: Within, tickets: Collection[str]) -> set[str]:
        """Those of these tickets that are."""
        with self.database.connect() as connection:
            return queue.holding(connection, within, tickets)

    def row(self, ticket: str) -> QueueRow | None:
        """The ticket as a queue shows it."""
        with self.database.connect() as connection:
            return queue.row(connection, ticket)

    def waiting(self, person: str, within: Within | None = None) -> Mapping[View, int]:
        """How many tickets wait for people, by queue."""
        with self.database.connect() as connection:
            return queue.waiting(connection, person, within)

    def waiting_by_person(self) -> tuple[Mapping[View, int], Mapping[str, int]]:
        """How many tickets wait, by queue, and how many everybody has."""
        with self.database.connect() as connection:
            return queue.waiting_by_person(connection)

    def decide_since(self) -> datetime | None:
        """Since when the oldest suggestion waits for a person; None when none does."""
        with self.database.connect() as connection:
            return queue.decide_since(connection)

    def channels_used(self) -> list[str]:
        with self.database.connect() as connection:
            return queue.channels(connection)

    def look(self, ticket: str, person: str, now: datetime) -> list[str]:
        """Note that this person looks at the ticket now; who else does."""
        with self.database.begin() as connection:
            return queue.look(connection, ticket, person, now, now - STILL_THERE)

    def newest(self) -> int:
        """The number of the journal's newest line."""
        with self.database.connect() as connection:
            return journal_of.newest_number(connection)

    def changed(self, after: int, limit: int) -> list[tuple[int, str]]:
        """The tickets of the lines behind this number, each once, with the number of its last one; in order."""
        with self.database.connect() as connection:
            return journal_of.changed(connection, after, limit)

    def pauses(self) -> Sequence[Pause]:
        """Those that stand."""
        with self.database.connect() as connection:
            return SqlPauses(connection).standing()

    def timeline(self, ticket: str) -> list[JournalLine]:
        with self.database.connect() as connection:
            return queries.timeline(connection, ticket)

    def contacts(self, customer: str, limit: int, before: int | None = None) -> list[queries.Contact]:
        with self.database.connect() as connection:
            return queries.contacts(connection, customer, limit=limit, before=before)

    def lines(self) -> Iterator[JournalLine]:
        """The whole journal, in order."""
        after = 0
        while page := self._page(after):
            yield from page
            after = page[-1].seq

    def last(self, limit: int, *, ticket: str | None = None) -> list[JournalLine]:
        with self.database.connect() as connection:
            return list(journal_of.last(connection, limit, ticket=ticket))

    def verify(self) -> Verified | Broken:
        """The chain, where it ends, what is sealed in it, and the checkpoints in it."""
        return self.verify_with((), None)[0]

    def verify_with(
        self, elsewhere: Iterable[Checkpoint], here: Iterable[Checkpoint] | None
    ) -> tuple[Verified | Broken, int]:
        """The same with checkpoints of files (see `checkpoints.held_against`); with how many lines were signed."""
        with self.database.connect() as connection:
            since = newest(connection)
            known = held_against(connection, self.secret, elsewhere, here)
            if isinstance(known, Broken):
                return known, 0
            proof = journal_of.verify(connection, known)
            if isinstance(proof, Broken):
                return proof, len(known)
            sealed = [sealed_lines(connection, self.secret, one) for one in FAMILIES]
            wrong = [newest_is(connection, self.secret, since=since), *sealed]
        return next((one for one in wrong if isinstance(one, Broken)), proof), len(known)

    def public_key(self) -> str:
        """What checkpoints are proved by, in hex; "" while none was made."""
        with self.database.connect() as connection:
            return public_key(connection, self.secret)

    def stages(self) -> Sequence[JournalLine] | Broken:
        """Every line about stages, in order, or what is wrong with them."""
        return self.sealed(STAGES)

    def changes(self) -> Sequence[JournalLine] | Broken:
        """Every line about versions of the desk folder, in order, or what is wrong with them."""
        return self.sealed(CHANGES)

    def sealed(self, family: Family) -> Sequence[JournalLine] | Broken:
        """Every line of this family, in order, or what is wrong with them."""
        with self.database.connect() as connection:
            return sealed_lines(connection, self.secret, family)

    def verify_on(self, after: int, link: str, limit: int) -> ProvedPart | Broken:
        """Part of the chain; from its beginning where `after` is 0."""
        with self.database.connect() as connection:
            return journal_of.verify_on(connection, after, link if after else journal_of.FIRST, limit)

    def found(self, sought: Sought, limit: int, before: int | None = None) -> list[JournalLine]:
        """Lines that are looked for, the newest first."""
        with self.database.connect() as connection:
            return journal_of.found(connection, sought, limit, before=before)

    def found_all(self, sought: Sought, before: int) -> Iterator[JournalLine]:
        """Every line that is looked for with a number below `before`, in order."""
        after = 0
        while True:
            with self.database.connect() as connection:
                part = journal_of.found(connection, sought, 1000, before=before, after=after)
            if not part:
                return
            yield from part
            after = part[-1].seq

    def kinds(self) -> list[str]:
        """Of the journal's lines, by name."""
        with self.database.connect() as connection:
            return journal_of.kinds(connection)

    def of_kinds(self, kinds: Collection[str], *, ticket: str | None = None, after: int = 0) -> Iterator[JournalLine]:
        """The journal's lines of these kinds behind the number `after`, in order; those of one ticket where it is
        named."""
        while page := self._page(after, kinds, ticket):
            yield from page
            after = page[-1].seq

    def drift_streams(self) -> Mapping[tuple[str, str], str]:
        """What is known of each signal that is watched for drift, as text."""
        with self.database.connect() as connection:
            return SqlDrifts(connection).streams()

    def drift_upto(self) -> int:
        """The number of the last line of the journal that was looked at for drift."""
        with self.database.connect() as connection:
            return SqlDrifts(connection).upto()

    def articles(self, words: str, *, limit: int, offset: int = 0) -> list[articles_of.ArticleRow]:
        with self.database.connect() as connection:
            return articles_of.listed(connection, words, limit=limit, offset=offset)

    def article(self, source: str) -> Article | None:
        with self.database.connect() as connection:
            return articles_of.one(connection, source)

    def policy_texts(self) -> Mapping[str, Mapping[str, str]]:
        """The files of every policy that this desk was started with, by digest."""
        with self.database.connect() as connection:
            return policy_texts.kept(connection)

    def policy_versions(self) -> list[tuple[str, datetime]]:
        """The digest of each of these policies, with when this desk was first started with it; newest first."""
        with self.database.connect() as connection:
            return policy_texts.versions(connection)

    def newest_of(self, kind: str) -> JournalLine | None:
        """The last line of this kind."""
        with self.database.connect() as connection:
            found = journal_of.found(connection, Sought(kind=kind), 1)
        return found[0] if found else None

    def lately(self, kinds: Collection[str], since: datetime) -> Iterator[JournalLine]:
        """The lines of these kinds from then on, in order; of the newest `LATELY` lines of the journal at most."""
        with self.database.connect() as connection:
            before = journal_of.number_before(connection, since - SLACK)
            newest = journal_of.newest_number(connection)
        after = max(before, newest - LATELY)
        return (line for line in self.of_kinds(kinds, after=after) if line.at >= since)

    def bounded(self) -> int:
        """How many of the newest lines `lately` looks at; 0 when these are all."""
        return LATELY if self.newest() > LATELY else 0

    def _page(self, after: int, kinds: Collection[str] | None = None, ticket: str | None = None) -> list[JournalLine]:
        with self.database.connect() as connection:
            return journal_of.lines(connection, after, 5000, kinds=kinds, ticket=ticket)


@contextmanager
def open_journal(settings: Settings) -> Iterator[Queries]:
    """The journal alone, for reading; no worker is started."""
    database = connect(settings.database_url, settings.table.privacy.own)
    if not has_journal(settings):
        what = "this desk has no journal yet: nothing was ever asked of it. See `deskhand ask`"
        raise DeskFault((Fault(str(settings.state), 1, what),))
    try:
        yield Queries(database, desk_secret(settings))
    finally:
        database.dispose()
