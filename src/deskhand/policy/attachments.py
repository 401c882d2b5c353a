"""Which files an agent may have: by what is claimed of them, and by what is in them."""

from collections.abc import Collection
from dataclasses import dataclass

from deskhand.domain.attachment import Attachment, Why, Withheld, in_words
from deskhand.policy.file_kinds import BY_ENDING, BY_TYPE, KINDS, FileKind

CAREFUL = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain", "text/csv")
NO_CLAIM = ("", "application/octet-stream", "binary/octet-stream")
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """`largest` in bytes; `types` are types of `file_kinds.KINDS`: no other can be told by its content."""

    largest: int = 20 * MEGABYTE
    types: Collection[str] = CAREFUL


def held_against(one: Attachment, limits: Limits) -> Withheld | None:
    """Why it is not even fetched, by what is claimed of it; None when nothing speaks against it so far."""
    if one.flagged:
        return Withheld(Why.FLAGGED, "the system that keeps it says that it is malicious")
    if one.size is not None and one.size > limits.largest:
        return too_large(limits)
    kind = kind_of(one)
    if isinstance(kind, Withheld):
        return kind
    return None if kind is None or kind.type in limits.types else _of_type(kind.type)


def judged(one: Attachment, content: bytes, limits: Limits) -> FileKind | Withheld:
    """What it is, when its name, its claim and its content agree on it and it is allowed; else why it is withheld."""
    if refused := held_against(one, limits):
        return refused
    if len(content) > limits.largest:
        return too_large(limits)
    kind = kind_of(one)
    assert not isinstance(kind, Withheld), "that was held against it"
    if kind is None:
        kind = next((each for each in KINDS if each.type in limits.types and each.looks(content)), None)
        if kind is None or kind.looks is BY_TYPE["text/plain"].looks:
            return Withheld(Why.TYPE, "neither its name, its system nor its content says what it is")
    if not kind.looks(content):
        return Withheld(Why.CONTENT, f"its content is not {kind.type}, as its name or its system says")
    return kind


def too_large(limits: Limits) -> Withheld:
    return Withheld(Why.TOO_LARGE, f"it is larger than the {in_words(limits.largest)} that this desk opens")


def kind_of(one: Attachment) -> FileKind | Withheld | None:
    """What name and claim say together; None where neither says anything."""
    ending = one.name.rpartition(".")[2].lower() if "." in one.name else ""
    named = BY_ENDING.get(ending)
    if ending and named is None:
        return Withheld(Why.TYPE, f"files that end in .{ending[:20]} are not opened here")
    if one.type in NO_CLAIM:
        return named
    if named is None:
        return BY_TYPE.get(one.type) or _of_type(one.type)
    if one.type not in named.types:
        return Withheld(Why.CONTENT, f"its name says {named.type}, and its system says {one.type}")
    return named


def _of_type(type: str) -> Withheld:
    return Withheld(Why.TYPE, f"files of type {type} are not opened here")
