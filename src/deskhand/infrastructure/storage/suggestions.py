"""Suggestions that wait for agents: the first decision stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Suggestion, SuggestionState
from deskhand.infrastructure.storage.database import add_once
from deskhand.infrastructure.storage.tables.effects import approval
from deskhand.infrastructure.storage.tables.effects import suggestion as table
from deskhand.infrastructure.storage.tables.effects import suggestion_shown as shown

PENDING = SuggestionState.PENDING
TOLD = [column for column in table.c if not column.name.startswith("settled_")]


class SqlSuggestions:
    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def add(self, suggestion: Suggestion) -> None:
        row = {column.name: getattr(suggestion, column.name) for column in TOLD}
        row |= {"stage": suggestion.stage.value, "state": suggestion.state.value}
        add_once(self.connection, table, row, unless=["id"])

    def get(self, id: str) -> Suggestion | None:
        return next(iter(self._all(table.c.id == id)), None)

    def settle(self, id: str, state: SuggestionState, by: str, at: datetime, text: str = "") -> bool:
        if state is PENDING:
            raise ValueError("a suggestion cannot be settled as pending")
        told = {"state": state.value, "settled_by": by, "settled_at": at, "settled_text": text}
        first = sa.update(table).where(table.c.id == id, table.c.state == PENDING.value).values(told)
        return self.connection.execute(first).rowcount == 1

    def settled_by(self, id: str) -> tuple[str, str] | None:
        settled = sa.select(table.c.settled_by, table.c.settled_text).where(
            table.c.id == id, table.c.state != PENDING.value
        )
        row = self.connection.execute(settled).one_or_none()
        return None if row is None else (row.settled_by, row.settled_text)

    def approve_as(self, id: str, role: str, person: str, digest: str, at: datetime) -> None:
        row = {"suggestion": id, "role": role, "person": person, "digest": digest, "at": at}
        add_once(self.connection, approval, row, unless=["suggestion", "role", "person", "digest"])

    def approvals(self, id: str) -> Sequence[tuple[str, str, str]]:
        columns = sa.select(approval.c.role, approval.c.person, approval.c.digest)
        rows = self.connection.execute(columns.where(approval.c.suggestion == id).order_by(approval.c.number))
        return [(row.role, row.person, row.digest) for row in rows]

    def show(self, id: str, person: str, at: datetime) -> None:
        add_once(self.connection, shown, {"suggestion": id, "person": person, "at": at})

    def shown_at(self, id: str, person: str) -> datetime | None:
        wanted = sa.select(shown.c.at).where(shown.c.suggestion == id, shown.c.person == person)
        found: datetime | None = self.connection.scalar(wanted)
        return found

    def pending(self, ticket: str | None = None, limit: int | None = None) -> Sequence[Suggestion]:
        of_ticket = [table.c.ticket == ticket] if ticket is not None else []
        return self._all(table.c.state == PENDING.value, *of_ticket, limit=limit)

    def _all(self, *which: sa.ColumnElement[bool], limit: int | None = None) -> list[Suggestion]:
        wanted = sa.select(*TOLD).where(*which).order_by(table.c.created_at, table.c.id).limit(limit)
        rows = self.connection.execute(wanted)
        return [_suggestion(row) for row in rows]


def _suggestion(row: sa.Row[Any]) -> Suggestion:
    fields = {name: value for name, value in row._mapping.items() if name != "ticket"}
    return Suggestion(**fields | {"stage": Stage(row.stage), "state": SuggestionState(row.state)})
