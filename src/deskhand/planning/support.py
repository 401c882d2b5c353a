"""Whether each English sentence of a reply rests on an English source: on its words, and not turned round.

Decided by the words that state something, what is left when grammar, courtesy and the conversation are taken away. Most
of them must stand in the sources, many of them in one and the same; what is counted or denied must be counted or denied
there. Questions, thanks and regrets state nothing. A sentence in another language is not compared.
"""

import re
from dataclasses import dataclass

from deskhand.planning.claims import FACT, GAP, claims, statements
from deskhand.planning.clauses import reply_clauses, turned
from deskhand.planning.known import Known
from deskhand.planning.light import ABSOLUTE, LIGHT
from deskhand.planning.meaning import ANCHORED, Similarity, binds, meant, talk
from deskhand.planning.opposites import opposed
from deskhand.planning.polarity import contradicted
from deskhand.planning.reading import plain, spoken, tongues_of
from deskhand.planning.source import SENTENCE, Source, counted, source, systems_said
from deskhand.planning.stems import content, one, stated, tokens
from deskhand.planning.times import MONTHS
from deskhand.planning.tongues.english import ENGLISH
from deskhand.ports.tone import Hear

IDLE = re.compile(  # questions, thanks, regrets and good wishes
    r"\?[ \"')]*$|^(?:thanks|thank you|many thanks|sorry|apologies"
    r"|(?:i'm|i am|we're|we are) (?:so |very |really |truly |always )?(?:sorry|glad|happy|here)"
    r"|i (?:understand|hope|appreciate|can imagine)|(?:we )?hope|let me|let us|please let|feel free|take care|have a"
    r"|good luck|(?:i|we) wish you)\b"
    r"|^(?:hey|hiya|hi|hello|cheers|yep|yup|yes|yeah|no|nope|right|alright|sure|okay|ok|absolutely|certainly|of course"
    r"|exactly|perfect|great|super|lovely|wow|ah|aha|oh|hm+|ta|well)(?: (?:there|then|again|all|both|so))?\W*$"
    r"|^(?:i|we)(?:'ve| have)? (?:\w{1,12} )?(?:looked|checked|reviewed|examined|gone through|went through"
    r"|(?:took|taken|had) an? (?:\w{1,12} )?look)\b(?![^.]{0,200}\b(?:and|but|that)\b)[^,;:]{0,200}$",
    re.IGNORECASE,
)
CAPITAL = re.compile(r"(?<=[a-z\u00df-\u00ff,;0-9] )[A-Z\u00c0-\u00de][\w'-]{1,60}")
DOER = re.compile(r"^([A-Z][a-z]{1,30})(?= (?:[A-Z][a-z]{1,30} )?(?:will|from|is|has|can|would|called|says|said)\b)")
ABLE = re.compile(r"^(?:you|we|there|everyone|anyone|it|reports?|\w+s) (?:can|may|is|are|could|'s)\b", re.IGNORECASE)
NUMBERED = re.compile(r"\d|\b(?:minute|hour|day|week|month|year)s?\b|\b(?:until|up to)\W*$")
LEAD = re.compile(r"(?:[A-Za-z']+,? ){0,3}[A-Za-z']+: (?=\S)")
DONE_WITH = re.compile(  # what stands behind these is done, and no thing
    r"(?:^|\b(?:please|to|can|could|may|might|will|would|must|should|'ll|do not|don't|cannot|can't|won't|and|or|just) )"
    r"(?P<verb>[a-z]{3,20}) (?=(?:a|an|the|your|our|this|that|these|those|it|them|any|all|some|each|every|what)\b)",
    re.IGNORECASE,
)
TELLING = 3  # words from which on such a sentence is asked for
NEAR = 0.4  # how much like it a source must be
NEARER = 0.5  # the same, where both share one word only
COUNTED = 0.5  # how much like a source a sentence must be that counts the same in other words
BOUND = 0.5  # how much like a source a sentence must be that binds the company
NEW = 0.34  # share of a sentence's stating words that no source may lack, when one of them is not plainly a verb
NEW_VERBS = 0.5  # the same, when all are verbs, and more than one
MARK = re.compile(rf"[{FACT.strip()}{GAP.strip()}]")
TOGETHER = 0.5  # share of them that one source must have


@dataclass(frozen=True)
class Said:
    """A sentence of a reply, with a mark for each claim, and with the claims themselves."""

    gapped: str
    whole: str


def unsupported(reply: str, known: Known, similarity: Similarity | None = None, hear: Hear | None = None) -> list[str]:
    """Sentences that state what no source does, each with what is wrong. `similarity` of two sentences, up to 1, gives
    other words for the same thing a second chance; `hear` tells small talk, and what binds the company."""
    texts = [source(text) for text in known.texts if ENGLISH in tongues_of(text)]
    found = systems_said(known)
    if not texts and not found.stems:
        return []
    everything = frozenset[str]().union(*(text.stems for text in texts), found.stems)
    words = frozenset[str]().union(*(text.words for text in texts), found.words)
    verbatim = frozenset(" ".join(one.split()) for text in texts for one in text.sentences)
    faults = []
    for said in (_led(sentence, hear) for sentence in _sentences(reply)):
        sentence = said.gapped
        if said.whole in verbatim:  # what the company says itself needs no comparison
            continue
        why = (
            _unlike(_new(sentence, everything) or _scattered(sentence, texts, found), said, texts, similarity)
            or _absolute(sentence, words)
            or _strange(said, texts, similarity)
            or _unlike(_miscounted(sentence, texts, found), said, texts, similarity, COUNTED)
        )
        if why and hear and talk(said.whole, sentence, hear):
            why = ""
        why = (
            _named(sentence, everything, words)
            or why
            or _turned(said, texts, found, similarity)
            or _binding(said, texts, similarity, hear)
        )
        if why:
            quote = sentence[:120].replace(GAP.strip(), "…").replace(FACT.strip(), "…")
            faults.append(f'statement without a source ({why}): "{quote}"')
    return faults


def _sentences(reply: str) -> list[Said]:
    """What states something in English. Short sentences are in the language of the whole."""
    whole = tongues_of(reply)[0] is ENGLISH
    gapped, full = SENTENCE.split(statements(reply)[1]), SENTENCE.split(plain(reply))
    found = []
    for sentence, complete in zip(gapped, full if len(full) == len(gapped) else gapped, strict=True):
        english = tongues_of(sentence)[0] is ENGLISH if whole else spoken(sentence) is ENGLISH
        if english and sentence.strip() and not IDLE.search(sentence.strip()):
            found.append(Said(sentence.strip(), " ".join(MARK.sub(" ", complete).split())))
    return found


def _led(said: Said, hear: Hear | None) -> Said:
    """Without the small talk that leads to it: "in brief:"."""
    lead = LEAD.match(said.whole)
    if hear is None or not lead or not said.gapped.startswith(lead[0]) or not talk(lead[0], lead[0], hear):
        return said
    return Said(said.gapped[lead.end() :].strip(), said.whole[lead.end() :].strip())


def _named(sentence: str, everything: frozenset[str], words: frozenset[str]) -> str:
    """A name that no source has. Ids are matched elsewhere."""
    for name in (*CAPITAL.findall(sentence), *DOER.findall(sentence)):
        word = name.lower().removesuffix("'s")
        known = word in words or one(word) in everything or word in LIGHT or word in MONTHS
        if not known and not re.search(r"\d|^i'", word):
            return f"{name} is named by no source"
    return ""


def _new(sentence: str, everything: frozenset[str]) -> str:
    """Too many words that no source has. What a thing is called tells more than what is said of it."""
    said = tokens(sentence)
    words = stated(said)
    new = {word for word in words - everything if word.removesuffix("er") not in everything}
    things = new - {one(word) for word in said if len(word) > 5 and word.endswith(("ing", "ed"))}
    things -= {one(m["verb"].lower()) for m in DONE_WITH.finditer(sentence)}
    if (things and len(new) >= NEW * len(words)) or (len(new) > 1 and len(new) >= NEW_VERBS * len(words)):
        return f"no source speaks of {', '.join(sorted(new))}"
    return ""


def _scattered(sentence: str, texts: list[Source], found: Source) -> str:
    """No source, with what the systems said, has enough of the words."""
    words = stated(tokens(sentence))
    if words and max(len(words & (one.stems | found.stems)) for one in [*texts, found]) < TOGETHER * len(words):
        return "no source says all of this"
    return ""


def _unlike(
    why: str, said: Said, texts: list[Source], similarity: Similarity | None, anchored: float = ANCHORED
) -> str:
    """`why`, unless the sentence means what a source does."""
    if not why or similarity is None:
        return why
    sentences = (one for text in texts for one in text.sentences)
    return "" if meant(said.whole, said.gapped, sentences, similarity, anchored=anchored) else why


def _strange(said: Said, texts: list[Source], similarity: Similarity | None) -> str:
    """What one can do, in words that fit any subject, where no source speaks of anything like it."""
    words = content(tokens(said.whole))
    told = MARK.search(said.gapped) or NUMBERED.search(said.whole)
    if similarity is None or told or not ABLE.search(said.gapped) or len(words) < TELLING:
        return ""
    near = ((one, len(words & content(tokens(one)))) for text in texts for one in text.joined)
    if any(shared and similarity(said.whole, one) >= (NEAR if shared > 1 else NEARER) for one, shared in near):
        return ""
    return "no source speaks of anything like it"


def _binding(said: Said, texts: list[Source], similarity: Similarity | None, hear: Hear | None) -> str:
    """A deed, a promise or a right in words that no pattern knows, and that no source is like. What patterns know was
    matched."""
    if hear is None or similarity is None or not binds(said.whole, said.gapped, hear) or claims(said.whole):
        return ""
    sentences = (one for text in texts for one in text.joined)
    near = meant(said.whole, said.gapped, sentences, similarity, alike=BOUND)
    return "" if near else "it binds us, and no source says so"


def _absolute(sentence: str, words: frozenset[str]) -> str:
    """ "Always" where no source says so."""
    said = ABSOLUTE.intersection(tokens(sentence))
    known = {one(word) for word in ABSOLUTE & words}
    return f"no source says {', '.join(sorted(said))}" if said and not known & {one(word) for word in said} else ""


def _miscounted(sentence: str, texts: list[Source], found: Source) -> str:
    """A number that is known, but not of this."""
    numbers = {number for number, _ in found.counts}
    for number, behind in counted(sentence):
        if number not in numbers and not any(number == n and behind & of for one in texts for n, of in one.counts):
            return f"no source counts {number} of this"
    return ""


def _turned(said: Said, texts: list[Source], found: Source, similarity: Similarity | None) -> str:
    """The opposite of a source. Not asked where a value of this very customer was matched: a procedure also says what
    would be true of others."""
    if FACT.strip() in said.gapped:
        return ""
    others = [clause for one in (*texts, found) for clause in one.clauses]
    turns = any(turned(clause, others) for clause in reply_clauses(said.gapped))
    if not turns and similarity is not None:
        turns = contradicted(said.whole, (one for text in texts for one in text.sentences), similarity)
        turns = turns or opposed(said.whole, (one for text in texts for one in text.joined), similarity)
    return "a source says the opposite of this" if turns else ""
