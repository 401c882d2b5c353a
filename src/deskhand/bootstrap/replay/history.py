"""Taking over the past: from a help desk that is connected, or from a file."""

from collections.abc import Collection, Iterator
from pathlib import Path

from deskhand.bootstrap.clock import now
from deskhand.bootstrap.folder.folder import load_folder
from deskhand.bootstrap.storage.store import open_store
from deskhand.bootstrap.systems.systems import Tell, connect_systems
from deskhand.connectors.history_file.mailbox import read_mailbox
from deskhand.connectors.history_file.table import read_table
from deskhand.domain.errors import DeskFault, Fault
from deskhand.settings import Settings
from deskhand.understanding.redact import redact
from deskhand.workflows.import_history import Imported, import_feed, import_tickets

TABLE, MAILBOX = ".csv", ".mbox"


def import_from(settings: Settings, source: str, own: Collection[str], tell: Tell) -> Iterator[Imported]:
    """`source` names a connected help desk, or is a file that ends with .csv or .mbox; `own` are the agents' addresses
    in a mailbox. `DeskFault` when it is neither."""
    file = Path(source)
    with open_store(settings) as store:
        if file.suffix in (TABLE, MAILBOX):
            name = f"file:{file.name}"
            tickets = read_table(file, "csv") if file.suffix == TABLE else read_mailbox(file, "mbox", own)
            yield from import_tickets(tickets, name, store, redact, now)
            return
        systems = connect_systems(settings, load_folder(settings), now, tell)
        if source not in systems.feeds:
            told = ", ".join(systems.feeds) or "none"
            what = f"{source!r} is no help desk whose past can be read (there is {told}), and no .csv or .mbox file"
            raise DeskFault((Fault("import", 1, what),))
        yield from import_feed(systems.feeds[source], systems.tickets[source], store, redact, now)
