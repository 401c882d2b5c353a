"""Contacts that we begin ourselves, one row for each event, family and customer; and who has opted out."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from deskhand.domain.outreach import CONTACT, Contact, ContactState, OptOut
from deskhand.domain.privacy import mark
from deskhand.infrastructure.storage.database import add_once
from deskhand.infrastructure.storage.ledger import COUNTED
from deskhand.infrastructure.storage.tables.customers import opt_out
from deskhand.infrastructure.storage.tables.customers import proactive_contact as table
from deskhand.infrastructure.storage.tables.effects import effect
from deskhand.infrastructure.storage.tables.privacy import forgotten
from deskhand.infrastructure.storage.tables.tickets import result

COLUMNS = tuple(column.name for column in table.c)
UNSETTLED = (ContactState.OPEN.value, ContactState.SUGGESTED.value)


class SqlContacts:
    """See `ports.store.Contacts`."""

    def __init__(self, connection: sa.Connection, secret: bytes = b""):
        self.connection, self.secret = connection, secret

    def file(self, contact: Contact) -> bool:
        row = {name: getattr(contact, name) for name in COLUMNS} | {"state": contact.state.value}
        return add_once(self.connection, table, row, unless=["key"])

    def get(self, key: str) -> Contact | None:
        found = self._contacts(table.c.key == key)
        return found[0] if found else None

    def known(self, family: str, origin: str) -> Contact | None:
        found = self._contacts(table.c.family == family, table.c.origin == origin)
        return found[0] if found else None

    def waiting(self, families: Collection[str]) -> Sequence[Contact]:
        return self._contacts(table.c.state == ContactState.OPEN.value, table.c.family.in_(families))

    def every(self) -> Sequence[Contact]:
        return self._contacts(sa.true())

    def told(self, customers: Collection[str], since: datetime) -> Sequence[Contact]:
        done = table.c.state == ContactState.CONTACTED.value
        return self._contacts(done, table.c.customer.in_(customers), table.c.settled_at >= since)

    def settle(self, key: str, state: ContactState, why: str, at: datetime, ticket: str = "") -> bool:
        new = {"state": state.value, "why": why, "settled_at": at, "ticket": ticket}
        waiting = sa.update(table).where(table.c.key == key, table.c.state.in_(UNSETTLED))
        return self.connection.execute(waiting.values(new)).rowcount == 1

    def wait(self, key: str, why: str) -> bool:
        still = sa.update(table).where(table.c.key == key, table.c.state == ContactState.OPEN.value)
        return self.connection.execute(still.where(table.c.why != why).values(why=why)).rowcount == 1

    def looked_again(self, key: str, solved: bool) -> None:
        self.connection.execute(sa.update(table).where(table.c.key == key).values(solved=solved))

    def sent(self, customers: Collection[str] | None, since: datetime, but: str) -> int:
        counted = sa.select(sa.func.count()).select_from(effect)
        counted = counted.where(effect.c.action == CONTACT, effect.c.at >= since, effect.c.state.in_(COUNTED))
        counted = counted.where(effect.c.key != but)
        if customers is not None:
            counted = counted.where(effect.c.customer.in_(customers))
        return int(self.connection.execute(counted).scalar_one())

    def heard_from(self, since: datetime) -> Sequence[str]:
        own = (result.c.customer != "", result.c.verified, result.c.at >= since)
        return list(self.connection.scalars(sa.select(result.c.customer).where(*own).distinct().order_by("customer")))

    def wrote(self, customer: str, since: datetime, until: datetime) -> bool:
        own = (result.c.customer == customer, result.c.verified, result.c.at >= since, result.c.at <= until)
        return self.connection.scalar(sa.select(result.c.ticket).where(*own).limit(1)) is not None

    def opt_out(self, customer: str, *, by: str, at: datetime) -> bool:
        if self.opted_out([customer]):
            return False
        self.connection.execute(sa.insert(opt_out).values(customer=customer, by=by, at=at, undone_by=""))
        return True

    def opt_in(self, customer: str, *, by: str, at: datetime) -> bool:
        standing = sa.update(opt_out).where(opt_out.c.customer == customer, opt_out.c.undone_at.is_(None))
        return self.connection.execute(standing.values(undone_by=by, undone_at=at)).rowcount > 0

    def opted_out(self, customers: Collection[str]) -> OptOut | None:
        asked = sa.select(opt_out.c.customer, opt_out.c.by, opt_out.c.at)
        standing = asked.where(opt_out.c.customer.in_(customers), opt_out.c.undone_at.is_(None))
        row = self.connection.execute(standing.order_by(opt_out.c.number).limit(1)).one_or_none()
        return OptOut(*row) if row else self._forgotten(customers)

    def _forgotten(self, customers: Collection[str]) -> OptOut | None:
        """Who had everything erased is not written to first, though nobody can tell any more who they are."""
        marks = {mark(self.secret, one): one for one in customers}
        asked = sa.select(forgotten.c.mark, forgotten.c.at).where(forgotten.c.mark.in_(marks))
        row = self.connection.execute(asked.order_by(forgotten.c.at).limit(1)).one_or_none()
        return OptOut(marks[row.mark], "erasure", row.at) if row else None

    def _contacts(self, *which: sa.ColumnElement[bool]) -> list[Contact]:
        rows = self.connection.execute(sa.select(table).where(*which).order_by(table.c.noticed_at, table.c.key))
        return [_contact(row) for row in rows]


def _contact(row: sa.Row[Any]) -> Contact:
    fields = dict(row._mapping)
    return Contact(**fields | {"state": ContactState(fields["state"])})
