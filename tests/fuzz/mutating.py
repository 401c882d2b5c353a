"""Inputs that are nearly right: a real one, changed in a few places."""

import json
from collections.abc import Iterable
from functools import partial
from typing import Any

from hypothesis import strategies as st

DEEP: list[Any] = []
for _ in range(400):
    DEEP = [DEEP]
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2**63, 10**30, float("inf"), float("nan"), 1.5),
    *("", " ", "\x00", "a\x00b", "\ud800", "\udfffx", "\u0663", "\u202eb", "../x", "x" * 400, "9" * 400, "1e999", "\n"),
    *([], {}, [[]], {"a": None}, [None], ["a"], {"": ""}, DEEP),
)
# Where one piece of an input ends and the next begins, for most of what is written as text.
JOINTS: tuple[bytes, ...] = (
    b"",
    b"\x00",
    b"\n",
    b"\r\n",
    b"\r\n\r\n",
    b"[",
    b"{",
    b'"',
    b"'",
    b"<",
    b"(",
    b"=",
    b":",
    b";",
    b",",
    b"%",
    b"\\",
)
JOINTS += (b"\xff", b"\xed\xa0\x80", b"\xc3", b"\xe2\x80\xae", b"9" * 30, b"-", b"&#x0;", b"&", b"\t", b"*", b"!", b"#")
MOST = 2_000  # repetitions of a piece


def odd() -> st.SearchStrategy[Any]:
    return st.sampled_from(ODD)


def jsons(sample: Any) -> st.SearchStrategy[Any]:
    """The sample with up to four of its values lacking, odd, wrapped, or standing where another stood."""
    edits = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 5), st.integers(0, 500), odd()), max_size=4)
    return edits.map(partial(_edited, sample))


def bodies(*samples: Any) -> st.SearchStrategy[bytes]:
    """JSON of a sample, changed as a value or as bytes."""
    written = [json.dumps(one).encode() for one in samples]
    values = st.one_of([jsons(one).map(_dumped) for one in samples])
    return st.one_of(values, values, pieces(written), st.binary(max_size=30))


def pieces(samples: Iterable[bytes], joints: Iterable[bytes] = ()) -> st.SearchStrategy[bytes]:
    """A sample that was cut, pasted, repeated and written over in up to five places."""
    known = (*JOINTS, *joints)
    edits = st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 20_000), st.integers(0, 60), st.sampled_from(known)), max_size=5
    )
    return st.tuples(st.sampled_from(tuple(samples)), edits).map(lambda drawn: _pasted(*drawn))


def texts(samples: Iterable[str], joints: Iterable[str] = ()) -> st.SearchStrategy[str]:
    """The same of a text; half of a letter may stand in it."""
    known = [one.encode("utf-8", "surrogatepass") for one in joints]
    return pieces([one.encode() for one in samples], known).map(lambda one: one.decode("utf-8", "surrogateescape"))


def words(*parts: str, most: int = 40) -> st.SearchStrategy[str]:
    """These in any order, with something of anybody's between."""
    return st.lists(st.sampled_from(parts) | st.text(max_size=3), max_size=most).map("".join)


def header_texts() -> st.SearchStrategy[str]:
    """What a server hands on as the text of a header."""
    odd = ["", "x", "9" * 400, "\xff", "a\tb", ",", "t=,v1=", "v1,", "-1", "0", "9999999999999999999", "9" * 5_000]
    return st.sampled_from(odd) | st.text(st.characters(max_codepoint=255), max_size=20)


def _edited(sample: Any, edits: list[tuple[int, int, int, Any]]) -> Any:
    whole = [_copied(sample)]
    for at, deed, other, value in edits:
        places = list(_places(whole))
        inside, key = places[at % len(places)]
        match deed:
            case 0 | 1:
                inside[key] = _copied(value)
            case 2:
                if inside is not whole:
                    del inside[key]
            case 3:
                inside[key] = [inside[key]]
            case 4:
                inside[key] = {str(key): inside[key]}
            case _:
                there, name = places[other % len(places)]
                inside[key] = _copied(there[name])
        if not whole:
            return None
    return whole[0]


def _places(container: Any, depth: int = 0) -> Iterable[tuple[Any, Any]]:
    """All but what lies too deep to walk."""
    keys = list(container) if isinstance(container, dict) else list(range(len(container)))
    for key in keys:
        yield container, key
        if isinstance(container[key], dict | list) and depth < 12:
            yield from _places(container[key], depth + 1)


def _copied(value: Any, depth: int = 0) -> Any:
    if depth > 12:
        return value
    match value:
        case dict():
            return {key: _copied(one, depth + 1) for key, one in value.items()}
        case list():
            return [_copied(one, depth + 1) for one in value]
        case _:
            return value


def _dumped(value: Any) -> bytes:
    return json.dumps(value).encode()


def _pasted(sample: bytes, edits: list[tuple[int, int, int, bytes]]) -> bytes:
    made = sample
    for deed, place, length, piece in edits:
        at = place % (len(made) + 1)
        match deed:
            case 0:
                made = made[:at] + made[at + length :]
            case 1:
                made = made[:at] + piece + made[at:]
            case 2:
                made = made[:at] + piece + made[at + len(piece) :]
            case 3:
                made = made[:at] + made[at : at + length] * 2 + made[at + length :]
            case 4:
                made = made[:at] + piece * (MOST if length > 40 else length) + made[at:]
            case _:
                made = made[:at] if length > 40 else made[:at] + made[at + length : at + 2 * length] + made[at:]
    return made
