"""Erasures: those under way with how far they came, and keyed hashes of those that have ended."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.privacy import Forgetting, Subject, mark
from deskhand.infrastructure.storage.database import add_once
from deskhand.infrastructure.storage.erasure import OWN
from deskhand.infrastructure.storage.personal_data import CATALOGUE
from deskhand.infrastructure.storage.tables import metadata
from deskhand.infrastructure.storage.tables.channels import conversation
from deskhand.infrastructure.storage.tables.effects import suggestion
from deskhand.infrastructure.storage.tables.privacy import forgetting, forgotten
from deskhand.infrastructure.storage.tables.tickets import past_ticket


class SqlForgettings:
    """`secret` makes the hashes."""

    def __init__(self, connection: sa.Connection, secret: bytes):
        self.connection, self.secret = connection, secret

    def begin(self, id: str, at: datetime, subject: Subject) -> None:
        """From now on it can be gone on with; nobody is written to first, whatever comes."""
        row = {"id": id, "at": at, "tickets": subject.tickets, "customers": subject.customers}
        add_once(self.connection, forgetting, row | {"addresses": subject.addresses, "done": {}}, unless=["id"])
        self.know(id, at, {mark(self.secret, name) for name in subject.names})

    def know(self, id: str, at: datetime, marks: Collection[str]) -> None:
        """That this erasure was asked for, and of whom."""
        for one in sorted(marks):
            add_once(self.connection, forgotten, {"mark": one, "id": id, "at": at}, unless=["mark", "id"])

    def under_way(self) -> list[Forgetting]:
        """Oldest first."""
        rows = self.connection.execute(sa.select(forgetting).order_by(forgetting.c.at, forgetting.c.id))
        return [
            Forgetting(one.id, one.at, Subject(one.tickets, one.customers, one.addresses), one.done) for one in rows
        ]

    def note(self, id: str, step: str, counts: Mapping[str, int]) -> None:
        """This step has ended, in the transaction that did it."""
        done = self.connection.scalar(sa.select(forgetting.c.done).where(forgetting.c.id == id)) or {}
        kept = sa.update(forgetting).where(forgetting.c.id == id)
        self.connection.execute(kept.values(done={**done, step: dict(counts)}))

    def end(self, id: str) -> None:
        self.connection.execute(sa.delete(forgetting).where(forgetting.c.id == id))

    def ended(self) -> set[str]:
        """The ids of erasures that this database knows of."""
        return set(self.connection.scalars(sa.select(forgotten.c.id).distinct()))


def tickets_of(connection: sa.Connection, customers: Collection[str], addresses: Collection[str]) -> set[str]:
    """Every ticket that one of these records or addresses wrote."""
    found = set[str]()
    for name, entry in CATALOGUE.items():
        table = metadata.tables[name]
        for ticket in entry.ticket if name != "apart" else ():
            for customer in entry.customer:
                asked = sa.select(table.c[ticket]).where(table.c[customer].in_(list(customers)))
                found |= set(connection.scalars(asked.distinct()))
    lower = [one.casefold() for one in addresses]
    theirs = sa.or_(sa.func.lower(conversation.c.email).in_(lower), conversation.c.phone.in_(lower))
    found |= {OWN + one for one in connection.scalars(sa.select(conversation.c.id).where(theirs))}
    for address in lower:
        for kept, column in ((suggestion, suggestion.c.heard), (past_ticket, past_ticket.c.body)):
            text = sa.type_coerce(column, sa.Text)
            written = text.icontains(f'"email":"{address}"', autoescape=True)
            found |= set(connection.scalars(sa.select(kept.c.ticket).where(written)))
    return found - {""}


def every_name(connection: sa.Connection) -> Iterator[str]:
    """Whatever any row calls a ticket, a record or an address, some of them several times."""
    for name, entry in CATALOGUE.items():
        table = metadata.tables[name]
        for column in (*entry.ticket, *entry.customer, *entry.address):
            yield from (one for one in connection.scalars(sa.select(table.c[column]).distinct()) if one)
        for column in entry.place:
            yield from (OWN + one for one in connection.scalars(sa.select(table.c[column]).distinct()))
