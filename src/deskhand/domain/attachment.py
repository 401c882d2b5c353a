"""A file that hangs on a message: what its system says of it, and whether an agent may have it. Never its content."""

import re
from dataclasses import dataclass
from enum import StrEnum

from deskhand.domain.storable import storable

LONGEST = 120  # characters of a name
TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}")


@dataclass(frozen=True)
class Attachment:
    """`type` is the media type that somebody claims, "" where nobody does; `size` in bytes, None where it is not told;
    `ref` is where its connector finds it again, "" where it cannot; `flagged`: its own system says it is malicious.

    Whatever is given, a name is one line of one file name, in bounds, and shows what it is.
    """

    name: str
    type: str = ""
    size: int | None = None
    ref: str = ""
    flagged: bool = False

    def __post_init__(self) -> None:
        claimed = self.type.partition(";")[0].strip().lower()
        object.__setattr__(self, "name", _plain(self.name))
        object.__setattr__(self, "type", claimed if TYPE.fullmatch(claimed) else "")
        object.__setattr__(self, "size", self.size if self.size is not None and self.size >= 0 else None)
        object.__setattr__(self, "ref", storable(self.ref))

    def __str__(self) -> str:
        size = "size not told" if self.size is None else in_words(self.size)
        return f"{self.name} ({self.type or 'type not told'}, {size})"


class Why(StrEnum):
    """Why an agent does not get a file."""

    TOO_LARGE = "too_large"
    TYPE = "type"
    CONTENT = "content"
    FLAGGED = "flagged"
    INFECTED = "infected"
    CARD = "card"
    NOT_SCANNED = "not_scanned"
    GONE = "gone"
    OUT_OF_REACH = "out_of_reach"
    NOT_FETCHED = "not_fetched"


@dataclass(frozen=True)
class Withheld:
    """`says` is the reason, as a sentence about "it" without its first word's capital and without a full stop."""

    why: Why
    says: str


class Scanned(StrEnum):
    """What a scan program made of a file. FAILED: it could not tell."""

    CLEAN = "clean"
    INFECTED = "infected"
    FAILED = "failed"


def claimed(
    name: object, type: object = "", size: object = None, ref: object = "", *, flagged: bool = False
) -> Attachment:
    """One of what another system tells, whatever kinds of value it tells it in."""
    whole = size if isinstance(size, int) and not isinstance(size, bool) else None
    return Attachment(_text(name), _text(type), whole, _text(ref), flagged)


def in_words(size: int) -> str:
    """Bytes as people read them."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def _text(told: object) -> str:
    return told if isinstance(told, str) else ""


def _plain(name: str) -> str:
    """Without a path, and without what is not seen or turns the direction of reading: cut in the middle, so that its
    end, which says what it is, stays."""
    last = re.split(r"[/\\]", name[-10_000:])[-1]
    seen = "".join(one if one.isprintable() else " " for one in last)
    line = " ".join(seen.split()).strip(" .") or "unnamed"
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 41].rstrip()}\u2026{line[-40:].lstrip()}"
