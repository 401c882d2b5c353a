"""Whether each English sentence of a reply rests on an English source: on its words, and not turned round.

Decided by the words that state something, what is left of them when grammar, courtesy and the conversation are taken
away. Most of them must stand in the sources, many of them in one and the same; a clause that is denied must be denied
there. Questions state nothing. A sentence in another language than English is not compared.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from deskhand.planning.claims import FACT, GAP, statements
from deskhand.planning.known import Known
from deskhand.planning.light import ABSOLUTE, GRAMMAR, LIGHT, NEGATIONS, OPPOSITES, SAME, VERBS
from deskhand.planning.reading import WORD, plain, spoken, tongues_of
from deskhand.planning.times import MONTHS
from deskhand.planning.tongues.english import ENGLISH

SENTENCE = re.compile(r"(?<=[.!?])[\"')]{0,2}\s+|\n+")
CLAUSE = re.compile(r"[,;:.()|\n]|\b(?:but|because|although|though|while|whereas|so that|if|when|unless|until|and then|which)\b")
TOKEN = re.compile(r"\d[\d.,]*|[^\W\d_]+(?:['-][^\W\d_]+)*")
CAPITAL = re.compile(r"(?<=[a-z\u00df-\u00ff,;0-9] )[A-Z\u00c0-\u00de][\w'-]{1,60}")
SHORTEN = re.compile(r"\b(\w{2,7})(?:n't|(?<=can)not)\b")
FULL = {"ca": "can", "wo": "will", "sha": "shall"}
SHORT = re.compile(r"'(?:ve|re|ll|d|m|s)\b")
TURNS = (  # said with a "not" that denies nothing, or without one that does
    (re.compile(r"\b(?:no|without|without any) (?:upper )?limits?\b"), "unlimited"),
    (re.compile(r"\bnot (?=forget|hesitate|worry)"), ""),
    (re.compile(r"\b(?:no longer|not any ?more|not any longer)\b"), "ended"),
    (re.compile(r"\b(?:(?:can )?not (?:possible to )?(?:have |be |exceed )?|no )more than\b|\bat most\b|\bup to\b|\bmaximum of\b"), "atmost"),
    (re.compile(r"\b(?:more than|over|above|exceed) (?=\d)"), "morethan "),
)
QUESTION = re.compile(r"[^.!?\n]*\?")
CONDITION = re.compile(r"\b(?:if|when|once|unless|in case|until|as long as|whether)\b[^,.;:]{0,200}|^should\b[^,.;:]{0,200}", re.IGNORECASE)
COUNT = re.compile(r"(?<![\w.,:/-])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,9})(?![\w.,:/%-]*\d)(?P<behind>(?:[ -][A-Za-z'-]{1,30}){1,3})")
REACH = 2  # words that a negation reaches, those of grammar apart
NEW = 0.34  # share of a sentence's stating words that no source has; fewer may be new
FEWER = 0.75  # how much less like a clause may be that says the same than one that says the opposite
AGREED = 0.6  # how much like it a clause must be that denies the same
TOGETHER = 0.5  # share of them that one source must have
ALIKE = 0.5  # how much two clauses must share before one can deny the other
ENDINGS = ("ations", "ation", "ingly", "ments", "ment", "ings", "ing", "ies", "ied", "ed", "es", "s", "ly", "e", "al")


@dataclass(frozen=True)
class Clause:
    """`words` are stems of what it states, `denied` those that it denies; `small` holds all its words as written."""

    words: frozenset[str]
    denied: frozenset[str]
    small: frozenset[str]


@dataclass(frozen=True)
class Source:
    """One text. `words` are stems of all of it."""

    words: frozenset[str]
    every: frozenset[str]
    clauses: tuple[Clause, ...]
    counts: tuple[tuple[str, frozenset[str]], ...]


def unsupported(reply: str, known: Known) -> list[str]:
    """Sentences that state what no source does, each with what is wrong."""
    sources = [source(text) for text in known.texts if ENGLISH in tongues_of(text)]
    found = _found(known)
    if not sources and not found.words:
        return []
    everything = frozenset[str]().union(*(one.words for one in sources), found.words)
    every = frozenset[str]().union(*(one.every for one in sources), found.every)
    faults = []
    for sentence in _sentences(reply):
        if why := _fault(sentence, [*sources, found], everything, every):
            faults.append(f'{why}: "{sentence[:120].replace(GAP.strip(), "…").replace(FACT.strip(), "…")}"')
    return faults


def _sentences(reply: str) -> list[str]:
    """What states something in English. Short sentences are in the language of the whole."""
    found = []
    whole = tongues_of(reply)[0] is ENGLISH
    for sentence in SENTENCE.split(statements(reply)[1]):
        english = tongues_of(sentence)[0] is ENGLISH if whole else spoken(sentence) == ENGLISH
        if english and sentence.strip() and not sentence.rstrip(" \"')").endswith("?"):
            found.append(sentence.strip())
    return found


def _fault(sentence: str, sources: list[Source], everything: frozenset[str], every: frozenset[str]) -> str:
    words = stated(sentence)
    for name in CAPITAL.findall(sentence):
        if _strange(name, everything, every):
            return f"{name} is named by no source"
    new = {word for word in words - everything if word.removesuffix("er") not in everything}
    if new and len(new) >= NEW * len(words):
        return f"no source speaks of {', '.join(sorted(new))}"
    found = sources[-1].words
    if words and max(len(words & (one.words | found)) for one in sources) < TOGETHER * len(words):
        return "no source says all of this"
    small = _tokens(sentence) & ABSOLUTE
    if small and not small & every:
        return f"no source says {', '.join(sorted(small))}"
    if number := next((n for n, behind in counted(sentence) if not _counted(n, behind, sources)), ""):
        return f"no source counts {number} of this"
    if FACT.strip() in sentence or not (words or _tokens(sentence) & NEGATIONS):
        return ""  # a value of this customer's was matched; a procedure also says what would be true of others
    clauses = [clause for one in sources for clause in one.clauses]
    if any(_turned(clause, clauses) for clause in _clauses(CONDITION.sub(" , ", sentence))):
        return "a source says the opposite of this"
    return ""


def _strange(name: str, everything: frozenset[str], every: frozenset[str]) -> bool:
    """Whether a capital begins a name that no source has. Ids are matched elsewhere."""
    word = name.lower().removesuffix("'s")
    known = word in every or _same(stem(word)) in everything or word in LIGHT or word in MONTHS
    return not known and not re.search(r"\d|^i'", word)


def counted(text: str) -> list[tuple[str, frozenset[str]]]:
    """Whole numbers, each with the stating words close behind it."""
    found = []
    for m in COUNT.finditer(text):
        if behind := frozenset(_same(stem(word)) for word in _tokens(m["behind"]) if not _light(word)):
            found.append((re.sub(r"\D", "", m["n"]), behind))
    return found


def _counted(number: str, behind: frozenset[str], sources: list[Source]) -> bool:
    return any(number == n and behind & words for one in sources for n, words in one.counts) or any(number == n for n, _ in sources[-1].counts)


def _turned(clause: Clause, others: list[Clause]) -> bool:
    """Whether a clause much like this one denies what it states, or states what it denies, and none agrees with it."""
    same = other_way = 0.0
    for other in others:
        shared = clause.words & other.words
        if not shared or (clause.denied and not clause.denied & shared):
            continue
        likeness = 2 * len(shared) / (len(clause.words) + len(other.words))
        if clause.denied & other.denied and likeness >= AGREED:
            return False
        if bool(clause.denied & shared) != bool(other.denied & shared) or _opposite(clause, other):
            other_way = max(other_way, likeness if len(shared) > 1 else 0.0)
        else:
            same = max(same, likeness)
    return other_way >= ALIKE and same < FEWER * other_way


def _opposite(one: Clause, other: Clause) -> bool:
    return not one.denied and not other.denied and any(
        (a in one.small and b in other.small and b not in one.small and a not in other.small)
        or (b in one.small and a in other.small and a not in one.small and b not in other.small)
        for a, b in OPPOSITES
    )


@lru_cache(maxsize=1024)
def source(text: str) -> Source:
    """A text of the company, read for comparison."""
    even = plain(text)
    every = frozenset(WORD.findall(even.lower())) | _tokens(even)
    return Source(frozenset(_stems(even)), every, tuple(_stated_clauses(even)), tuple(counted(statements(text)[1])))


def _found(known: Known) -> Source:
    """What the systems said, as one source: that nothing was found is a clause that denies it."""
    clauses, words, every, numbers = [], set[str](), set[str](), set[str]()
    for finding in known.findings:
        name = re.sub(r"[._]", " ", finding.name)
        numbers.add(str(len(finding.rows)))
        for row in (finding.fields, *finding.rows):
            for field, value in row.items():
                said = str(value) if isinstance(value, str | list) else ""
                numbers |= {str(value)} if isinstance(value, int) else set()
                text = f"{name} {re.sub(r'[._]', ' ', field)} {said}"
                words |= _stems(text)
                every |= _tokens(text)
        if finding.fields.get("found") is False:
            subject = frozenset(_stems(name.split(" ")[-1]))
            clauses.append(Clause(subject, subject, frozenset()))
    return Source(frozenset(words), frozenset(every), tuple(clauses), tuple((number, frozenset[str]()) for number in numbers))


def _clauses(text: str) -> Iterable[Clause]:
    for part in CLAUSE.split(_long(text)):
        tokens = TOKEN.findall(part)
        yield Clause(_content(part), frozenset(_denied(tokens)), frozenset(tokens))


def _stated_clauses(text: str) -> Iterable[Clause]:
    """Those of a source: its questions state nothing, and of "ends by itself and needs no card" each half counts."""
    for clause in _clauses(QUESTION.sub(" ", text)):
        yield clause
    for half in re.split(r"\band\b", QUESTION.sub(" ", text)):
        yield from _clauses(half)


def _denied(tokens: list[str]) -> Iterable[str]:
    """The words that a negation reaches; the one before it where none is behind."""
    for place, token in enumerate(tokens):
        if token in NEGATIONS:
            behind = [word for later in tokens[place + 1 :] for word in _content(later)]
            before = [word for earlier in tokens[:place] for word in _content(earlier)]
            yield from behind[:REACH] or before[-1:]


def _content(text: str) -> frozenset[str]:
    """Stems of all words but those of grammar."""
    return frozenset(_same(stem(word)) for word in _tokens(text) if word not in GRAMMAR and not word[0].isdigit())


def _long(text: str) -> str:
    """In small letters, "can't" and "I've" in full."""
    text = SHORTEN.sub(lambda m: f"{FULL.get(m[1], m[1])} not", text.lower())
    text = SHORT.sub("", text)
    for pattern, instead in TURNS:
        text = pattern.sub(instead, text)
    return text


def _tokens(text: str) -> frozenset[str]:
    return frozenset(TOKEN.findall(_long(text)))


def stated(text: str) -> frozenset[str]:
    """Stems of the words that state something; numbers are matched elsewhere."""
    return frozenset(_same(stem(word)) for word in _tokens(text) if not _light(word) and not word[0].isdigit() and len(word) > 2)


@lru_cache(maxsize=8192)
def _light(word: str) -> bool:
    return word in LIGHT or stem(word) in LIGHT_STEMS or (len(word) > 4 and word.endswith("ly"))


def _stems(text: str) -> set[str]:
    return {_same(stem(word)) for word in _tokens(text) if not word[0].isdigit()}


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Enough to bring "invoices" to "invoice" and "renewal" to "renew"."""
    word = word.removesuffix("'s").replace("-", "")
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl" else word


def _same(stem_: str) -> str:
    return ONE.get(stem_, stem_)


LIGHT_STEMS = frozenset(stem(word) for word in (*VERBS, *(word for word in LIGHT if len(word) > 3)))
ONE = {stem(word): stem(words.split()[0]) for words in SAME for word in words.split()}
