"""Whether our own receiver vouches for the address in From: DMARC passed, by its word alone."""

import re

from deskhand.connectors.imap.headers import Letter, raw, sender

RESULT = re.compile(r"\s*dmarc\s*=\s*([a-z]+)\b", re.IGNORECASE)
FROM = re.compile(r"\bheader\.from\s*=\s*([^\s;]+)", re.IGNORECASE)


def vouched(letter: Letter, receiver: str) -> bool:
    """`receiver`: the authserv-id by which our own mail server signs its results; "" for none, then nobody is.

    Where several headers bear that name, each must say so: one of them may have come with the letter.
    """
    if not receiver:
        return False
    ours = [parts for parts in map(_parts, raw(letter, "authentication-results")) if _names(parts[0], receiver)]
    domain = _ascii(sender(letter)[1].rpartition("@")[2])
    return bool(ours) and bool(domain) and all(_passes(parts[1:], domain) for parts in ours)


def _parts(header: str) -> list[str]:
    """The header cut at its semicolons, without comments and quoted text, where anybody's words may stand."""
    kept, depth, quoted, escaped = [], 0, False, False
    for one in header:
        if escaped:
            escaped = False
        elif one == "\\" and (depth or quoted):
            escaped = True
        elif quoted:
            quoted = one != '"'
        elif one == '"' and not depth:
            quoted = True
        elif one == "(":
            depth += 1
        elif one == ")" and depth:
            depth -= 1
        elif not depth:
            kept.append(one)
    return "".join(kept).split(";") if not depth and not quoted else [""]


def _names(first: str, receiver: str) -> bool:
    words = first.split()  # the name, and perhaps a version
    return bool(words) and words[0].casefold() == receiver.casefold()


def _passes(results: list[str], domain: str) -> bool:
    found = [(one, RESULT.match(one)) for one in results]
    dmarc = [(one, match[1].lower()) for one, match in found if match]
    if len(dmarc) != 1 or dmarc[0][1] != "pass":
        return False
    named = FROM.findall(dmarc[0][0])
    return len(named) == 1 and _ascii(named[0].rpartition("@")[2]) == domain


def _ascii(domain: str) -> str:
    try:
        return domain.casefold().encode("idna").decode("ascii")
    except UnicodeError:
        return ""
