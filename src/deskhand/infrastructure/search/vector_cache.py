"""Keeps vectors of texts that change seldom - articles, examples - in a SQLite file, so that a process starts fast."""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from deskhand.infrastructure.search.embedder import Embedder, Vectors

TABLE = """create table if not exists vector (
    embedder text not null, digest blob not null, vector blob not null, primary key (embedder, digest)
) without rowid"""
CHUNK = 500


class VectorCache:
    """`path` is made when it is not there; without one nothing outlives the process. It may be deleted at any time."""

    def __init__(self, path: Path | None = None):
        self._path = path

    def vectors(self, embed: Embedder, texts: Sequence[str]) -> Vectors:
        """As `embed(texts)`, but each text is embedded once for all processes that share the file."""
        if self._path is None:
            return embed(texts)
        digests = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        with closing(sqlite3.connect(self._path, timeout=30)) as database:
            database.execute(TABLE)
            known = dict(_rows(database, embed.name, list(dict.fromkeys(digests))))
            new = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
            if new:
                made = {digest: row.tobytes() for digest, row in zip(new, embed(list(new.values())), strict=True)}
                known |= made
                database.executemany(
                    "insert or ignore into vector values (?, ?, ?)", [(embed.name, *pair) for pair in made.items()]
                )
                database.commit()
        if not digests:
            return embed([])
        return np.frombuffer(b"".join(known[digest] for digest in digests), np.float32).reshape(len(digests), -1)

    def clear(self) -> None:
        """Forget every vector. Whoever needs one again embeds its text again."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)


def _rows(database: sqlite3.Connection, name: str, digests: list[bytes]) -> Iterable[tuple[bytes, bytes]]:
    for start in range(0, len(digests), CHUNK):
        part = digests[start : start + CHUNK]
        marks = ",".join("?" * len(part))
        # Marks are question marks.
        query = f"select digest, vector from vector where embedder = ? and digest in ({marks})"  # nosec B608
        yield from database.execute(query, (name, *part))
