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
NOISE = re.compile(r"@|://|www\.|\d|\[[^\]]{1,30}\]")  # in a word: an address, a link, a number, something masked
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
KANA = ("HIRAGANA", "KATAKANA")  # a Japanese text may hold more Chinese signs than these
# Cyrillic serves many languages; these letters tell which one, in this order. Statistics on a few words do not.
LETTERS = {
    "be": "\u045e",
    "uk": "\u0456\u0457\u0454\u0491",
    "sr": "\u0458\u0459\u045a\u0452\u045b\u045f",
    "ru": "\u044b\u044d\u0451",
}
# Scripts of one language only; Arabic letters serve many.
SCRIPTS = {"HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "GREEK": "el", "HEBREW": "he", "THAI": "th"}


def language_of(text: str, languages: Sequence[str], knows: Callable[[str], bool], earlier: str = UNKNOWN) -> str:
    """ISO 639-1, or `earlier` when the text is too short to tell.

    `languages` are those that may occur; `knows` tells words of the desk, which is written in English.
    """
    plain = " ".join(word for word in text.replace("\u2019", "'").split() if not NOISE.search(word))
    words = [word.lower() for word in WORD.findall(plain)]
    said = plain if words else text
    if not is_latin(said):
        return _by_script(said)
    if not words:
        return earlier
    hits = {language: sum(word in common for word in words) for language, common in _often().items()}
    best = max(hits, key=lambda language: hits[language])
    second = max(count for language, count in hits.items() if language != best)
    enough = best == "en" or hits[best] > 1 or len(words) <= FEW
    if hits[best] > second and hits[best] * 5 >= len(words) and enough:
        return best
    if len(words) < FEW or hits["en"] == hits[best] > 0:
        return "en" if all(word in _often()["en"] or knows(word) for word in words) else earlier
    known = sum(map(knows, words)) / len(words)
    if known >= MOSTLY and hits["en"] == hits[best]:
        return "en"
    language, share = _classifier(tuple(sorted(languages)))(plain)
    return language if share >= (SURE if known >= HALF else LIKELY) else earlier


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


def _by_script(text: str) -> str:
    script, letters = _script(text), set(text[:400].lower())
    if script == "CYRILLIC":
        return next((language for language, own in LETTERS.items() if letters & set(own)), UNKNOWN)
    if any(unicodedata.name(c, "").startswith(KANA) for c in letters):
        return "ja"
    return SCRIPTS.get(script, UNKNOWN)


def _script(text: str) -> str:
    """The script of most letters, by the first word of their Unicode names."""
    letters = Counter(unicodedata.name(c, "?").split()[0] for c in text[:400] if c.isalpha())
    return letters.most_common(1)[0][0] if letters else "?"
