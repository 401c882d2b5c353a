"""Which language a message is in; short English is recognised by its words, before any statistics."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from deskhand.infrastructure.brain import lists

UNKNOWN = "und"
FEW = 3  # words; statistics on less are a guess
SURE, LIKELY = 0.9, 0.5  # of the statistics, when the desk knows at least half of the words, or less
MOSTLY, HALF = 0.7, 0.5
GUESS, KNOWN, CERTAIN = 0.5, 0.85, 0.99  # confidence: of the conversation's language, of the desk's words, of a script
BY_WORDS = (0.85, 0.95, 0.99)  # by how many frequent words a language is ahead
NOISE = re.compile(r"@|://|www\.|\d|\[[^\]]{1,30}\]")  # in a word: an address, a link, a number, something masked
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
ALSO = ("tr",)  # heard, though we say nothing in it
CYRILLIC = ("be", "bg", "mk", "ru", "sr", "uk")
# Scripts of one language only; Arabic letters serve many. Japanese has Chinese letters among its own.
SCRIPTS = {"HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "GREEK": "el", "HEBREW": "he", "THAI": "th"}


def language_of(text: str, languages: Sequence[str], knows: Callable[[str], bool], earlier: str = UNKNOWN) -> str:
    """ISO 639-1, or `earlier` when the text is too short to tell.

    `languages` are those that may occur; `knows` tells words of the desk, which is written in English.
    """
    return told(text, languages, knows, earlier)[0]


def told(
    text: str, languages: Sequence[str], knows: Callable[[str], bool], earlier: str = UNKNOWN
) -> tuple[str, float]:
    """The same with its confidence, 0 to 1: what the conversation was in before is a guess, "und" is none at all."""
    plain = " ".join(word for word in text.replace("\u2019", "'").split() if not NOISE.search(word))
    words = [word.lower() for word in WORD.findall(plain)]
    before = earlier, GUESS if earlier != UNKNOWN else 0.0
    script = _script(plain if words else text)
    if script in SCRIPTS:  # some of them set no blanks, so a number is part of the word
        return SCRIPTS[script], CERTAIN
    if not words:
        return before
    if script == "CYRILLIC":
        if any(word in _often()["ru"] for word in words):
            return "ru", KNOWN
        language, share = _classifier(CYRILLIC)(plain)
        return (language, round(share, 3)) if share >= LIKELY else (UNKNOWN, 0.0)
    if script != "LATIN":
        return UNKNOWN, 0.0
    if len(words) < FEW and earlier != UNKNOWN:
        return before
    hits = {language: sum(word in common for word in words) for language, common in _often().items()}
    best = max(hits, key=lambda language: hits[language])
    second = max(count for language, count in hits.items() if language != best)
    enough = best == "en" or hits[best] > 1 or len(words) <= FEW
    if hits[best] > second and hits[best] * 5 >= len(words) and enough:
        return best, BY_WORDS[min(hits[best] - second, len(BY_WORDS)) - 1]
    if len(words) < FEW or hits["en"] == hits[best] > 0:
        return ("en", KNOWN) if all(word in _often()["en"] or knows(word) for word in words) else before
    known = sum(map(knows, words)) / len(words)
    if known >= MOSTLY and hits["en"] == hits[best]:
        return "en", KNOWN
    language, share = _classifier(tuple(sorted({*languages, *ALSO})))(plain)
    return (language, round(share, 3)) if share >= (SURE if known >= HALF else LIKELY) else before


@cache
def _often() -> dict[str, frozenset[str]]:
    return {language: frozenset(text.split()) for language, text in lists.words("often").items()}


@cache
def _classifier(languages: tuple[str, ...]) -> Callable[[str], tuple[str, float]]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # late: its model takes a tenth of a second

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(languages)

    def classify(text: str) -> tuple[str, float]:
        language, share = identifier.classify(text)
        return str(language), float(share)

    return classify


def is_latin(text: str) -> bool:
    """Whether the letters of a text, if any, are mostly those of the Latin alphabet."""
    return _script(text) in ("LATIN", "?")


def _script(text: str) -> str:
    """The script of most letters, by the first word of their Unicode names."""
    letters = Counter(unicodedata.name(c, "?").split()[0] for c in text[:400] if c.isalpha())
    kana = letters["HIRAGANA"] + letters["KATAKANA"]
    if kana and kana + letters["CJK"] > letters["LATIN"]:
        return "HIRAGANA"
    return letters.most_common(1)[0][0] if letters else "?"
