"""The examples of a desk alone, to read and to erase; no worker is started."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from deskhand.bootstrap.connections.connectors import Clock
from deskhand.bootstrap.desk.reading import example_cache
from deskhand.bootstrap.folder.folder import load_folder
from deskhand.bootstrap.storage.store import has_journal, open_store
from deskhand.bootstrap.systems.systems import Tell, connect_systems
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.example import Example, whose
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.precedents import NearExamples
from deskhand.infrastructure.storage.examples import KeptExamples
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.settings import Settings
from deskhand.workflows.forget_examples import Forgotten, forget_customers, forget_example


@dataclass(frozen=True)
class Kept:
    """What a desk kept of its agents' decisions."""

    settings: Settings
    store: SqlStore
    precedents: NearExamples
    clock: Clock
    tell: Tell

    def all(self, customers: Sequence[str] = ()) -> list[Example]:
        """Oldest first; of these customers (each a `Ref` as text), or of everybody."""
        with self.store.begin() as tx:
            return [one for one in tx.examples.all() if not customers or one.customer in customers]

    def get(self, id: str) -> Example | None:
        with self.store.begin() as tx:
            return tx.examples.get(id)

    def customers(self, name: str) -> list[str]:
        """Whose examples belong to a customer named by an e-mail address, or by a `Ref` as text.

        An address is looked up in the systems of record; what came from it before anybody knew it counts, too.
        """
        if "@" not in name:
            return [name]
        systems = connect_systems(self.settings, load_folder(self.settings), self.clock, self.tell)
        found = [one.value.ref for directory in systems.directories for one in directory.by_email(name)]
        return [*map(str, found), whose("", name)]

    def forget_customers(self, customers: Sequence[str]) -> Forgotten:
        return forget_customers(self.store, self.precedents, customers, self.clock())

    def forget_example(self, id: str) -> Forgotten:
        return forget_example(self.store, self.precedents, id, self.clock())


@contextmanager
def open_examples(settings: Settings, *, tell: Tell, clock: Clock) -> Iterator[Kept]:
    """`DeskFault` when this desk was never asked anything."""
    if not has_journal(settings):
        what = "this desk has kept nothing yet: nothing was ever asked of it. See `deskhand ask`"
        raise DeskFault((Fault(str(settings.state), 1, what),))
    with open_store(settings) as store:
        precedents = NearExamples(MiniLM(), example_cache(settings), KeptExamples(store.engine))
        yield Kept(settings, store, precedents, clock, tell)
