"""The JSON values of a file, one at a time with the line each begins on: one a line, or the entries of one list."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

LARGEST = 8_000_000  # bytes of one value
PART = 1 << 16
LIST = re.compile(r'\A\s*(?:\{[^\[{]*"(?:tickets|issues|results|data)"\s*:\s*)?\[')  # what exports call their list
BETWEEN = " \t\r\n,"


@dataclass(frozen=True)
class Value:
    line: int
    value: Any


@dataclass(frozen=True)
class NoValue:
    line: int
    why: str


def values(file: Path) -> Iterator[Value | NoValue]:
    """In order, holding one at a time. What is no JSON or no UTF-8 is told in its place, and the rest goes on."""
    with file.open("rb") as opened:
        start = opened.read(PART).decode("utf-8-sig", "replace")
        opened.seek(0)
        yield from _entries(opened) if LIST.match(start) else _lines(opened)


def _lines(opened: IO[bytes]) -> Iterator[Value | NoValue]:
    number = 0
    while raw := opened.readline(LARGEST):
        number += 1
        if len(raw) == LARGEST and not raw.endswith(b"\n"):
            while (more := opened.readline(LARGEST)) and not more.endswith(b"\n"):
                pass
            yield NoValue(number, f"is longer than {LARGEST:,} bytes")
        elif stripped := raw.removeprefix(b"\xef\xbb\xbf").strip():
            yield _read(stripped, number)


def _read(raw: bytes, line: int) -> Value | NoValue:
    try:
        return Value(line, json.loads(raw.decode("utf-8")))
    except UnicodeDecodeError as error:
        return NoValue(line, f"is not UTF-8 (byte {error.start + 1})")
    except (ValueError, RecursionError) as error:
        return NoValue(line, f"is no JSON: {error}")


def _entries(opened: IO[bytes]) -> Iterator[Value | NoValue]:
    """Behind an entry that cannot be read nothing tells where the next one begins: it ends there, and says so."""
    decoder, pieces = json.JSONDecoder(), _pieces(opened)
    text = next(pieces)
    begun = LIST.match(text)
    assert begun is not None
    line, text = 1 + begun[0].count("\n"), text[begun.end() :]
    while True:
        rest = text.lstrip(BETWEEN)
        line, text = line + text.count("\n", 0, len(text) - len(rest)), rest
        if text.startswith("]"):
            return
        try:
            found, end = decoder.raw_decode(text)
        except (ValueError, RecursionError) as error:
            more = next(pieces, None)
            if more is None or len(text) > LARGEST:
                yield NoValue(line, f"is no JSON, and what follows was not read: {error}")
                return
            text += more
            continue
        yield Value(line, found)
        line, text = line + text.count("\n", 0, end), text[end:]


def _pieces(opened: IO[bytes]) -> Iterator[str]:
    """The text in parts; a byte that is no UTF-8 stands as a question mark."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    while raw := opened.read(PART):
        yield decoder.decode(raw)
