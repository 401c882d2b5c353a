"""Rows written to a file one by one, as CSV or as Parquet; what is written is the same for the same rows."""

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

Cell = str | int | float | bool | datetime | None
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")  # how a cell begins that a spreadsheet takes for a formula
GROUP = 10_000  # rows that Parquet keeps together, and that are held in memory


class NoParquet(Exception):
    """What writes Parquet is not installed."""


class TableFile(Protocol):
    def write(self, row: Sequence[Cell]) -> None: ...
    def __enter__(self) -> "TableFile": ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class CsvFile:
    """UTF-8, comma, LF; times in ISO 8601 with Z, yes and no as true and false, nothing as an empty cell. A text that a
    spreadsheet would take for a formula gets an apostrophe before it."""

    def __init__(self, file: Path, columns: Mapping[str, str]) -> None:
        self._out = file.open("w", encoding="utf-8", newline="")
        self._rows = csv.writer(self._out, lineterminator="\n")
        self._rows.writerow(columns)

    def write(self, row: Sequence[Cell]) -> None:
        self._rows.writerow([_cell(one) for one in row])

    def __enter__(self) -> "CsvFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._out.close()


def _cell(one: Cell) -> str:
    match one:
        case None:
            return ""
        case bool():
            return "true" if one else "false"
        case datetime():
            return one.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        case str():
            return f"'{one}" if one.startswith(RISKY) else one
        case _:
            return repr(one)


class ParquetFile:
    """`columns`: the kind of each by its name, as `measurement.export_rows.Kind` names it."""

    def __init__(self, file: Path, columns: Mapping[str, str]) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError as error:
            raise NoParquet from error
        types = {
            "text": pyarrow.string(),
            "whole number": pyarrow.int64(),
            "number": pyarrow.float64(),
            "yes or no": pyarrow.bool_(),
            "time (UTC)": pyarrow.timestamp("ms", "UTC"),
        }
        self._arrow: Any = pyarrow
        self._schema: Any = pyarrow.schema([(name, types[kind]) for name, kind in columns.items()])
        self._writer: Any = parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._rows: list[Sequence[Cell]] = []

    def write(self, row: Sequence[Cell]) -> None:
        self._rows.append([_whole(one) for one in row])
        if len(self._rows) == GROUP:
            self._flush()

    def __enter__(self) -> "ParquetFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            columns = [
                self._arrow.array(column, field.type)
                for column, field in zip(zip(*self._rows, strict=True), self._schema, strict=True)
            ]
            self._writer.write_table(self._arrow.table(columns, schema=self._schema))
            self._rows = []


def _whole(one: Cell) -> Cell:
    """A time to the millisecond, cut as the text of it is."""
    return one.replace(microsecond=one.microsecond // 1000 * 1000) if isinstance(one, datetime) else one
