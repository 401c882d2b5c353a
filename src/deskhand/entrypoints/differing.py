"""What differs between two sets of files, line by line, for screens and for the command line."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff

CONTEXT = 3  # unchanged lines around a change


@dataclass(frozen=True)
class FileChange:
    """`lines` of a unified difference, each with its sign: "+", "-", "@" or " "."""

    name: str
    lines: tuple[tuple[str, str], ...]


def differing(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[FileChange]:
    """File by file, those that are the same left out."""
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name, "").splitlines(), new.get(name, "").splitlines()
        lines = list(unified_diff(was, now, lineterm="", n=CONTEXT))[2:]
        if lines:
            yield FileChange(name, tuple((line[:1], line if line[:1] == "@" else line[1:]) for line in lines))


def texts(files: Mapping[str, bytes]) -> dict[str, str]:
    """Files that hold no text differ all the same: what is none is shown by its size."""
    found: dict[str, str] = {}
    for name, content in files.items():
        try:
            found[name] = content.decode()
        except UnicodeDecodeError:
            found[name] = f"({len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()})"
    return found
