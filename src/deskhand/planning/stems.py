"""English words in the form that is compared: stems, one for all words of one meaning."""

import re
from functools import lru_cache

from deskhand.planning.light import GRAMMAR, LIGHT, SAME, VERBS

TOKEN = re.compile(r"\d[\d.,]*|[^\W\d_]+(?:['-][^\W\d_]+)*")
SHORTEN = re.compile(r"\b(\w{2,7})(?:n't|(?<=can)not)\b")
FULL = {"ca": "can", "wo": "will", "sha": "shall"}
SHORT = re.compile(r"'(?:ve|re|ll|d|m|s)\b")
TURNS = (  # said with a "not" that denies nothing, or without one that does
    (re.compile(r"\b(?:no|without|without any) (?:upper )?limits?\b"), "unlimited"),
    (re.compile(r"\bother than\b"), "except"),
    (re.compile(r"\b(?:pay|paid|give|gave|given|send|sent)(?: (?:it|them|this|that))? back\b"), "refund"),
    (re.compile(r"\bnot (?=forget|hesitate|worry)"), ""),
    (re.compile(r"\b(?:no longer|not any ?more|not any longer)\b"), "ended"),
    (re.compile(r"\bnot (\w{2,20}(?: \w{1,20}){0,2}) (?:any ?more|any longer)\b"), r"ended \1"),
    (re.compile(r"\beven before (?:they|he|she|it|you) (?:have |has )?(?=\w)"), "not "),
    (re.compile(r"\btext (?=(?:you|me|us|them|it|the codes?)\b)"), "send sms "),
    (re.compile(r"\bby text(?: messages?)?\b"), "by sms"),
    (
        re.compile(
            r"\b(?:(?:can )?not (?:possible to )?(?:have |be |exceed )?|no )more than\b|\bat most\b|\bup to\b"
            r"|\bmaximum of\b"
        ),
        "atmost",
    ),
    (re.compile(r"\b(?:more than|over|above|exceed) (?=\d)"), "morethan "),
    (re.compile(r"\b(?:more than once|many times|several times|again and again)\b"), "repeatedly"),
)
COMPARED = re.compile(r"(?<=\w{3})(?:er|est)$")
ENDINGS = "ations ation ingly ments ment ings ing ies ied ed es s ly e al".split()


@lru_cache(maxsize=8192)
def spelt(text: str) -> str:
    """In small letters, "can't" and "I've" in full, and turns of speech by what they mean."""
    text = SHORT.sub("", SHORTEN.sub(lambda m: f"{FULL.get(m[1], m[1])} not", text.lower()))
    for pattern, instead in TURNS:
        text = pattern.sub(instead, text)
    return text


def tokens(text: str) -> list[str]:
    """All words and numbers, as spelt."""
    return TOKEN.findall(spelt(text))


def stems(words: list[str]) -> frozenset[str]:
    """Of all words; numbers are matched elsewhere."""
    return frozenset(one(word) for word in words if not word[0].isdigit())


def content(words: list[str]) -> frozenset[str]:
    """Of all words but those of grammar."""
    return frozenset(one(word) for word in words if word not in GRAMMAR and not word[0].isdigit())


def stated(words: list[str]) -> frozenset[str]:
    """Of the words that state something: not of grammar, of courtesy, or fit for any subject."""
    return frozenset(one(word) for word in words if len(word) > 2 and not word[0].isdigit() and not light(word))


@lru_cache(maxsize=8192)
def light(word: str) -> bool:
    """Whether this word states nothing by itself."""
    if word in LIGHT or stem(word) in LIGHT_STEMS or (len(word) > 4 and word.endswith(("ly", "wise"))):
        return True
    short = COMPARED.sub("", word)
    return short != word and (short in LIGHT or f"{short}e" in LIGHT)


@lru_cache(maxsize=8192)
def one(word: str) -> str:
    """The stem that stands for this word and all that mean the same."""
    return ONE.get(stem(word), stem(word))


def stem(word: str) -> str:
    """Enough to bring "invoices" to "invoice" and "renewal" to "renew"."""
    word = word.removesuffix("'s").replace("-", "")
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (4 if ending == "al" else 3):
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl" else word


LIGHT_STEMS = frozenset(stem(word) for word in (*VERBS, *(word for word in LIGHT if len(word) > 3)))
ONE = {stem(word): stem(words.split()[0]) for words in SAME for word in words.split()}
