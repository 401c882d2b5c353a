"""Amounts of money, percentages and all other figures of a text."""

import re
from decimal import Decimal

from deskhand.domain.money import DIGITS
from deskhand.planning.claim import Claim, Of
from deskhand.planning.numerals import NUMBER, number
from deskhand.planning.tongues import TONGUES

SIGNS = {
    "$": "USD",
    "US$": "USD",
    "C$": "CAD",
    "CA$": "CAD",
    "A$": "AUD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
}
SIGNS |= {"zł": "PLN", "fr.": "CHF", "fr": "CHF", "sfr.": "CHF", "kč": "CZK", "kr": "kr", "kr.": "kr"}
CROWNS = frozenset({"kr", "SEK", "NOK", "DKK", "ISK"})
WORDS = {word: code for tongue in TONGUES for word, code in tongue.money.items()}
WORDS["kr"] = "kr"
CODES = "|".join(DIGITS)
SIGN = r"US\$|CA?\$|A\$|[$€£¥₹]|[Ss]?Fr\.?|kr\.?|zł|Kč"
LAST = rf"(?:{SIGN}|(?:{CODES})\b|(?i:{'|'.join(sorted(WORDS, key=len, reverse=True))})\b)"
NONE = r"(?:[.,][-\u2014]{1,2})?"  # as in 20.-
AMOUNT = re.compile(
    rf"(?:\b(?P<c1>{CODES})|(?P<s1>{SIGN})) ?(?P<a>{NUMBER}){NONE}(?: ?(?P<c2>(?:{CODES})\b))?"
    rf"|(?P<b>{NUMBER}){NONE} ?(?P<last>{LAST})"
)
SHARES = "|".join(tongue.percent for tongue in TONGUES)
PERCENT = re.compile(rf"(?P<n>{NUMBER}) ?(?:%|(?i:{SHARES})\b)")
SIZES = r"(?:GB|MB|TB|KB|kB|x|k|px|km|kg|h|st|nd|rd|th)?"
FIGURE = re.compile(
    rf"(?<![\w.])(?P<n>\d{{1,3}}(?: \d{{3}}){{1,4}}(?!\d)|\d{{1,30}}(?:[.,]\d{{1,30}}){{0,8}})(?P<size>{SIZES})(?!\w)"
)


def amounts(text: str) -> list[Claim]:
    """Amounts with a currency: (Decimal, currency). Cents without a currency and crowns of any country have names of
    their own."""
    found = []
    for m in AMOUNT.finditer(text):
        said = m["c2"] or m["c1"] or m["s1"] or m["last"]
        currency = (
            said if said in DIGITS else SIGNS.get(said) or SIGNS.get(said.lower()) or WORDS.get(said.lower(), said)
        )
        value = number(m["a"] or m["b"], DIGITS.get(currency, 2))
        found.append(Claim(Of.AMOUNT, m[0], (value / 100 if currency == "cents" else value, currency)))
    return found


def same_money(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether the one may be said for the other: kr for DKK, 50 cents for 0.50 of anything."""
    crowns = one[1] == "kr" and other[1] in CROWNS
    return one[0] == other[0] and (one[1] == other[1] or crowns or one[1] == "cents")


def percents(text: str) -> list[Claim]:
    """Percentages: (Decimal,)."""
    return [Claim(Of.PERCENT, m[0], (number(m["n"]),)) for m in PERCENT.finditer(text)]


def figures(text: str) -> list[Claim]:
    """Every other number, as a Decimal, or as text where it has more than one mark. Digits in groups with blanks are
    one number or several: (the one, the several)."""
    found = []
    for m in FIGURE.finditer(text):
        parts = tuple(Decimal(part) for part in m["n"].split()) if " " in m["n"] else ()
        found.append(Claim(Of.FIGURE, m[0], (_figure(m["n"], m["size"]), parts)))
    return found


def _figure(text: str, size: str) -> Decimal | str:
    if len(text) > 24 or not re.fullmatch(NUMBER, text):
        return text
    return number(text) * (1000 if size == "k" else 1)
