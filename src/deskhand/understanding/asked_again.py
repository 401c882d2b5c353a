"""What an agent's message asks the customer for, by fixed English lists: in other languages nothing is recognised."""

import re

from deskhand.understanding.stated import END

HAPPENED = "what happened"
ASKING = (
    r"(?:what(?:'s| is| was| were)?|which|provide|confirm|verify|double-check|send|share|tell|give|need|require|have"
    r"|let (?:me|us) know|know|remember|state|specify|include|forward|reply with|ask (?:you )?for)\b"
)
OTHER = r"(?!(?:[^.?!]{0,40})\b(?:another|other|different|new|additional|second)\b)"
YOURS = r"(?:(?:me|us|for|with|you|your|the|its|an?|any|of|on|to|account(?:'s)?|full|exact|correct|please|again) ){0,6}"
THINGS = "order|invoice|booking|reservation|ticket|case|reference|transaction|payment|charge|tracking|account|customer"
PATTERNS = {
    "email": re.compile(
        rf"\b{ASKING}{OTHER} {YOURS}(?:registered )?e-?mails?(?: address(?:es)?| is\b|\?|\.|,|$)", re.I
    ),
    "number": re.compile(
        rf"\b{ASKING}{OTHER} {YOURS}(?:{THINGS})(?: (?:(?:or|and) )?(?:{THINGS}))? ?(?:numbers?|no\.|ids?\b|code)", re.I
    ),
    "amount": re.compile(
        rf"\bhow much (?:was|were|did|is|have|has)\b|\b{ASKING}{OTHER} {YOURS}(?:amount|sum|price)\b", re.I
    ),
    "date": re.compile(
        r"\bwhen (?:did|was|were|have you)\b|\b(?:on )?(?:what|which) (?:date|day)\b"
        rf"|\b{ASKING}{OTHER} {YOURS}(?:date|day)\b",
        re.I,
    ),
    "phone": re.compile(rf"\b{ASKING}{OTHER} {YOURS}(?:tele)?phone(?: number)?\b", re.I),
    HAPPENED: re.compile(
        r"\bwhat (?:exactly )?(?:has |have |had )?happen(?:ed|s|ing)\b|\bwhat(?:'s| is| was) (?:exactly )?(?:the|your) "
        r"(?:problem|issue|matter|question|request)\b"
        r"|\b(?:describe|explain|tell (?:me|us)(?: more)? about) (?:the|your) (?:problem|issue|situation|request)\b"
        r"|\bhow (?:can|may) (?:i|we) help\b|\bwhat (?:can|may) (?:i|we) (?:do for|help) you\b",
        re.I,
    ),
}


def asks(text: str) -> tuple[str, ...]:
    """Kinds of particulars, as `stated` names them, that a sentence of it asks for."""
    sentences = [" ".join(one.split()) for one in END.split(text)]
    return tuple(kind for kind, pattern in PATTERNS.items() if any(pattern.search(one) for one in sentences))
