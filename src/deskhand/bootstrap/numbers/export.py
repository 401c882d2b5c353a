"""Tickets and messages of a desk as files for other programs: streamed, and the same for the same desk and moment."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from deskhand.bootstrap.numbers.numbers import Counting
from deskhand.bootstrap.rollups import RollUps
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.journal_line import JournalLine
from deskhand.infrastructure.table_file import CsvFile, NoParquet, ParquetFile, TableFile
from deskhand.measurement.export_rows import MESSAGES, TICKETS, Column, TicketSeen

Of = TypeVar("Of")
FIRST, LAST = date(1, 1, 2), date(9999, 12, 30)


class Format(StrEnum):
    CSV = "csv"
    PARQUET = "parquet"


@dataclass(frozen=True)
class Exported:
    """The files that were written, with the number of their rows. `behind`: lines of the journal not counted yet."""

    files: Mapping[str, int]
    behind: int


OPEN: Mapping[Format, Callable[[Path, Mapping[str, str]], TableFile]] = {
    Format.CSV: CsvFile,
    Format.PARQUET: ParquetFile,
}


def export(
    counting: Counting, folder: Path, form: Format, now: datetime, *, since: date | None, until: date | None
) -> Exported:
    """Of tickets that came up, and messages that ended, on these days (UTC), both included. A file is there when it is
    whole: it is written beside its place first."""
    while not counting.keep_up():
        pass
    first, last = since or FIRST, until or LAST
    folder.mkdir(parents=True, exist_ok=True)
    seen = (TicketSeen(one, now, counting.window) for one in counting.rollups.in_order(first, last))
    tickets, messages = folder / f"tickets.{form}", folder / f"messages.{form}"
    files = {
        tickets.name: _written(tickets, form, TICKETS, seen),
        messages.name: _written(messages, form, MESSAGES, _last_endings(counting.rollups, first, last)),
    }
    return Exported(files, counting.rollups.behind())


def _written(file: Path, form: Format, columns: Sequence[Column[Of]], rows: Iterator[Of]) -> int:
    part, count = file.with_name(f".{file.name}.part"), 0
    try:
        with OPEN[form](part, {one.name: str(one.kind) for one in columns}) as out:
            for row in rows:
                out.write([one.of(row) for one in columns])
                count += 1
        part.replace(file)
    except NoParquet as error:
        what = 'Parquet needs pyarrow: pip install "deskhand[parquet]", or use --format csv. Nothing was written'
        raise DeskFault((Fault(str(file), 1, what),)) from error
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    return count


def _last_endings(rollups: RollUps, first: date, last: date) -> Iterator[JournalLine]:
    """One line for each message, its last: by ticket, and in the order of the journal within it."""
    for lines in rollups.endings():
        newest = {(line.ticket, str(line.body["message"])): line for line in lines}
        yield from (
            line
            for line in lines
            if newest[line.ticket, str(line.body["message"])] is line and first <= line.at.date() <= last
        )
