"""What visitors leave beside messages, and how often they came."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from datetime import datetime, timedelta

import sqlalchemy as sa

from deskhand.domain.errors import Missing, TooLarge
from deskhand.domain.survey import Answered
from deskhand.domain.visit import Rating, SentFile
from deskhand.infrastructure.storage.database import add_once, insert
from deskhand.infrastructure.storage.tables.channels import rating as ratings
from deskhand.infrastructure.storage.tables.channels import sent_file as files
from deskhand.infrastructure.storage.tables.channels import survey_answer as answers
from deskhand.infrastructure.storage.tables.channels import visit as visits

TOLD = [files.c[field.name] for field in fields(SentFile)]  # a list of files reads no content
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class SqlVisits:
    """See `ports.store.Visits`."""

    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def come(self, who: str, at: datetime, since: datetime, most: int) -> datetime | None:
        if oldest := self.full(who, since, most):
            return oldest
        self.connection.execute(sa.insert(visits).values(who=who, at=at))
        self.connection.execute(sa.delete(visits).where(visits.c.at < at - HOUR))  # whoever's
        return None

    def full(self, who: str, since: datetime, most: int) -> datetime | None:
        lately = sa.select(visits.c.at).where(visits.c.who == who, visits.c.at > since)
        newest_first = lately.order_by(visits.c.at.desc(), visits.c.number.desc())
        oldest: datetime | None = self.connection.scalar(newest_first.offset(most - 1).limit(1))
        return oldest

    def rate(self, rating: Rating) -> bool:
        return add_once(self.connection, ratings, asdict(rating), unless=["ticket"])

    def rating(self, ticket: str) -> Rating | None:
        row = self.connection.execute(sa.select(ratings).where(ratings.c.ticket == ticket)).one_or_none()
        return None if row is None else Rating(**row._mapping)

    def answer(self, one: Answered) -> None:
        row = insert(self.connection, answers).values(**asdict(one))
        newer = {"score": one.score, "words": one.words, "at": one.at}
        self.connection.execute(row.on_conflict_do_update(index_elements=["ticket", "stretch"], set_=newer))

    def answered(self, ticket: str, stretch: int) -> Answered | None:
        asked = sa.select(answers).where(answers.c.ticket == ticket, answers.c.stretch == stretch)
        row = self.connection.execute(asked).one_or_none()
        return None if row is None else Answered(**row._mapping)

    def comments(self, since: datetime) -> Sequence[tuple[str, int, str]]:
        found = [
            self.connection.execute(
                sa.select(table.c.at, table.c.ticket, table.c.score, table.c.words).where(
                    table.c.at >= since, table.c.words != ""
                )
            ).all()
            for table in (ratings, answers)
        ]
        rows = sorted(row for part in found for row in map(tuple, part))
        return [(ticket, score, words) for _, ticket, score, words in rows]

    def keep(self, file: SentFile, content: bytes) -> bool:
        self.connection.execute(sa.delete(files).where(files.c.message == "", files.c.at < file.at - DAY))
        return add_once(self.connection, files, asdict(file) | {"content": content}, unless=["id"])

    def files(self, ticket: str) -> Sequence[SentFile]:
        asked = sa.select(*TOLD).where(files.c.ticket == ticket).order_by(files.c.at, files.c.id)
        return [SentFile(**row._mapping) for row in self.connection.execute(asked)]

    def attach(self, ticket: str, ids: Collection[str], message: str) -> Sequence[SentFile]:
        free = sa.update(files).where(files.c.ticket == ticket, files.c.id.in_(ids), files.c.message == "")
        self.connection.execute(free.values(message=message))
        return [one for one in self.files(ticket) if one.id in ids and one.message == message]


class SentFiles:
    """See `ports.reads.AttachmentReads`. A `ref` is the id of a file."""

    def __init__(self, database: sa.Engine):
        self._database = database

    def fetch(self, ref: str, limit: int) -> bytes:
        with self._database.connect() as connection:
            row = connection.execute(sa.select(files.c.size, files.c.content).where(files.c.id == ref)).one_or_none()
        if row is None:
            raise Missing(f"file {ref}")
        if row.size > limit:
            raise TooLarge(f"file {ref}: larger than {limit} bytes")
        content: bytes = row.content
        return content
