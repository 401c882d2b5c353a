"""Whether a sentence says, in other words, the opposite of the source that is most like it.

Denials are counted in `polarity.py`. Here are the opposites that need no denial: for all and for some, at once and at
the end, included and apart. A sentence is opposed when it speaks of one side and the nearest source of the other.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from deskhand.planning.light import NEGATIONS
from deskhand.planning.meaning import Similarity
from deskhand.planning.polarity import CASE, JOINT, denies
from deskhand.planning.stems import content, spelt, tokens

NUMBER = re.compile(r"\d+")
PAST = re.compile(r"\b(?:more than|over|older|past|passed|gone by|ago|beyond|outside)\b", re.IGNORECASE)
TACIT = re.compile(
    r"\b(?:too|rather than|instead|off|stops?|removes?|drops?|fails?|refuse[sd]?|declined?|blocked|lack\w*|apart"
    r"|end(?:s|ed)?|include[sd]?|exclude[sd]?|may|might|please)\b",
    re.IGNORECASE,
)
SHARED = 2  # words that a source of the other side must have in common
WHOLE = 0.75  # how much like the whole of it a source must be that denies it
FURTHER = 0.05  # how much less like it than the nearest source of all
ALIKE = 0.5  # from here on a source speaks of the same
NEARER = 0.02  # how much more like a source of the other side must be than one of the same side
SHORTEST = 3  # words of a heading
NEAREST = 40  # sentences of the sources that are compared
DENIED = re.compile(rf"\b(?:{'|'.join(sorted(NEGATIONS))}|isn't|aren't)(?: \w+){{0,3}} $")
BEHIND = re.compile(r" (?:no|not|nothing|nobody)\b")
ROLES = frozenset("owner admin administrator member viewer editor agent manager everyone".split())
ONLY = re.compile(
    r"\b(?:only(?! (?:a|once|needs?|takes?|on|if|when|after|for)\b)|exclusively|solely|reserved for"
    r"|(?:nobody|no 1|none|noone|no one) (?:but|except|other than))\b"
)
EVERYBODY = re.compile(
    r"\b(?:everyone|everybody|anyone|anybody|(?:all|any|every)(?: of)?(?: the| your| our)?"
    r" (?:members?|users?|people|customers?|colleagues?|teammates?|staff|plans?))\b"
)
MORE = re.compile(r"\b(?:also|too|as well|everyone|everybody|anyone|anybody|every|all|any)\b")
PAIRS = tuple(
    (re.compile(rf"\b(?:{one})\b"), re.compile(rf"\b(?:{other})\b"))
    for one, other in (
        (
            r"any|every|all|each|everyone|everybody|anyone|anybody|whichever|whatever|whoever|regardless"
            r"|as (?:often|many|much|long) as you (?:like|want|wish|please|need)|unlimited|no matter",
            r"some|only|same|original|certain|exclusively",
        ),
        (
            r"again and again|repeatedly|as often as|more than once|reus\w+|over and over|several times|forever"
            r"|endless\w*",
            r"once|1 time|single time|valid for|expires?",
        ),
        (
            r"at once|immediate(?:ly)?|instant(?:ly)?|right away|straight away|today|the moment you|the same day"
            r"|as soon as you",
            r"until|at the end|ends? with|end of|kept|effect at|\d+ (?:to \d+ )?(?:days|workdays|months)",
        ),
        (r"permanent(?:ly)?|stays? locked|forever|for good", r"by itself|automatically|a matter of"),
        (r"included?|includes?|including|inclusive", r"apart|excluded?|excluding|exclusive|on top|before tax\w*|plus"),
        (
            r"more expensive|costs? (?:more|morethan)|dearer|pricier|more than",
            r"as much as|cheaper|costs? less|less than|the same as",
        ),
        (
            r"harmless|no (?:harm|difference|effect|impact|influence|consequences?)|does not matter|do no harm",
            r"anew|starts? again|resets?|stops?|blocks?",
        ),
        (
            r"(?:at )?any ?time|whenever|no matter (?:when|how)|not matter how|no limit|however (?:old|long|late)",
            r"within|only|until|atmost|no refund|not refunded",
        ),
        (
            r"keep|keeps|continue|continues|carry on|carries on|go on|goes on|still|go ahead",
            r"stop|stops|stopped|cease|ceases|switched off|shut down|break|breaks",
        ),
        (r"(?:is|are|come|comes|costs?) (?:free|nothing)|for free|for nothing", r"uses? a seat|counts?|costs?|priced"),
        (r"add|extra|more|additional|unlimited", r"atmost|maximum"),
        (r"must|have to|has to|needs?|needed|required?|requires|mandatory|compulsory", r"optional|voluntary"),
    )
)


# Of which not the one is the other.
TURNING = frozenset((4, 8, 9, 11))
WIDE = frozenset((0, 7))  # of which only the first is asked for: a bound that a source lacks is told by its number
ADDED = 10


def opposed(sentence: str, sources: Iterable[str], similarity: Similarity) -> bool:
    """Whether the sources that speak of the same are on the other side. `similarity` is asked only where some are."""
    words = _words(sentence)
    known = (one for one in dict.fromkeys(sources) if not one.endswith("?") and len(one.split()) > SHORTEST)
    near = sorted((one for one in known if words & _words(one)), key=lambda one: -len(words & _words(one)))[:NEAREST]
    if any(_against(sentence, side, near, similarity) for side in _sides(spelt(sentence))):
        return True
    return _wider(sentence, near, similarity) or _turned_whole(sentence, near, similarity)


def _against(sentence: str, side: tuple[int, bool], near: list[str], similarity: Similarity) -> bool:
    words = _words(sentence)
    number, here = side
    shared = min(SHARED, len(words) - 1)
    if (
        (number in WIDE and not here)
        or (number, not here) in _sides(spelt(sentence))
        or (number == ADDED and denies(sentence))
    ):
        return False
    others = [one for one in near if (number, not here) in _sides(spelt(one)) and len(words & _words(one)) >= shared]
    same = [one for one in near if side in _sides(spelt(one))]
    opposite = max((similarity(sentence, one) for one in others if one not in same), default=0.0)
    if opposite < ALIKE or opposite < NEARER + max((similarity(sentence, one) for one in same), default=0.0):
        return False
    return opposite >= max(similarity(sentence, one) for one in near) - FURTHER


def _turned_whole(sentence: str, near: list[str], similarity: Similarity) -> bool:
    """Whether the source that is much like the whole of this denies what it states, or states what it denies."""
    numbers, denied = frozenset(NUMBER.findall(sentence)), denies(sentence)
    near = [one for one in near if frozenset(NUMBER.findall(one)) == numbers and not _aside(one)]
    others = [one for one in near if denies(one) != denied and bool(PAST.search(one)) == bool(PAST.search(sentence))]
    if not others or _aside(sentence):
        return False
    opposite = max(similarity(sentence, one) for one in others)
    same = max((similarity(sentence, one) for one in near if denies(one) == denied), default=0.0)
    return opposite >= WHOLE and opposite > same + NEARER


def _aside(text: str) -> bool:
    """Whether it denies without a word that denies, or says what is so of one customer."""
    return bool(CASE.search(text) or TACIT.search(text) or JOINT.search(text))


def _wider(sentence: str, near: list[str], similarity: Similarity) -> bool:
    """Whether "only" is said of fewer, or "everybody" of more, than the sources name."""
    only, everybody = ONLY.search(spelt(sentence)), EVERYBODY.search(spelt(sentence))
    if not only and not everybody:
        return False
    likeness = {one: similarity(sentence, one) for one in near}
    best = max(likeness.values(), default=0.0)
    roles = _roles(sentence)
    for one in (one for one, like in likeness.items() if like >= max(ALIKE, best - FURTHER)):
        there = spelt(one)
        bound, wide = ONLY.search(there), MORE.search(there)
        if only and not bound and (wide or (roles and roles < _roles(one))):
            return True
        if everybody and not wide and (bound or _roles(one)) and not roles & _roles(one):
            return True
    return False


def _roles(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in tokens(text)) & ROLES


@lru_cache(maxsize=4096)
def _sides(text: str) -> frozenset[tuple[int, bool]]:
    """Which side of which pair it speaks of: (the pair, whether the first). A denial turns it round."""
    found = set()
    for number, pair in enumerate(PAIRS):
        for side, pattern in zip((True, False), pair, strict=True):
            for m in pattern.finditer(text):
                if DENIED.search(text[: m.start()]) and number not in TURNING:
                    continue
                denied = DENIED.search(text[: m.start()]) or BEHIND.match(text, m.end())
                found.add((number, side ^ bool(denied)))
    return frozenset(found)


@lru_cache(maxsize=4096)
def _words(part: str) -> frozenset[str]:
    return content(tokens(part))
