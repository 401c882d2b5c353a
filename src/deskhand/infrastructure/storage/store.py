"""The store: one transaction over everything we remember and every run it starts."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.journal_line import JournalLine
from deskhand.infrastructure.storage.awaiting import SqlAwaiting
from deskhand.infrastructure.storage.checkpoints import SqlCheckpoints
from deskhand.infrastructure.storage.confirmations import SqlConfirmations
from deskhand.infrastructure.storage.contacts import SqlContacts
from deskhand.infrastructure.storage.database import exclusive, scrub, snapshot
from deskhand.infrastructure.storage.desk_versions import SqlVersions
from deskhand.infrastructure.storage.drifts import SqlDrifts
from deskhand.infrastructure.storage.erasure import ORDER
from deskhand.infrastructure.storage.examples import SqlExamples
from deskhand.infrastructure.storage.guidance import SqlGuidance
from deskhand.infrastructure.storage.handoffs import SqlHandoffs
from deskhand.infrastructure.storage.history import SqlHistory
from deskhand.infrastructure.storage.identities import SqlIdentities
from deskhand.infrastructure.storage.inbox import SqlInbox
from deskhand.infrastructure.storage.journal import SqlJournal
from deskhand.infrastructure.storage.ledger import SqlLedger
from deskhand.infrastructure.storage.links import SqlLinks
from deskhand.infrastructure.storage.matters import SqlMatters
from deskhand.infrastructure.storage.model_calls import SqlModelCalls
from deskhand.infrastructure.storage.pauses import SqlPauses
from deskhand.infrastructure.storage.restrictions import SqlRestrictions
from deskhand.infrastructure.storage.results import SqlResults
from deskhand.infrastructure.storage.runs import Enqueue, SqlRuns
from deskhand.infrastructure.storage.seals import (
    BACKUPS,
    CHANGES,
    NOTHING,
    STAGES,
    Family,
    Proved,
    SqlSealed,
    seal_newest,
)
from deskhand.infrastructure.storage.stages import SqlStages
from deskhand.infrastructure.storage.suggestions import SqlSuggestions
from deskhand.infrastructure.storage.tables import metadata
from deskhand.infrastructure.storage.tickets import SqlTickets
from deskhand.infrastructure.storage.visits import SqlVisits
from deskhand.ports.memory.customers import Contacts, Identities, Links, Restrictions, Visits
from deskhand.ports.memory.effects import Confirmations, Ledger, Pauses, Suggestions
from deskhand.ports.memory.journal import Checkpoints, Drifts, Journal, Json, Sealed, Stages, Versions
from deskhand.ports.memory.learning import Examples, ModelCalls
from deskhand.ports.memory.tickets import Awaiting, Handoffs, History, Inbox, Matters, Results, Tickets, Whispers
from deskhand.ports.store import Runs, Transaction

# (transaction, number, kind, ticket, body, at): called for each line of the journal, in its transaction.
Announce = Callable[[Transaction, int, str, str, Json, datetime], None]


class SqlTransaction:
    def __init__(
        self,
        connection: sa.Connection,
        enqueue: Enqueue,
        keep_examples: bool,
        announce: Announce | None = None,
        secret: bytes = b"",
        proved: Mapping[Family, Proved] | None = None,
    ):
        known = proved or {}
        self.inbox: Inbox = SqlInbox(connection)
        self.tickets: Tickets = SqlTickets(connection)
        self.awaiting: Awaiting = SqlAwaiting(connection)
        self.ledger: Ledger = SqlLedger(connection)
        self.pauses: Pauses = SqlPauses(connection)
        self.suggestions: Suggestions = SqlSuggestions(connection)
        self.confirmations: Confirmations = SqlConfirmations(connection)
        self.identity: Identities = SqlIdentities(connection)
        self.links: Links = SqlLinks(connection)
        self.contacts: Contacts = SqlContacts(connection, secret)
        self.history: History = SqlHistory(connection)
        self.lines = SqlJournal(connection)
        self.journal: Journal = _Announced(self, announce) if announce else self.lines
        self.results: Results = SqlResults(connection)
        self.handoffs: Handoffs = SqlHandoffs(connection)
        self.guidance: Whispers = SqlGuidance(connection)
        self.matters: Matters = SqlMatters(connection)
        self.models: ModelCalls = SqlModelCalls(connection, self.lines)
        self.examples: Examples = SqlExamples(connection, self.lines, keep_examples)
        self.visits: Visits = SqlVisits(connection)
        self.drifts: Drifts = SqlDrifts(connection)
        stages = SqlStages(connection, self.journal, secret, known.get(STAGES, NOTHING))
        changes, backups = (
            SqlSealed(connection, self.journal, secret, family, known.get(family, NOTHING))
            for family in (CHANGES, BACKUPS)
        )
        self.sealed = (stages, changes, backups)
        self.stages: Stages = stages
        self.changes: Sealed = changes
        self.backups: Sealed = backups
        self.checkpoints: Checkpoints = SqlCheckpoints(connection, self.lines, secret)
        self.versions: Versions = SqlVersions(connection)
        self.restrictions: Restrictions = SqlRestrictions(connection, secret)
        self.runs: Runs = SqlRuns(connection, enqueue)


class _Announced:
    def __init__(self, transaction: SqlTransaction, announce: Announce):
        self._transaction, self._announce = transaction, announce

    def append(self, kind: str, ticket: str, body: Json, at: datetime) -> int:
        seq = self._transaction.lines.append(kind, ticket, body, at)
        self._announce(self._transaction, seq, kind, ticket, body, at)
        return seq

    def of_ticket(self, ticket: str, kinds: Collection[str]) -> Sequence[JournalLine]:
        return self._transaction.lines.of_ticket(ticket, kinds)

    def newest(self, kind: str) -> JournalLine | None:
        return self._transaction.lines.newest(kind)

    def behind(self, after: int, kinds: Collection[str], limit: int) -> Sequence[JournalLine]:
        return self._transaction.lines.behind(after, kinds, limit)

    def before(self, seq: int, tickets: Collection[str], kinds: Collection[str]) -> Sequence[JournalLine]:
        return self._transaction.lines.before(seq, tickets, kinds)

    def last_number(self) -> int:
        return self._transaction.lines.last_number()


class SqlStore:
    """`enqueue` is the engine's; transactions run one after the other (see `database.exclusive`).

    `keep_examples`: whether what agents make of suggestions is kept. `announce` may start runs for the journal's lines.
    `secret` seals what is said of stages, changes and backups.
    """

    def __init__(
        self,
        engine: sa.Engine,
        enqueue: Enqueue,
        *,
        keep_examples: bool = True,
        announce: Announce | None = None,
        secret: bytes = b"",
    ):
        self.secret, self.proved = secret, dict[Family, Proved]()
        self.engine, self.enqueue, self.keep_examples, self.announce = engine, enqueue, keep_examples, announce

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        with exclusive(self.engine) as connection:
            transaction = SqlTransaction(
                connection, self.enqueue, self.keep_examples, self.announce, self.secret, self.proved
            )
            yield transaction
            transaction.lines.close()
            if transaction.lines.last is not None:
                seal_newest(connection, self.secret, *transaction.lines.last)
        self._keep(transaction)  # after the commit only: what was rolled back was never said

    @contextmanager
    def look(self) -> Iterator[Transaction]:
        """See `ports.store.Store`."""
        with snapshot(self.engine) as connection:
            transaction = SqlTransaction(
                connection, self.enqueue, self.keep_examples, self.announce, self.secret, self.proved
            )
            yield transaction
        self._keep(transaction)

    def _keep(self, transaction: SqlTransaction) -> None:
        """What was proved need not be proved again."""
        for one in transaction.sealed:
            if one.proved.seq > self.proved.get(one.family, NOTHING).seq:
                self.proved[one.family] = one.proved

    def scrub(self) -> bool:
        """See `ports.store.Store`."""
        return scrub(self.engine, [metadata.tables[name] for name in ORDER])
