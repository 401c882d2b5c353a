"""The headers of a letter from anybody: read one by one, in bounds, and never trusted to be well formed."""

import re
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from typing import TypeAlias

from deskhand.connectors.documents.charset import codec_of

LONGEST = 8_000  # characters of one header that are looked at
ADDRESS = re.compile(r"(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,300}>")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

Letter: TypeAlias = "Message[str, str]"


def raw(letter: Letter, name: str) -> list[str]:
    """Each header of this name as it stands, unfolded."""
    return [re.sub(r"[\r\n]+[ \t]*", " ", str(one))[:LONGEST] for one in letter.get_all(name, [])]


def plain(letter: Letter, name: str) -> str:
    """The first header of this name as one line that people read."""
    return line_of(next(iter(raw(letter, name)), ""))


def line_of(text: str) -> str:
    """Encoded words decoded, whatever they claim to be encoded in; no control characters."""
    try:
        parts = decode_header(text)
    except Exception:  # an encoded word may be broken in more ways than there are errors
        parts = [(text, None)]
    made = "".join(one if isinstance(one, str) else _decoded(one, charset) for one, charset in parts)
    return CONTROL.sub(" ", made).strip()


def sender(letter: Letter) -> tuple[str, str]:
    """(name, address) of the one who says to have written it; the address is "" unless there is exactly one."""
    found = raw(letter, "from")
    if len(found) != 1:
        return "", ""
    addresses = _pairs(found)
    if len(addresses) != 1 or not ADDRESS.fullmatch(addresses[0][1]):
        return "", ""
    return line_of(addresses[0][0])[:200], addresses[0][1]


def addresses(letter: Letter, *names: str) -> list[str]:
    """Every address in these headers."""
    found = _pairs([one for name in names for one in raw(letter, name)])
    return [address for _, address in found if ADDRESS.fullmatch(address)]


def message_ids(letter: Letter, name: str) -> list[str]:
    """The ids in all headers of this name, in order."""
    return [found for one in raw(letter, name) for found in MESSAGE_ID.findall(one)]


def _pairs(headers: list[str]) -> list[tuple[str, str]]:
    """None where one is so broken that the library does not come back from it."""
    try:
        return getaddresses(headers)
    except (RecursionError, IndexError):
        return []


def _decoded(text: bytes, charset: str | None) -> str:
    for one in filter(None, (codec_of(charset or ""), "utf-8")):
        try:
            return text.decode(one)
        except ValueError:
            continue
    return text.decode("latin-1")
