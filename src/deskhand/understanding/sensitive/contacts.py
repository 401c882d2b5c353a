"""E-mail addresses, telephone numbers, IP addresses: masked where the desk says so, and given back."""

import re
from collections.abc import Iterator

from deskhand.domain.contact import Contact
from deskhand.understanding.sensitive.context import before, named
from deskhand.understanding.sensitive.found import Found

EMAIL = re.compile(r"(?<![\w.+%'-])[\w.+%'-]{1,64}+@(?:[\w-]{1,63}\.){1,8}(?:xn--[\w-]{2,59}|[^\W\d_]{2,24})(?![\w-])")
SAID = re.compile(
    r"(?:\b(?:tel|telephone|phone|mobile|cell|call|calling|ring|reach|whatsapp|text|sms|fax|handy|telefon\w*|mobil"
    r"|rufnummer|portable|t[ée]l[ée]phone|tel[ée]fono|m[óo]vil|cellulare|telefoon|nummer|mobiel)\b"
    r"(?: (?:me|us|number|no|at|on|is|him|her|nr|ist|under|unter|au|al)\b){0,3}[ .:]{0,3})$",
    re.IGNORECASE,
)
GAP = r"[ ().\-/]{0,3}+"
PHONES = (
    re.compile(rf"(?<![\w.+])\+ ?[1-9](?:{GAP}\d){{7,14}}(?!\w)"),
    re.compile(rf"(?<![\w.+#-])00 ?[1-9]\d{{0,2}}[ ().\-/]{{1,3}}\d(?:{GAP}\d){{5,11}}(?!\w)"),
    re.compile(r"(?<![\w.#+-])(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}(?!\w|[.-]\w)"),
    re.compile(r"(?<![\w.#+-])0[1-9](?:[ .-]\d\d){4}(?!\w|[ .-]\d)"),  # in pairs
    re.compile(r"(?<![\w.#+-])\(?0[1-9]\d{1,3}\)?[ /-]{1,3}\d{3,8}(?:[ -]\d{1,6}){0,3}(?!\w|[.,:-]\w)"),  # at home
)
ANY = re.compile(r"(?<![\w.#+-])\(?\d(?:[ ().\-/]{0,3}+\d){6,14}(?!\w)")
V4 = re.compile(r"(?<![\w.-])(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?!\.?\w)")
V6 = re.compile(r"(?<![\w:.])(?=[0-9A-Fa-f:]{2,39}(?![\w:]))[0-9A-Fa-f:]*+")
VERSION = re.compile(r"\b(?:versions?|v|release|build|chapter|section|firmware|update|at|um)\.? ?$", re.IGNORECASE)


def contacts(text: str, wanted: frozenset[Contact]) -> Iterator[Found]:
    """Those of the wanted kinds."""
    if Contact.EMAIL in wanted and "@" in text:
        yield from (
            Found(*one.span(), Contact.EMAIL) for one in EMAIL.finditer(text) if not _in_link(text, one.start())
        )
    if Contact.IP in wanted:
        yield from _addresses(text)
    if Contact.PHONE in wanted:
        yield from _phones(text)


def _in_link(text: str, place: int) -> bool:
    """https://user:password@host looks like an address in its middle."""
    return "://" in before(text, place).rpartition(" ")[2]


def _phones(text: str) -> Iterator[Found]:
    for pattern in PHONES:
        for one in pattern.finditer(text):
            if 8 <= sum(c.isdigit() for c in one[0]) <= 15 and not named(text, one.start()):
                yield Found(*one.span(), Contact.PHONE)
    for one in ANY.finditer(text):
        if SAID.search(before(text, one.start())):
            yield Found(*one.span(), Contact.PHONE)


def _addresses(text: str) -> Iterator[Found]:
    for one in V4.finditer(text):
        if not VERSION.search(before(text, one.start())):
            yield Found(*one.span(), Contact.IP)
    for one in V6.finditer(text) if "::" in text or text.count(":") >= 7 else ():
        groups = one[0].split(":")
        whole = len(groups) == 8 and all(groups) and max(map(len, groups)) > 2  # not a row of hours or ratios
        if all(len(group) <= 4 for group in groups) and (whole or (one[0].count("::") == 1 and len(groups) <= 9)):
            yield Found(*one.span(), Contact.IP)
