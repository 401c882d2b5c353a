"""No reply spells: letter by letter, with words for the marks of an address, or in a code that nobody reads."""

import re
from collections.abc import Callable, Iterator

from deskhand.planning.places import ADDRESS, addresses

HOURS = re.compile(r"\b([ap])\.? ?m\b\.?", re.IGNORECASE)
BETWEEN = r"[ \t._\u2013\u2014/|*+~:\u00b7\u2022,-]{1,3}"
LETTERS = re.compile(rf"(?<!\w)[^\W_](?:{BETWEEN}[^\W_](?!\w)){{3,}}")
LEAST_LETTERS = 3
AT = r"at|@|arroba|chiocciola|ma\u0142pa|zavin\u00e1\u010d|snabel-a|apenstaartje|klammeraffe"
DOT = r"dot|\.|punkt|point|punto|ponto|punt|kropka|te\u010dka|prik|piste"
ENDS = "com|org|net|io|example|dev|biz|eu|uk|xyz"  # and not "me", "de", "at", "no", which are words
# What stands for a mark of an address: in brackets anywhere, bare only in front of what ends a host.
MARKS = (
    (re.compile(rf"\s{{0,3}}[\[({{<]\s{{0,3}}(?:{DOT})\s{{0,3}}[\])}}>]\s{{0,3}}", re.IGNORECASE), "."),
    (re.compile(rf"\s{{0,3}}[\[({{<]\s{{0,3}}(?:{AT})\s{{0,3}}[\])}}>]\s{{0,3}}", re.IGNORECASE), "@"),
    (
        re.compile(rf"(?<=\w)[ \t]{{1,3}}(?:{DOT})[ \t]{{0,3}}(?=(?:{ENDS})\b)|(?<=\w)\.[ \t]{{1,3}}(?=(?:{ENDS})\b)"),
        ".",
    ),
)
TOKEN = re.compile(r"[A-Za-z0-9+/_=-]{12,}")
TURN = re.compile(r"[a-z](?=[A-Z0-9])|[0-9](?=[A-Za-z])")
TURNS = 3  # from letters to digits, or from small to capital: words and names have fewer


def spelled(reply: str, known: Callable[[str], bool]) -> list[str]:
    """What is spelled, each as a sentence; none when all is well. `known`: whether a source has this very word."""
    hours = HOURS.sub(r"\1m", reply)
    found = [m[0] for m in LETTERS.finditer(hours) if sum(map(str.isalpha, m[0])) >= LEAST_LETTERS]
    found += _spoken(reply)
    found += [token for token in _tokens(reply) if len(TURN.findall(token)) >= TURNS and not known(token)]
    return [f'spelled out: "{one.strip()}"' for one in dict.fromkeys(found)]


def _spoken(reply: str) -> Iterator[str]:
    """Addresses that are there once the words for their marks are read as marks."""
    joined = reply
    for pattern, mark in MARKS:
        joined = pattern.sub(mark, joined)
    written = {claim.value for claim in addresses(reply)}
    return (claim.text for claim in addresses(joined) if claim.value not in written)


def _tokens(reply: str) -> list[str]:
    """Long words that are no part of an address, which is judged as such."""
    return TOKEN.findall(ADDRESS.sub(" ", reply))
