"""Numbers of payment cards, wherever they stand: what is written to disk, logged or shown to a model holds none."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from deskhand.domain.plain_text import plain

ISSUERS = re.compile(
    r"4(\d{12}|\d{15}|\d{18})$"  # Visa
    r"|(5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}$"  # Mastercard
    r"|3[47]\d{13}$|(30[0-5]|36\d|3[89]\d)\d{11}$"  # American Express, Diners
    r"|(6011|65\d\d|64[4-9]\d|35(2[89]|[3-8]\d))\d{12}$"  # Discover, JCB
    r"|62\d{14,17}$|220[0-4]\d{12}$|(60|81|82)\d{14}$|508\d{13}$"  # UnionPay, Mir, RuPay
    r"|(5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}$"  # Maestro
)
LAYOUTS = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (4, 4, 5), (6, 13)}
SHORTEST, LONGEST = 13, 19  # digits
SOLID = 15  # digits without a blank that are a card by themselves; help desks' own ids have up to 14
MOST_GROUPS = max(map(len, LAYOUTS))
SIGN = r"(?:[ \t.,/_\r\n-]|\\[nrt])"  # also a line end as JSON writes it
RUN = re.compile(rf"(?<!\d)\d++(?:{SIGN}{{1,3}}+\d++)*+")
DIGIT = re.compile(r"\d")
FEWEST = 12  # digits on a magnetic strip
GROUP = re.compile(r"\d+")
# What a magnetic strip holds: the card with the name, or with its end and more.
STRIP = re.compile(r"%?[Bb]\d{12,19}\^[^^\n]{2,26}\^\d{4}[^?\n]{0,60}\??|;?(?<!\d)\d{12,19}=\d{4}\d{3,30}\??")

Own = Callable[[str], bool]  # whether these digits are a number of the company's own, or that of a test card


class Group(NamedTuple):
    start: int
    end: int
    digits: str


def nobodys(digits: str) -> bool:
    """No number is one of our own."""
    return False


def is_card(digits: str) -> bool:
    """Whether an issuer gives out such numbers, and the check digit is right."""
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return bool(ISSUERS.match(digits)) and sum(d - 9 * (d > 9) for d in doubled) % 10 == 0


def card_numbers(text: str, own: Own = nobodys) -> Iterator[tuple[int, int]]:
    """Where they stand, in order: with blanks, dashes or dots, over several lines, in any script's digits.

    Whatever the words around them say, since no word makes such a number fit to be kept. A number without a blank is
    one from 15 digits on, and when no letter stands beside it.
    """
    if not _long_enough(text):
        return
    read = plain(text)
    found = [*_strips(read.text, own), *_numbers(read.text, own)]
    end = 0
    for start, stop in sorted(found):
        if start >= end:
            yield read.written(start, stop)
            end = stop


def without_cards(text: str, own: Own = nobodys) -> str:
    """First six and last four digits are left of each."""
    pieces, end = [], 0
    for start, stop in card_numbers(text, own):
        pieces += [text[end:start], short(text[start:stop])]
        end = stop
    return "".join((*pieces, text[end:])) if pieces else text


def short(number: str) -> str:
    """A card as it may be shown."""
    digits = "".join(str(int(one)) for one in number if one.isdecimal())
    if "^" in number or "=" in number:
        digits = (GROUP.search(plain(number).text) or [""])[0]
    return f"{digits[:6]}******{digits[-4:]}"


def value_without_cards(value: Any, own: Own = nobodys) -> Any:
    """The same for every text within a value as JSON has them."""
    match value:
        case str():
            return without_cards(value, own)
        case dict():
            return {value_without_cards(name, own): value_without_cards(one, own) for name, one in value.items()}
        case list() | tuple():
            return [value_without_cards(one, own) for one in value]
        case int() if not isinstance(value, bool) and without_cards(str(value), own) != str(value):
            return short(str(value))
        case _:
            return value


def json_without_cards(text: str, own: Own = nobodys) -> str:
    """The same within a text that may be JSON, which then stays JSON; as it came where there is nothing to mask."""
    if next(card_numbers(text, own), None) is None:
        return text
    if text[:1] not in ("{", "["):
        return without_cards(text, own)
    try:
        value = json.loads(text)
        clean = value_without_cards(value, own)
        return text if clean == value else json.dumps(clean, ensure_ascii=False, separators=(",", ":"))
    except (ValueError, RecursionError):  # no JSON, or nested deeper than anything of ours: words that begin like it
        return without_cards(text, own)


def _long_enough(text: str) -> bool:
    """Cheap, and true for every text that holds a card: it has that many digits, of whatever script."""
    return len(text) >= FEWEST and len(DIGIT.findall(text)) >= FEWEST


def _strips(text: str, own: Own) -> Iterator[tuple[int, int]]:
    for one in STRIP.finditer(text):
        number = GROUP.search(one[0])
        if number and is_card(number[0]) and not own(number[0]):
            yield one.span()


def _numbers(text: str, own: Own) -> Iterator[tuple[int, int]]:
    for run in RUN.finditer(text):
        if run.end() - run.start() < SHORTEST:
            continue
        groups = [Group(one.start(), one.end(), one[0]) for one in GROUP.finditer(text, run.start(), run.end())]
        place = 0
        while place < len(groups):
            taken = _taken(text, groups, place, own)
            if taken:
                yield groups[place].start, groups[place + taken - 1].end
            place += taken or 1


def _taken(text: str, groups: list[Group], place: int, own: Own) -> int:
    """How many groups from this one on are a card: 0 when none is."""
    if len(groups[place].digits) >= SOLID:
        return int(_is(text, groups[place : place + 1], own))
    for most in range(min(MOST_GROUPS, len(groups) - place), 1, -1):
        part = groups[place : place + most]
        if tuple(len(one.digits) for one in part) in LAYOUTS and _is(text, part, own):
            return most
    if place or not 2 < len(groups) <= LONGEST:
        return 0
    signs = {text[a.end : b.start] for a, b in pairwise(groups)}
    return len(groups) if len(signs) == 1 and _is(text, groups, own) else 0


def _is(text: str, groups: list[Group], own: Own) -> bool:
    digits, start, end = "".join(one.digits for one in groups), groups[0].start, groups[-1].end
    if not SHORTEST <= len(digits) <= LONGEST or not is_card(digits) or own(digits):
        return False
    before, behind = text[max(0, start - 2) : start], text[end : end + 1]
    part_of_a_word = before[-1:].isalnum() and before not in ("\\n", "\\r", "\\t")
    decimals = before[-1:] == "." and before[:1].isdigit()
    return not (part_of_a_word or before[-1:] == "_" or decimals or behind == "_" or behind.isalnum())
