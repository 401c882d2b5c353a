"""Payment cards, and the expiry date and security code written beside them."""

import re
from collections.abc import Iterator
from itertools import pairwise

from deskhand.domain.card_number import LAYOUTS, is_card
from deskhand.understanding.sensitive.context import named, of_card
from deskhand.understanding.sensitive.digits import LONGEST, Group, joined, runs, stands_alone
from deskhand.understanding.sensitive.found import Found, Kind

SHORT = 13  # digits of the oldest Visa cards; an article number (EAN) has as many, and may begin with 4 too
MOST_GROUPS = max(map(len, LAYOUTS))
DATED = (
    r"(?:[ ,;|/.(-]|\n|exp(?:iry|ires?|iration)?(?: date)?\b|valid(?: (?:thru|until|till|to))?\b|good thru\b|until\b"
    r"|thru\b|bis\b|g[uü]ltig\b|and\b|is\b|:|date\b|mm/yy\b|fin\b|caduca\w*|scad\w+|venc\w+|ablauf\w*|geldig\b"
    r"|tot\b){0,8}"
)
BESIDE = re.compile(
    rf"{DATED}(?P<expiry>(?:0?[1-9]|1[0-2]) ?[/|.-] ?(?:20)?\d\d)(?!\d)"
    r"(?:[ ,;|/-]{1,3}(?P<code>\d{3,4})(?![\w.,-]\w|\w))?",
    re.IGNORECASE,
)


def cards(text: str) -> Iterator[Found]:
    """Issuer and length first, then Luhn's check: alone, that one accepts one number in ten, order numbers too."""
    for run in runs(text):
        place = 0
        while place < len(run):
            if not (taken := _card(text, run, place)):
                place += 1
                continue
            start, end = run[place].start, run[place + taken - 1].end
            yield Found(start, end, Kind.CARD)
            yield from _beside(text, end)
            place += taken


def _card(text: str, run: list[Group], place: int) -> int:
    """How many groups from this one on are a card number: 0 when none is."""
    if len(run[place].digits) >= SHORT:
        return int(_solid(text, run[place]))
    for most in range(min(MOST_GROUPS, len(run) - place), 1, -1):
        groups = run[place : place + most]
        fits = tuple(len(one.digits) for one in groups) in LAYOUTS
        if fits and _alone(text, groups) and is_card("".join(one.digits for one in groups)):
            return most
    return _whole(text, run) if place == 0 else 0


def _whole(text: str, run: list[Group]) -> int:
    """Any other grouping is a card only as a whole, with the same sign throughout: "4 1 1 1 ..."."""
    if not SHORT <= sum(len(one.digits) for one in run) <= LONGEST:
        return 0
    signs = {text[a.end : b.start] for a, b in pairwise(run)}
    return len(run) if len(signs) == 1 and _alone(text, run) and is_card("".join(one.digits for one in run)) else 0


def _solid(text: str, group: Group) -> bool:
    if not is_card(group.digits) or text[group.end : group.end + 1].isalnum():
        return False
    if of_card(text, group.start, group.end):
        return True
    alone = stands_alone(text, group.start, group.end) and not named(text, group.start)
    return alone and len(group.digits) > SHORT


def _alone(text: str, groups: list[Group]) -> bool:
    """A number in groups looks like a card even where an order is spoken of; one with a sign before it does not."""
    start, end = groups[0].start, groups[-1].end
    if text[end : end + 1].isalnum():
        return False
    return of_card(text, start, end) or (not joined(text, start) and not text[:start].endswith("# "))


def _beside(text: str, end: int) -> Iterator[Found]:
    if beside := BESIDE.match(text, end):
        yield Found(*beside.span("expiry"), Kind.EXPIRY)
        if beside["code"]:
            yield Found(*beside.span("code"), Kind.SECRET)
