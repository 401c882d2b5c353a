"""The text of a letter and the names of what is attached, whatever it is made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message

from deskhand.connectors.documents.charset import codec_of
from deskhand.connectors.imap.headers import Letter, line_of
from deskhand.connectors.imap.html import text_of
from deskhand.domain.attachment import Attachment, claimed
from deskhand.domain.errors import Unreadable

PARTS = 200  # in one letter; deeper and more than any mail program makes
DEPTH = 12
ATTACHMENTS = 50  # that are named
TEXT = 400_000  # bytes of text that are read
BOUNDARY = re.compile(rb"(?im)^content-type:[ \t]*(?:multipart|message)/")
# In how many ways the library trips over a letter that is broken on purpose.
BROKEN = (RecursionError, MessageError, LookupError, ValueError, TypeError, AttributeError)
DASHES = re.compile(rb"(?m)^--")


@dataclass(frozen=True)
class Body:
    text: str
    attachments: tuple[Attachment, ...]


def too_many(letter: bytes) -> str:
    """Why it should not even be taken apart, as half a sentence; "" when it may be."""
    if len(BOUNDARY.findall(letter)) > PARTS:
        return f"has more than {PARTS} parts"
    if len(DASHES.findall(letter)) > 20_000:
        return "has too many lines that look like the border of a part"
    return ""


def body_of(letter: Letter) -> Body:
    """`Unreadable` when it has too many parts, or cannot be taken apart. The `ref` of an attachment is which part."""
    try:
        return _body(_leaves(letter))
    except BROKEN as error:
        raise Unreadable(f"cannot be taken apart: {type(error).__name__}") from error


def _body(parts: list[Letter]) -> Body:
    plain = [one for one in parts if one.get_content_type() == "text/plain" and not _attached(one)]
    html = [one for one in parts if one.get_content_type() == "text/html" and not _attached(one)]
    text = "\n".join(map(_text, plain)).strip()
    if not text:
        text = "\n".join(text_of(_text(one)) for one in html).strip()
    shown = {id(one) for one in (*plain, *html)}
    others = [(place, one) for place, one in enumerate(parts) if id(one) not in shown]
    return Body(text, tuple(_attachment(place, one) for place, one in others[:ATTACHMENTS]))


def content_of(letter: Letter, part: str) -> bytes | None:
    """What is in a part, by the `ref` of its attachment; None when it has no such part, or one that is a letter."""
    parts = _leaves(letter)
    place = int(part) if part.isdecimal() and len(part) < 4 else PARTS
    return _decoded(parts[place]) if place < len(parts) else None


def _leaves(letter: Letter) -> list[Letter]:
    try:
        parts = list(_parts(letter, 0))
    except BROKEN as error:
        raise Unreadable(f"cannot be taken apart: {type(error).__name__}") from error
    if len(parts) > PARTS:
        raise Unreadable(f"has more than {PARTS} parts")
    return parts


def _parts(part: Letter, depth: int) -> Iterator[Letter]:
    """The leaves; a letter within a letter is one leaf, since its words are somebody else's."""
    if depth > DEPTH:
        raise Unreadable(f"has parts within parts, more than {DEPTH} deep")
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        for one in part.get_payload():
            if isinstance(one, Message):
                yield from _parts(one, depth + 1)
    else:
        yield part


def _attached(part: Letter) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _text(part: Letter) -> str:
    charset = part.get_param("charset")
    part.del_param("charset")  # some are none for text, and the library trips over them
    found = part.get_payload(decode=True)
    raw = found[:TEXT] if isinstance(found, bytes) else b""
    for one in filter(None, (codec_of(charset) if isinstance(charset, str) else "", "utf-8")):
        try:
            return raw.decode(one)
        except ValueError:  # it is not in it
            continue
    return raw.decode("windows-1252", "replace")


def _attachment(place: int, part: Letter) -> Attachment:
    try:
        given = part.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        given = ""
    content = _decoded(part)
    return claimed(line_of(given), part.get_content_type(), None if content is None else len(content), str(place))


def _decoded(part: Letter) -> bytes | None:
    try:
        found = part.get_payload(decode=True)
    except (LookupError, ValueError, TypeError):
        return None
    return found if isinstance(found, bytes) else None
