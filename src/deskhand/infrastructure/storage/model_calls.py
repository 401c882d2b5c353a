"""Calls of language models: numbers in the journal for ever, words in a table of their own that can be erased."""

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

import sqlalchemy as sa

from deskhand.domain.model_call import ModelCall
from deskhand.infrastructure.storage.database import add_once
from deskhand.infrastructure.storage.journal import SqlJournal
from deskhand.infrastructure.storage.tables.journal import journal
from deskhand.infrastructure.storage.tables.knowledge import exchange
from deskhand.infrastructure.typed_json import codec

KIND = "model.called"
FIELDS = tuple(one.name for one in fields(ModelCall))


class SqlModelCalls:
    def __init__(self, connection: sa.Connection, lines: SqlJournal):
        self.connection, self.lines = connection, lines

    def note(
        self, ticket: str, message: str, call: ModelCall, *, policy: str, question: str, answer: str, at: datetime
    ) -> None:
        """See `ports.store.ModelCalls`. A question is kept with its first answer."""
        told = {name: getattr(call, name) for name in FIELDS}
        self.lines.append(KIND, ticket, {"message": message, "policy": policy} | told, at)
        if answer:
            words = {"ticket": ticket, "message": message, "digest": call.question}
            words |= {"question": question, "answer": answer}
            add_once(self.connection, exchange, words | {"at": at}, unless=["ticket", "digest"])

    def of_ticket(self, ticket: str) -> Sequence[tuple[str, ModelCall]]:
        made = sa.select(journal.c.body).where(journal.c.ticket == ticket, journal.c.kind == KIND)
        return [_told(text) for text in self.connection.scalars(made.order_by(journal.c.seq))]

    def answer(self, ticket: str, question: str) -> str | None:
        found: str | None = self.connection.scalar(
            sa.select(exchange.c.answer).where(exchange.c.ticket == ticket, exchange.c.digest == question)
        )
        return found

    def words(self, ticket: str) -> Sequence[tuple[str, str, str]]:
        kept = sa.select(exchange).where(exchange.c.ticket == ticket).order_by(exchange.c.number)
        return [(row.digest, row.question, row.answer) for row in self.connection.execute(kept)]


def _told(text: str) -> tuple[str, ModelCall]:
    body = json.loads(text)
    call: ModelCall = codec(ModelCall).load(json.dumps({name: body[name] for name in FIELDS}))
    return str(body["message"]), call
