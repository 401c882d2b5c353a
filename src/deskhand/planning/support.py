"""Whether each English sentence of a reply rests on an English source: on its words, and not turned round.

Decided by the words that state something, what is left of them when grammar, courtesy and the conversation are taken
away. Most of them must stand in the sources, many of them in one and the same; a clause that is denied must be denied
there. Questions state nothing. A sentence in another language than English is not compared.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from deskhand.planning.claims import GAP, statements
from deskhand.planning.known import Known
from deskhand.planning.light import ABSOLUTE, LIGHT, NEGATIONS, OPPOSITES, SAME
from deskhand.planning.reading import WORD, plain, tongues_of
from deskhand.planning.times import MONTHS
from deskhand.planning.tongues.english import ENGLISH

SENTENCE = re.compile(r"(?<=[.!?])[\"')]{0,2}\s+|\n+")
CLAUSE = re.compile(r"[,;:.()\n]|\b(?:but|because|although|though|while|whereas|so that|if|when|unless|until|and then|which)\b")
TOKEN = re.compile(r"\d[\d.,]*|[^\W\d_]+(?:['-][^\W\d_]+)*")
CAPITAL = re.compile(r"(?<=[a-z\u00df-\u00ff,;0-9] )[A-Z\u00c0-\u00de][\w'-]{1,60}")
SHORTEN = re.compile(r"\b(\w{2,7})(?:n't|(?<=can)not)\b")
FULL = {"ca": "can", "wo": "will", "sha": "shall"}
SHORT = re.compile(r"'(?:ve|re|ll|d|m|s)\b")
COUNT = re.compile(r"(?<![\w.,:/-])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,9})(?![\w.,:/%-]*\d)(?P<behind>(?:[ -][A-Za-z'-]{1,30}){1,3})")
REACH = 4  # stating words that a negation reaches
NEW = 0.25  # share of a sentence's stating words that no source has; fewer may be new
FEWER = 0.6  # how much less like a clause may be that says the same than one that says the opposite
TOGETHER = 0.5  # share of them that one source must have
ALIKE = 0.5  # how much two clauses must share before one can deny the other
ENDINGS = ("ations", "ation", "ingly", "ments", "ment", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "s", "ly", "e", "al")


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
            faults.append(f'{why}: "{sentence[:120].replace(GAP.strip(), "…")}"')
    return faults


def _sentences(reply: str) -> list[str]:
    """What states something in English."""
    found = []
    whole = ENGLISH in tongues_of(reply)[:1]
    for sentence in SENTENCE.split(statements(reply)[1]):
        spoken = tongues_of(sentence)
        abroad = spoken[0] is not ENGLISH or (not whole and len(sentence.split()) < 4)
        if sentence.strip() and not sentence.rstrip(' "\')').endswith("?") and not abroad:
            found.append(sentence.strip())
    return found


def _fault(sentence: str, sources: list[Source], everything: frozenset[str], every: frozenset[str]) -> str:
    words = stated(sentence)
    for name in CAPITAL.findall(sentence):
        if _strange(name, everything, every):
            return f"{name} is named by no source"
    new = words - everything
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
    clauses = [clause for one in sources for clause in one.clauses]
    if any(_turned(clause, clauses) for clause in _clauses(sentence)):
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
        if behind := frozenset(list(stated(m["behind"]))):
            found.append((re.sub(r"\D", "", m["n"]), behind))
    return found


def _counted(number: str, behind: frozenset[str], sources: list[Source]) -> bool:
    return any(number == n and behind & words for one in sources for n, words in one.counts) or number in sources[-1].every


def _turned(clause: Clause, others: list[Clause]) -> bool:
    """Whether a clause much like this one denies what it states, or states what it denies, and none agrees with it."""
    same = other_way = 0.0
    for other in others:
        shared = clause.words & other.words
        if not shared:
            continue
        likeness = 2 * len(shared) / (len(clause.words) + len(other.words))
        if bool(clause.denied & shared) != bool(other.denied & shared) or _opposite(clause, other):
            other_way = max(other_way, likeness)
        else:
            same = max(same, likeness)
    return other_way >= ALIKE and same < FEWER * other_way


def _opposite(one: Clause, other: Clause) -> bool:
    return any(
        (a in one.small and b in other.small and b not in one.small and a not in other.small)
        or (b in one.small and a in other.small and a not in one.small and b not in other.small)
        for a, b in OPPOSITES
    )


@lru_cache(maxsize=1024)
def source(text: str) -> Source:
    """A text of the company, read for comparison."""
    even = plain(text)
    every = frozenset(WORD.findall(even.lower())) | _tokens(even)
    return Source(frozenset(_stems(even)), every, tuple(_clauses(even)), tuple(counted(statements(text)[1])))


def _found(known: Known) -> Source:
    """What the systems said, as one source: that nothing was found is a clause that denies it."""
    clauses, words, every = [], set[str](), set[str]()
    for finding in known.findings:
        name = re.sub(r"[._]", " ", finding.name)
        every.add(str(len(finding.rows)))
        for row in (finding.fields, *finding.rows):
            for field, value in row.items():
                said = str(value) if isinstance(value, str | int | list) else ""
                text = f"{name} {re.sub(r'[._]', ' ', field)} {said}"
                words |= _stems(text)
                every |= _tokens(text)
        if finding.fields.get("found") is False:
            subject = frozenset(_stems(name.split(" ")[-1]))
            clauses.append(Clause(subject, subject, frozenset()))
    return Source(frozenset(words), frozenset(every), tuple(clauses), ())


def _clauses(text: str) -> Iterable[Clause]:
    for part in CLAUSE.split(_long(text)):
        tokens = TOKEN.findall(part)
        yield Clause(stated(part), frozenset(_denied(tokens)), frozenset(tokens))


def _denied(tokens: list[str]) -> Iterable[str]:
    """The stating words behind a negation; the one before it where none is behind."""
    before, left = "", 0
    for place, token in enumerate(tokens):
        if token in NEGATIONS:
            left = REACH
            if before and not any(stated(later) for later in tokens[place + 1 :]):
                yield before
            continue
        for word in stated(token):
            before = word
            if left:
                left -= 1
                yield word


def _long(text: str) -> str:
    """In small letters, "can't" and "I've" in full."""
    return SHORT.sub("", SHORTEN.sub(lambda m: f"{FULL.get(m[1], m[1])} not", text.lower()))


def _tokens(text: str) -> frozenset[str]:
    return frozenset(TOKEN.findall(_long(text)))


def stated(text: str) -> frozenset[str]:
    """Stems of the words that state something; numbers are matched elsewhere."""
    return frozenset(_same(stem(word)) for word in _tokens(text) if word not in LIGHT and not word[0].isdigit() and len(word) > 2)


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


ONE = {stem(word): stem(words.split()[0]) for words in SAME for word in words.split()}
