"""Brings a text into one notation: its language, number words as digits, units of time in English."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from deskhand.planning.tongue import Tongue
from deskhand.planning.tongues import TONGUES
from deskhand.planning.tongues.english import ENGLISH

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
FOREIGN = re.compile(r"[^\W\d_A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]{2,40}")
PIECES = re.compile(r"((?<=[.!?:;])\s+|\n+)")
MONTHS = "|".join(name for tongue in TONGUES for names in tongue.months for name in names.split())
MARKER = re.compile(rf"(?mi)^[ \t]*(?:\d{{1,2}}[.)]|[-*+])[ \t]+(?!(?:{MONTHS})\b)")
PLAIN = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u2013": "-",
        "\u2212": "-",
        "*": " ",
        "`": " ",
    }
)
HALF_HOUR = re.compile(
    r"\b(?:half an hour|half hour|halben? stunde|halbe stunde|demi-heure|media hora|mezz'ora|meia"
    r" hora|half uur|pół godziny"
    r"|halv time|halvtimme)\b",
    re.IGNORECASE,
)
IDIOMS = (
    (HALF_HOUR, "30 minutes"),
    (re.compile(r"\bfortnight\b", re.IGNORECASE), "14 days"),
    (re.compile(r"\bhalf a dozen\b", re.IGNORECASE), "6"),
    (re.compile(r"\b(?:a|an) (\w{1,30}) or two\b", re.IGNORECASE), r"some \1"),
    (re.compile(r"\b(these|those|you|us) (?:two|three)\b", re.IGNORECASE), r"\1"),
    (re.compile(r"\bnoon\b", re.IGNORECASE), "12:00"),
    (re.compile(r"\bmidnight\b", re.IGNORECASE), "00:00"),
    (
        re.compile(
            r"\b(?:an?|one|ein|eine|einem|einer|une|una|um|uma) (million|thousand|hundred|tausend)\b", re.IGNORECASE
        ),
        r"1 \1",
    ),
    (re.compile(r"\bone (?=(?:\w{1,20} )?(?:minute|hour|day|week|month|year)\b)", re.IGNORECASE), "1 "),
)
MULTIPLES = {"hundred": "00", "thousand": "000", "million": "000000", "tausend": "000", "millionen": "000000"}
MULTIPLE = re.compile(rf"\b(\d{{1,6}}) ({'|'.join(MULTIPLES)})\b", re.IGNORECASE)
WORKING = re.compile(
    r"(?P<n>\d)[ -](?:(?:business|working|bank|banking|office) (?P<a>hour|day)s?"
    r"|(?P<b>days|day) (?:ouvr|hábil|laborab|lavorativ|útei|úteis|robocz)\w{0,10})\b",
    re.IGNORECASE,
)
SHORT = re.compile(r"'(?:ll|ve|re|d|m)$")
LEAST = 2  # telling words that make a stretch of text somebody's language
KNOWN = 0.12  # share of telling words below which a text is in no language of ours
SHARED = 0.6  # share of words that the sources have, from which on a text is in their language
ENOUGH = 14  # words from which on a language must be told


def _telling() -> dict[str, tuple[int, ...]]:
    told: dict[str, set[int]] = {}
    for number, tongue in enumerate(TONGUES):
        for word in tongue.telling.split():
            told.setdefault(word, set()).add(number)
    return {word: tuple(sorted(numbers)) for word, numbers in told.items()}


TELLING = _telling()


@lru_cache(maxsize=1024)
def tongues_of(text: str) -> tuple[Tongue, ...]:
    """The languages of a text, the most spoken first; English when nothing tells."""
    counts = _counts(WORD.findall(text.lower()))
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    best = [TONGUES[number] for number, count in most if count >= LEAST]
    first = best[0] if best else TONGUES[most[0][0]] if most else ENGLISH
    pieces = (spoken(piece, first) for piece in PIECES.split(text))
    return tuple(dict.fromkeys((first, *best, *(one for one in pieces if one))))


@lru_cache(maxsize=8192)
def spoken(text: str, whole: Tongue | None = None) -> Tongue | None:
    """The one language of a sentence, or None when it cannot be told. A sentence without a telling word of the
    language of the `whole` is in another one sooner."""
    counts = _counts(WORD.findall(text.lower()))
    most = counts.most_common(2)
    least = LEAST if whole is None or counts[TONGUES.index(whole)] else 1
    clear = most and most[0][1] >= least and (len(most) < 2 or most[0][1] > most[1][1])
    return TONGUES[most[0][0]] if clear else None


def unknown_language(text: str, known: Iterable[str]) -> str:
    """What of a text is in no language of ours, or nothing. `known`: words of the sources, in lower case."""
    words = WORD.findall(text.lower())
    strange = [word for word in FOREIGN.findall(text.lower()) if word not in known]
    if strange:
        return " ".join(strange[:5])
    if len(words) < ENOUGH or sum(word in known for word in words) >= SHARED * len(words):
        return ""
    counts = _counts(words)
    return "" if counts and counts.most_common(1)[0][1] >= KNOWN * len(words) else text.strip()[:60]


def _counts(words: list[str]) -> Counter[int]:
    counts = Counter[int]()
    for word in words:
        for number in TELLING.get(SHORT.sub("", word), ()):
            counts[number] += 1
    return counts


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """The text with straight quotes, without Markdown's marks and list numbers, its number words as digits."""
    text = MARKER.sub("", text.translate(PLAIN))
    for pattern, instead in IDIOMS:
        text = pattern.sub(instead, text)
    whole = tongues_of(text)[0]
    said = []
    for piece in PIECES.split(text):
        said.append(_in_digits(piece, spoken(piece, whole) or whole))
    text = "".join(said)
    for _ in range(2):  # a hundred thousand
        text = MULTIPLE.sub(lambda m: m[1] + MULTIPLES[m[2].lower()], text)
    return WORKING.sub(lambda m: f"{m['n']} work{(m['a'] or 'day').lower()}s", text)


def _in_digits(piece: str, tongue: Tongue) -> str:
    numbers, units = _patterns(tongue)
    piece = numbers.sub(lambda m: str(_value(m, tongue)), piece)
    if tongue is ENGLISH:
        return piece
    return units.sub(lambda m: f"{m[1]} {tongue.units[m[2].lower()]}s", piece)


def _value(found: re.Match[str], tongue: Tongue) -> int:
    if found["ten"]:
        return tongue.numbers[found["ten"].lower()] + tongue.numbers.get(found["one"].lower(), 1)
    return tongue.numbers[found["word"].lower()]


@cache
def _patterns(tongue: Tongue) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = sorted((word for word in tongue.numbers if word not in MULTIPLES), key=len, reverse=True)
    round_ = [word for word in words if tongue.numbers[word] in range(20, 100, 10)]
    ones = [word for word in words if tongue.numbers[word] < 10] + ["one", "un", "une", "uno", "um", "uma", "jeden"]
    units = sorted(tongue.units, key=len, reverse=True)
    # Not in "two-step", but in "ten-day".
    end = r"\b(?!-(?!day|hour|minute|week|month|year)\w)"
    return (
        re.compile(
            rf"\b(?P<ten>{'|'.join(round_)})(?:{tongue.joins or '-'})(?P<one>{'|'.join(ones)}){end}"
            rf"|\b(?P<word>{'|'.join(words)}){end}",
            re.IGNORECASE,
        ),
        re.compile(rf"(\d)[ -]?({'|'.join(units)})\b", re.IGNORECASE),
    )
