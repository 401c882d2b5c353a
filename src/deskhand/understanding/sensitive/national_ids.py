"""Numbers that a state gives to a person, by shape, check digits and the words beside them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from stdnum.be import nn
from stdnum.br import cpf
from stdnum.ca import sin
from stdnum.ch import ssn as ahv
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.ie import pps
from stdnum.in_ import aadhaar
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.pl import pesel
from stdnum.se import personnummer
from stdnum.us import itin

from deskhand.understanding.sensitive.context import around, named
from deskhand.understanding.sensitive.digits import Group, runs, stands_alone
from deskhand.understanding.sensitive.found import Found, Kind

SOCIAL = re.compile(r"(?!000|666|9)\d{3}(?!00)\d\d(?!0000)\d{4}$")
BORN = re.compile(r"[12]\d\d(?:0[1-9]|1[0-2])")

Layout = tuple[int, ...]
Valid = Callable[[str], bool]


@dataclass(frozen=True)
class Id:
    """A number of digits only. Written in one of `layouts` it speaks for itself, otherwise one of `words` must be
    near: check digits alone let one order number in ten pass. `signs` may stand between the groups of a layout."""

    valid: Valid
    words: str
    digits: frozenset[int]
    layouts: frozenset[Layout] = frozenset()
    signs: str = "- ."


def _id(valid: Valid, words: str, *digits: int, layouts: tuple[Layout, ...] = (), signs: str = "- .") -> Id:
    return Id(valid, words, frozenset(digits), frozenset(layouts), signs)


def _is_ssn(digits: str) -> bool:
    """By the ranges that are given out. The library refuses numbers that were printed in advertisements, too."""
    return SOCIAL.match(digits) is not None


def _is_nir(digits: str) -> bool:
    """Man or woman, year, month: without that one order number in a hundred would pass."""
    return BORN.match(digits) is not None and nir.is_valid(digits)


TAX = r"tax|taxpayer|steuer\w*"
NATIONAL = r"national|identity|citizen|personal"
IDS = (
    _id(_is_ssn, r"ssn|social(?: security)?", 9, layouts=((3, 2, 4),), signs="- "),
    _id(itin.is_valid, rf"itin|{TAX}", 9, layouts=((3, 2, 4),), signs="- "),
    _id(idnr.is_valid, rf"{TAX}|idnr|identifikationsnummer|tin", 11, layouts=((2, 3, 3, 3),), signs=" "),
    _id(
        _is_nir,
        r"nir|insee|s[ée]cu(?:rit[ée])?|carte vitale",
        15,
        layouts=((15,), (13, 2), (1, 2, 2, 2, 3, 3, 2)),
    ),
    _id(bsn.is_valid, r"bsn|burgerservicenummer|sofi\w*", 8, 9, layouts=((4, 2, 3),), signs="."),
    _id(pesel.is_valid, rf"pesel|{NATIONAL}", 11),
    _id(personnummer.is_valid, r"personn(?:umme)?r|pnr", 10, 12, layouts=((6, 4), (8, 4)), signs="-"),
    _id(nn.is_valid, rf"rijksregister\w*|registre|national|insz|niss|{NATIONAL}", 11, layouts=((2, 2, 2, 3, 2),)),
    _id(cpf.is_valid, r"cpf|contribuinte", 11, layouts=((3, 3, 3, 2),), signs=".-"),
    _id(aadhaar.is_valid, r"aadhaa?r|adhaar|uidai|uid", 12, layouts=((4, 4, 4),), signs=" "),
    _id(ahv.is_valid, r"ahv|avs|oasi", 13, layouts=((13,), (3, 4, 4, 2))),
    _id(sin.is_valid, r"sin|social insurance", 9),
    _id(fodselsnummer.is_valid, r"f[øo]dselsnummer|personnummer|fnr", 11),
    _id(cpr.is_valid, r"cpr|personnummer", 10),
)
BY_DIGITS = {count: [one for one in IDS if count in one.digits] for count in {n for one in IDS for n in one.digits}}
LONGEST = max(BY_DIGITS)
MOST_GROUPS = 7

WORDS = {one: re.compile(rf"(?<![^\W_])(?:{one.words})(?![^\W_])", re.IGNORECASE) for one in IDS}

LETTERED: Mapping[str, tuple[str, Valid]] = {
    "nino": (r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-TW-Z][A-CEGHJ-NP-TW-Z](?: ?\d\d){3} ?[A-D]", lambda _: True),
    "dni": (r"\d{8}[ -]?[A-Za-z]", dni.is_valid),
    "nie": (r"[XYZxyz][ -]?\d{7}[ -]?[A-Za-z]", nie.is_valid),
    "codice": (r"[A-Za-z]{6} ?\d\d[A-Za-z]\d\d ?[A-Za-z]\d{3}[A-Za-z]", codicefiscale.is_valid),
    "corsica": (r"[12] ?\d\d ?[01]\d ?2[AB] ?\d{3} ?\d{3} ?\d\d", nir.is_valid),
    "hetu": (r"[0-3]\d[01]\d{3}[-+A]\d{3}[0-9A-Y]", hetu.is_valid),
    "pps": (r"(?<=[pP][pP][sS] )\d{7}[A-Za-z]{1,2}", pps.is_valid),
}
WITH_LETTERS = re.compile(
    r"(?<![\w#])(?:" + "|".join(f"(?P<{name}>{shape})" for name, (shape, _) in LETTERED.items()) + r")(?!\w)"
)
DOCUMENT = re.compile(
    r"\b(?:passports?|driv(?:er'?s|ing) licen[cs]e|identity card|id card|national id|personalausweis\w*|reisepass\w*)"
    r"(?: ?(?:numbers?|num|no|nr|id|is|was|:|\.|#|-)){0,4} {0,2}"
    r"(?P<id>(?=\w{0,8}\d\w{0,8}\d\w{0,8}\d)[A-Za-z0-9]{6,14})\b",
    re.IGNORECASE,
)


def national_ids(text: str) -> Iterator[Found]:
    """Numbers of persons. The number of an order, an invoice or a parcel stays, whatever its check digit says."""
    yield from (Found(*one.span("id"), Kind.NATIONAL_ID) for one in DOCUMENT.finditer(text))
    for one in WITH_LETTERS.finditer(text):
        if _with_letters(one) and stands_alone(text, *one.span()) and not named(text, one.start()):
            yield Found(*one.span(), Kind.NATIONAL_ID)
    for run in runs(text):
        place = 0
        while place < len(run):
            taken = _taken(text, run, place)
            if taken:
                yield Found(run[place].start, run[place + taken - 1].end, Kind.NATIONAL_ID)
            place += taken or 1


def _with_letters(match: re.Match[str]) -> bool:
    assert match.lastgroup is not None, "each shape has a name"
    _, valid = LETTERED[match.lastgroup]
    return valid(match[0].replace(" ", ""))


def _taken(text: str, run: list[Group], place: int) -> int:
    """How many groups from this one on are the number of a person; 0 when none is."""
    digits = ""
    for count, group in enumerate(run[place : place + MOST_GROUPS], 1):
        digits += group.digits
        if len(digits) > LONGEST:
            return 0
        groups = run[place : place + count]
        if any(_is(one, text, groups, digits) for one in BY_DIGITS.get(len(digits), ())):
            return count
    return 0


def _is(id: Id, text: str, groups: list[Group], digits: str) -> bool:
    start, end = groups[0].start, groups[-1].end
    layout = tuple(len(one.digits) for one in groups)
    plain = layout in id.layouts and {text[a.end : b.start] for a, b in pairwise(groups)} <= set(id.signs)
    if not plain and not _spoken_of(id, text, start, end):
        return False
    return stands_alone(text, start, end) and not named(text, start) and id.valid(digits)


def _spoken_of(id: Id, text: str, start: int, end: int) -> bool:
    """Whether one of its words is near."""
    return WORDS[id].search(around(text, start, end)) is not None
