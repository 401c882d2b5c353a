"""What a text claims: amounts, dates, figures, ids, addresses and deeds, each in a form that can be compared."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Of(StrEnum):
    AMOUNT = "amount"
    DATE = "date"
    FIGURE = "figure"
    ID = "id"
    ADDRESS = "address"
    DEED = "deed"


@dataclass(frozen=True)
class Claim:
    """`text` as it stands there; `value` in the form that is compared."""

    of: Of
    text: str
    value: tuple[object, ...]


MONTHS = "january february march april may june july august september october november december".split()
MONTH = "|".join(f"{name}|{name[:3]}" for name in MONTHS)
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
WORDS = {"dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "pound": "GBP", "pounds": "GBP"}
NUMBER = r"\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,6})?"
AMOUNT = re.compile(
    rf"(?P<sign>[$€£¥])\s?(?P<a>{NUMBER})(?: (?P<code>[A-Z]{{3}})\b)?"
    rf"|(?P<b>{NUMBER})\s?(?P<word>[A-Z]{{3}}\b|[€£]|(?i:dollars?|euros?|pounds?)\b)|\b(?P<first>[A-Z]{{3}})\s(?P<c>{NUMBER})"
)
DATE = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{MONTH})\b\.?(?:,? (?P<y1>\d{{4}}))?"
    rf"|\b(?P<m2>{MONTH})\b\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y2>\d{{4}}))?"
    r"|\b(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)\b"
    r"|\b(?P<a4>\d{1,2})[/.](?P<b4>\d{1,2})[/.](?P<y4>\d{4})\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"https?://[^\s)>\]]+|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.(?:com|org|net|io|example)\b\S*"
)
ID = re.compile(r"\b[a-z]{2,8}_[A-Za-z0-9_]{2,}\b|\b[A-Z]{2,6}-?\d[\w-]*\b|#\d+|\b\d{5,}\b")
FIGURE = re.compile(r"(?<![\w.])\d{1,30}(?:[.,]\d{1,30}){0,8}(?!\w)")
NOT_CODES = frozenset({"CSV", "PDF", "SSO", "API", "URL", "FAQ", "UTC"})

DEEDS = (
    "refunded|returned|reimbursed|credited|cancelled|canceled|stopped|ended|sent|resent|emailed|mailed|updated|changed"
    "|reset|created|opened|closed|deleted|removed|added|escalated|forwarded|passed|handed|transferred|booked|scheduled"
    "|upgraded|downgraded|unlocked|locked|enabled|disabled|activated|deactivated|extended|paused|resumed|shipped"
    "|replaced|applied|waived|processed|issued|notified|contacted|submitted|arranged|fixed|resolved|corrected|adjusted"
    "|restored|approved|granted|initiated|reversed|made|done|taken"
)
ADVERBS = r"(?: (?:now|just|already|also|\w+ly|went ahead and|gone ahead and))*"
FIRST_PERSON = re.compile(rf"\b(?:I|we)(?:'ve| have| had|'m| am| are)?{ADVERBS} (?P<deed>{DEEDS})\b", re.IGNORECASE)
PERFECT = re.compile(
    rf"\b(?:I|we)(?:'ve| have){ADVERBS} (?!been\b|not\b|no\b)(?P<deed>\w+(?:ed|en|nt|de|ne))\b", re.IGNORECASE
)
PASSIVE = re.compile(rf"\b(?:has|have|is|are|was|were){ADVERBS}(?: been)?{ADVERBS} (?P<deed>{DEEDS})\b", re.IGNORECASE)
PLAIN = str.maketrans({"\u2019": "'", "\u00a0": " ", "\u202f": " "})
THOUGHTS = frozenset(
    {"checked", "looked", "reviewed", "searched", "seen", "found", "noticed", "understood", "compared"}
)


def amounts(text: str) -> list[Claim]:
    """Amounts of money with a currency: (Decimal, currency)."""
    found = []
    for m in AMOUNT.finditer(text):
        number = m["a"] or m["b"] or m["c"]
        currency = m["code"] or (SYMBOLS.get(m["sign"]) if m["sign"] else None)
        if currency is None:
            word = m["word"] or m["first"]
            currency = WORDS.get(word.lower()) or SYMBOLS.get(word) or word
        if currency not in NOT_CODES:
            found.append(Claim(Of.AMOUNT, m[0], (Decimal(number.replace(",", "").rstrip(".")), currency)))
    return found


def dates(text: str) -> list[Claim]:
    """Dates: (day, month, year or None). 03/11/2026 is told both ways."""
    found = []
    for m in DATE.finditer(text):
        if m["a4"]:
            one, two, year = int(m["a4"]), int(m["b4"]), int(m["y4"])
            found.append(Claim(Of.DATE, m[0], (one, two, year) if two <= 12 else (two, one, year)))
        elif m["y3"]:
            found.append(Claim(Of.DATE, m[0], (int(m["d3"]), int(m["m3"]), int(m["y3"]))))
        else:
            year_text = m["y1"] or m["y2"]
            month = next(i for i, name in enumerate(MONTHS, 1) if name.startswith((m["m1"] or m["m2"]).lower()[:3]))
            found.append(Claim(Of.DATE, m[0], (int(m["d1"] or m["d2"]), month, int(year_text) if year_text else None)))
    return found


def addresses(text: str) -> list[Claim]:
    """Links, hosts and e-mail addresses, in lower case."""
    return [Claim(Of.ADDRESS, m[0], (m[0].rstrip(".,;:!?").lower(),)) for m in ADDRESS.finditer(text)]


def ids(text: str) -> list[Claim]:
    """Ids and numbers that look like one, as written."""
    return [Claim(Of.ID, m[0], (m[0].lstrip("#"),)) for m in ID.finditer(text)]


def figures(text: str) -> list[Claim]:
    """Every other number."""
    return [Claim(Of.FIGURE, m[0], (m[0].replace(",", ""),)) for m in FIGURE.finditer(text)]


def deeds(text: str) -> list[Claim]:
    """Something that was done: (participle, whether "I" or "we" did it). Having looked at something is a thought."""
    found = []
    for m in (*FIRST_PERSON.finditer(text), *PERFECT.finditer(text)):
        if m["deed"].lower() not in THOUGHTS:
            found.append(Claim(Of.DEED, m[0], (m["deed"].lower(), True)))
    spoken = {claim.value[0] for claim in found}
    for m in PASSIVE.finditer(text):
        if m["deed"].lower() not in spoken:
            found.append(Claim(Of.DEED, m[0], (m["deed"].lower(), False)))
    return found


def claims(text: str) -> list[Claim]:
    """All that a text claims."""
    return statements(text) + deeds(text.translate(PLAIN))


def statements(text: str) -> list[Claim]:
    """All but deeds; what is part of an amount, a date, an address or an id is not told again as a figure."""
    found: list[Claim] = []
    rest = text.translate(PLAIN)
    for extract in (addresses, dates, amounts, ids, figures):
        for claim in extract(rest):
            found.append(claim)
            rest = rest.replace(claim.text, " ", 1)
    return found
