"""Who was forgotten, outside of the database, so that a restored copy of it can be told: keyed hashes, a line each."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deskhand.domain.privacy import mark

CHECK = "the secret of the register"


@dataclass(frozen=True)
class Entry:
    """One erasure: what each of their names is kept as. `key` tells under which secret that was made."""

    id: str
    at: datetime
    key: str
    marks: frozenset[str]


def key_of(secret: bytes) -> str:
    """Another one for another secret."""
    return mark(secret, CHECK)[:12]


def read(places: Iterable[Path]) -> Mapping[str, Entry]:
    """Every erasure by its id, from all places together. A line that a crash cut short is none."""
    found: dict[str, Entry] = {}
    for place in places:
        for line in place.read_text("utf-8").splitlines() if place.is_file() else ():
            try:
                one = json.loads(line)
                entry = Entry(one["id"], datetime.fromisoformat(one["at"]), one["key"], frozenset(one["marks"]))
            except (ValueError, KeyError):
                continue
            found[entry.id] = entry
    return found


def add(places: Iterable[Path], secret: bytes, id: str, at: datetime, names: Collection[str]) -> list[Path]:
    """Write it at every place that has it not yet; those that could not be written are given back."""
    marks = sorted({mark(secret, one) for one in names})
    line = json.dumps({"id": id, "at": at.isoformat(), "key": key_of(secret), "marks": marks})
    failed = []
    for place in places:
        if id in read([place]):
            continue
        try:
            with place.open("a+", encoding="utf-8") as file:
                file.seek(0)
                whole = file.read()
                file.write(("\n" if whole and not whole.endswith("\n") else "") + line + "\n")
        except OSError:
            failed.append(place)
    return failed
