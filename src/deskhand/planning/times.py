"""Dates, times of day, lengths of time and deadlines of a text."""

import re
from decimal import Decimal

from deskhand.planning.claim import Claim, Of
from deskhand.planning.numerals import NUMBER, number
from deskhand.planning.tongues import TONGUES

MONTHS = {name: n for tongue in TONGUES for n, names in enumerate(tongue.months, 1) for name in names.split()}
WEEKDAYS = {name: n for tongue in TONGUES for n, name in enumerate(tongue.weekdays)}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DATE = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?(?: of| de| do)? ?(?P<m1>{MONTH})\b(?:\.?(?:,| de|"
    rf" del)? ?(?P<y1>\d{{4}})\b)?"
    rf"|\b(?P<m2>{MONTH})\b\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:\d|\.\d)(?:,? (?P<y2>\d{{4}})\b)?"
    r"|\b(?P<y3>\d{4})[-/.](?P<m3>\d\d)[-/.](?P<d3>\d\d)(?!\d)"
    r"|\b(?P<a4>\d{1,2})(?P<mark>[/.-]) ?(?P<b4>\d{1,2})(?P=mark)(?P<y4> ?\d{4}|\d{2})\b(?!\.\d)"
    r"|(?<![$€£¥\d.,])(?<!(?-i:[$€£¥A-Z]) )\b(?P<d5>\d{1,2})\.(?P<m5>0?[1-9]|1[0-2])\.(?!\d)"
    r"|\b(?:on|by|until|since|from) the (?P<d6>\d{1,2})(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
MONTH_ALONE = re.compile(
    rf"\b(?:in|for|since|until|of|im|für|seit|en|pour|para|per|de|w|za|i|um|from|and|bis|dal|desde)"
    rf" (?P<m>(?!may\b)(?:{MONTH}))\b"
    r"(?! ?\d{1,2}\b(?!\d))(?: (?P<y>\d{4})\b)?",
    re.IGNORECASE,
)
ZONES = {"utc": 0, "gmt": 0, "z": 0, "cet": 60, "mez": 60, "cest": 120, "mesz": 120, "bst": 60, "eet": 120, "eest": 180}
ZONES |= {"est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420}
ZONES |= {"msk": 180, "jst": 540, "wet": 0, "west": 60}
ZONE = rf"\(?(?P<zone>(?:{'|'.join(ZONES)})\b|[A-Z]{{2,4}}T\b)(?P<shift>[+-]\d{{1,2}}(?::?\d\d)?)?"
TIME = re.compile(
    rf"(?<![\d:.,])(?P<h>[01]?\d|2[0-4])(?:(?P<mark>[:.]|(?i:h))(?P<m>[0-5]\d))?(?::[0-5]\d)?(?![\d,])"
    rf" ?(?P<half>(?i:[ap]\.?m\b\.?|Uhr\b|o'clock|uur\b)|h\b)?(?: ?{ZONE})?"
)
NEAR = 14  # letters between two times of one range, which share their zone
UNITS = {
    "second": Decimal(1) / 60,
    "minute": Decimal(1),
    "hour": Decimal(60),
    "day": Decimal(1440),
    "week": Decimal(10080),
}
UNIT = r"(?P<unit>second|sec|minute|min|hour|hr|day|week|month|year|workday|workhour)s?"
BETWEEN = (
    r"(?: ?- ?| to | and | or | bis | und | oder | à | a | et | ou | y | o | e | tot | en | of | do |"
    r" i | og | til | till | och )"
)
DURATION = re.compile(
    rf"(?P<n>{NUMBER})(?:{BETWEEN}(?P<n2>{NUMBER}))?[ -]?"
    rf"(?:(?:more|extra|additional|further|full|whole|other) )?{UNIT}\b",
    re.IGNORECASE,
)
SINGLE = re.compile(
    rf"\b(?P<word>within|in|after|for|than|every|each|per|an?|one|a further|another) (?:an? )?{UNIT}\b", re.IGNORECASE
)
SOON = {tongue.code: re.compile(rf"\b(?:{'|'.join(tongue.soon)})(?!\w)", re.IGNORECASE) for tongue in TONGUES}
SPAN = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)}) $", re.IGNORECASE)  # in front of "until Friday"
DAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})s?\b", re.IGNORECASE)


def dates(text: str) -> list[Claim]:
    """Dates: (day, month, year), None for what is not said. 03/11/2026 is told both ways: day first, then month."""
    found = []
    for m in DATE.finditer(text):
        if m["m1"] or m["m2"]:
            year = m["y1"] or m["y2"]
            value = (int(m["d1"] or m["d2"]), MONTHS[(m["m1"] or m["m2"]).lower()], int(year) if year else None)
        elif m["y3"]:
            value = (int(m["d3"]), int(m["m3"]), int(m["y3"]))
        elif m["a4"]:
            one, two, year4 = int(m["a4"]), int(m["b4"]), int(m["y4"])
            value = (one, two, year4 + 2000 if year4 < 100 else year4)
        elif m["d5"]:
            value = (int(m["d5"]), int(m["m5"]), None)
        else:
            found.append(Claim(Of.DATE, m[0], (int(m["d6"]), None, None)))
            continue
        found.append(Claim(Of.DATE, m[0], value if value[1] <= 12 else (value[1], value[0], value[2])))
    return found


def months(text: str) -> list[Claim]:
    """Months without a day: (None, month, year or None)."""
    return [
        Claim(Of.DATE, m[0], (None, MONTHS[m["m"].lower()], int(m["y"]) if m["y"] else None))
        for m in MONTH_ALONE.finditer(text)
    ]


def times(text: str) -> list[Claim]:
    """Times of day: (minutes, minutes ahead of UTC; None without a zone, "?" for a zone nobody knows)."""
    told: list[tuple[re.Match[str], object]] = []
    for m in TIME.finditer(text):
        if m["half"] or (m["mark"] in (":", "h", "H") and m["m"]) or (m["mark"] and m["m"] and m["zone"]):
            told.append((m, _zone(m)))
    found = []
    for place, (m, zone) in enumerate(told):
        if zone is None and place + 1 < len(told) and told[place + 1][0].start() - m.end() <= NEAR:
            zone = told[place + 1][1]
        found.append(Claim(Of.TIME, m[0], (_minutes(m), zone)))
    return found


def _minutes(m: re.Match[str]) -> int:
    hour = int(m["h"])
    half = (m["half"] or "").lower()[:1]
    if half in ("a", "p"):
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + int(m["m"] or 0)


def _zone(m: re.Match[str]) -> object:
    if not m["zone"]:
        return None
    ahead = ZONES.get(m["zone"].lower())
    if ahead is None:
        return "?"
    if not m["shift"]:
        return ahead
    hours, minutes = int(m["shift"][1:3].rstrip(":")), re.sub(r"^[+-]\d{1,2}:?", "", m["shift"])
    return ahead + (hours * 60 + int(minutes or 0)) * (1 if m["shift"][0] == "+" else -1)


def durations(text: str) -> list[Claim]:
    """Lengths of time, each end of a range apart: (how long, in minutes, months, working days or working hours)."""
    found = []
    for m in DURATION.finditer(text):
        ends = [m["n"], m["n2"]] if m["n2"] else [m["n"]]
        found += [Claim(Of.DURATION, m[0], length(number(end), m["unit"].lower())) for end in ends]
    return found


def single(text: str) -> list[Claim]:
    """A length of one, said without a number: a day, every hour."""
    return [Claim(Of.DURATION, m[0], length(Decimal(1), m["unit"].lower())) for m in SINGLE.finditer(text)]


def length(count: Decimal, unit: str) -> tuple[object, ...]:
    """In the unit that is compared."""
    unit = {"sec": "second", "min": "minute", "hr": "hour"}.get(unit, unit)
    if unit == "year":
        return (count * 12, "month")
    return (count * UNITS[unit], "minute") if unit in UNITS else (count, unit)


def deadlines(text: str, codes: tuple[str, ...]) -> list[Claim]:
    """Deadlines without a number, and days of the week: (the words,) or (None, the day)."""
    said = (m for code in codes for m in SOON[code].finditer(text) if not SPAN.search(text[: m.start()]))
    found = [Claim(Of.DEADLINE, m[0], (m[0].lower(), None)) for m in said]
    return found + [Claim(Of.DEADLINE, m[0], (None, _weekday(m[0].lower()))) for m in DAY.finditer(text)]


def _weekday(word: str) -> int:
    return WEEKDAYS[word] if word in WEEKDAYS else WEEKDAYS[word[:-1]]
