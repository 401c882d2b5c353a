"""Deliveries of systems that sign: what they say may be anything, and is signed by them."""

import base64
import hmac
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass, replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st
from tests.fuzz.mutating import header_texts

SECRET = "a secret"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
AT = str(int(NOW.timestamp()))
Signed = tuple[Mapping[str, str], bytes]
Sign = Callable[[bytes, str], Mapping[str, str]]


def deliveries(sign: Sign, stamp: str, bodies: st.SearchStrategy[bytes], *names: str) -> st.SearchStrategy[Signed]:
    """Signed over the body, mostly at the time that is told; in one of a few a header of these is another."""
    stamps = st.just(stamp) | st.just(stamp) | st.just(stamp) | header_texts()
    other: st.SearchStrategy[Mapping[str, str]] = st.just({})
    if names:
        other = other | other | st.dictionaries(st.sampled_from(names), header_texts(), max_size=2)
    return st.tuples(bodies, stamps, other).map(lambda one: ({**sign(one[0], one[1]), **one[2]}, one[0]))


def mac(text: bytes, how: str = "sha256") -> bytes:
    return hmac.digest(SECRET.encode(), text, how)


def base64_mac(text: bytes, how: str = "sha256") -> str:
    return base64.b64encode(mac(text, how)).decode()


def raw(text: str) -> bytes:
    """A header as it was on the wire."""
    return text.encode("latin-1", "replace")


def beside_words(found: Any) -> Any:
    """A message without its words: those are cleaned in one place for every channel, when it is taken in."""
    if not is_dataclass(found) or not hasattr(found, "original"):
        return found
    plain: Any = found
    return replace(plain, text="", subject="", original="", requester=replace(plain.requester, name=""))
