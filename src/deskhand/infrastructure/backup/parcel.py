"""What lies in a backup: named parts, a piece at a time, and a manifest at the end that says what each of them was."""

import hashlib
import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Protocol

from deskhand.infrastructure.backup.sealed_file import Sink, Unopened

PIECE = 1 << 18
MANIFEST = "manifest"
LONGEST = 1 << 26  # bytes of a manifest
LENGTH = struct.Struct(">I")


class Source(Protocol):
    """What bytes can be read from; fewer than asked for only at the end."""

    def read(self, size: int, /) -> bytes: ...


@dataclass
class ParcelWriter:
    """`parts` are those written so far, with size and SHA-256."""

    sink: Sink
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        if not _plain(name) or name in self.parts:
            raise ValueError(f"{name!r} cannot be part of a backup")
        self._text(name.encode())
        seen, size = hashlib.sha256(), 0
        for piece in pieces:
            for start in range(0, len(piece), PIECE):
                part = piece[start : start + PIECE]
                seen.update(part)
                size += len(part)
                self._text(part)
        self._text(b"")
        self.parts[name] = {"size": size, "sha256": seen.hexdigest()}

    def close(self, told: dict[str, Any]) -> None:
        """The manifest: what is told, with all parts."""
        self._text(MANIFEST.encode())
        text = json.dumps(told | {"parts": self.parts}, ensure_ascii=False).encode()
        for start in range(0, len(text), PIECE):
            self._text(text[start : start + PIECE])
        self._text(b"")

    def _text(self, text: bytes) -> None:
        self.sink.write(LENGTH.pack(len(text)) + text)


class ParcelReader:
    """Its parts in order. After the last one `manifest` is there, and each part was held against it."""

    def __init__(self, source: Source):
        self._source = source
        self.manifest: dict[str, Any] = {}

    def __iter__(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        seen: dict[str, dict[str, Any]] = {}
        while (name := self._text().decode("utf-8", "replace")) != MANIFEST:
            if not _plain(name) or name in seen:
                raise Unopened(f"a part of this backup has a name that none can have: {name[:80]!r}")
            counted = _Counted(self._pieces())
            yield name, counted
            for _ in counted:
                pass  # whoever did not want it
            seen[name] = {"size": counted.size, "sha256": counted.digest.hexdigest()}
        told = bytearray()
        for piece in self._pieces():
            told += piece
            if len(told) > LONGEST:
                raise Unopened("the manifest of this backup is too long to be one")
        self.manifest = json.loads(bytes(told))
        if self._source.read(1) or self.manifest.get("parts") != seen:
            raise Unopened("the parts of this backup are not those of its manifest")

    def _pieces(self) -> Iterator[bytes]:
        while piece := self._text():
            yield piece

    def _text(self) -> bytes:
        head = self._source.read(LENGTH.size)
        if len(head) < LENGTH.size:
            raise Unopened("this backup ends too early")
        (length,) = LENGTH.unpack(head)
        if length > PIECE:
            raise Unopened("this backup is not written as one")
        text = self._source.read(length)
        if len(text) < length:
            raise Unopened("this backup ends too early")
        return text


class _Counted:
    def __init__(self, pieces: Iterator[bytes]):
        self._pieces, self.digest, self.size = pieces, hashlib.sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = next(self._pieces)
        self.digest.update(piece)
        self.size += len(piece)
        return piece


def _plain(name: str) -> bool:
    """Whether it names a place below another, and nothing else on any system."""
    path = PurePosixPath(name)
    parts = name.split("/")
    usual = all(part not in ("", ".", "..") for part in parts) and not any(c in name for c in "\\:\0")
    return usual and not path.is_absolute() and name != MANIFEST and len(name) <= 1000
