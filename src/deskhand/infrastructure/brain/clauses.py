"""The separate things a message says, each a stretch of it letter for letter; politeness is left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from deskhand.infrastructure.brain.lists import cues

SHORT = 3  # words; a shorter part stays with its neighbour
QUOTED = re.compile(r"[ \t]*>")
THREAD = re.compile(
    r"[ \t]*(?:on\b.{2,120}\bwrote:|-{2,} ?(?:original|forwarded) message\b|_{5,}[ \t]*$|--[ \t]*$)", re.IGNORECASE
)
# Runs of blanks are taken whole and once (++): a message must not be able to make the search slow.
SENTENCE = re.compile(r"(?<=[.!?;\u2026])\s++(?=\S)|\n\s*+")
STARTER = (  # what a clause of its own begins with, behind an "and"
    r"(?:i|we|you|it|he|she|they|my|our|your|the|there|this|that|its|it's|i'm|i've|im|ive|can|could|would|will|do|does|did"
    r"|is|are|was|am|has|have|how|what|where|when|why|who|which|please|pls|plz|also|now|want|need|send|cancel|refund|reset"
    r"|resend|give|tell|let|get|got|wants?|change|check|stop|delete|add|remove|update|upgrade|downgrade|switch|move|export|if"
    r"|nobody|nothing|still|where's|what's|who|whether)\b"
)
# A question that names its own thing and points at nothing before.
OF_ITS_OWN = (
    r"(?=[^.!?]{0,80}\b(?:my|our|your|the)\b)(?:(?!\b(?:it|that|this|these|those|them|one|so|then)\b)[^.!?]){1,200}+"
)
JOINT = re.compile(
    rf",?+(?<!\s)\s++(?:and also|and then|and|also|plus|but|\+|&)\s++(?={STARTER})"
    r"|[,.:;]?+(?<!\s)\s++(?=\(?[2-9][.)]\s++[^\W\d_])"  # 1) this 2) that
    rf"|,\s++(?=(?:what|how|where|when|which|why)\b{OF_ITS_OWN}\?)"  # this, how is our that?
    r"|,\s++(?=(?:please|pls|plz) \w+ \w+)|[,:]?+(?<!\s)\s++(?=(?:can|could|would|will) (?:you|u) \w+)",
    re.IGNORECASE,
)
ORDER = r"first|second|third|next|last|finally|additionally|\(?[1-9][.)]"
LONGEST_CLOSING = 120  # characters


@dataclass(frozen=True)
class Clause:
    """`message[start:end]`."""

    start: int
    end: int
    text: str


def clauses(message: str) -> tuple[Clause, ...]:
    """In order. Empty when there is nothing beside politeness; quoted mail counts only when there is nothing else."""
    return tuple(clause for start, end in _own_lines(message) for clause in _of(message, start, end))


def joined(message: str, first: Clause, last: Clause) -> Clause:
    """The stretch from one clause to another."""
    return Clause(first.start, last.end, message[first.start : last.end])


def is_polite(text: str) -> bool:
    """Greetings, thanks and good wishes, and nothing else."""
    return not text.strip() or bool(_polite()[0].fullmatch(text.strip()))


def _own_lines(message: str) -> list[tuple[int, int]]:
    """Stretches of lines that the writer did not quote; all of the message when there are none."""
    stretches: list[tuple[int, int]] = []
    position = start = 0
    for line in message.splitlines(keepends=True):
        end = position + len(line)
        threaded = THREAD.match(line)
        if threaded and _written(message, [*stretches, (start, position)]):
            break
        if threaded or QUOTED.match(line):
            stretches.append((start, position))
            start = end
        position = end
    stretches.append((start, position))
    return [(a, b) for a, b in stretches if message[a:b].strip()] or [(0, len(message))]


def _written(message: str, stretches: list[tuple[int, int]]) -> bool:
    return any(message[a:b].strip() for a, b in stretches)


def _of(message: str, start: int, end: int) -> Iterator[Clause]:
    for sentence in _parts(message, start, end, SENTENCE):
        trimmed = _trimmed(message, *sentence)
        for part in _grown(message, _parts(message, *trimmed, JOINT)) if trimmed else ():
            if not is_polite(message[slice(*part)]):
                yield Clause(*part, message[slice(*part)])


def _parts(message: str, start: int, end: int, joint: re.Pattern[str]) -> list[tuple[int, int]]:
    joints = [found.span() for found in joint.finditer(message, start, end)]
    starts, ends = [start, *(b for _, b in joints)], [*(a for a, _ in joints), end]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if message[a:b].strip()]


def _trimmed(message: str, start: int, end: int) -> tuple[int, int] | None:
    """Without a greeting before and thanks behind; None when nothing is left."""
    _, opening, closing = _polite()
    text = message[start:end]
    start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
    if is_polite(message[start:end]):
        return None
    if found := opening.match(message, start, end):
        start = found.end()
    if found := closing.search(message, max(start, end - LONGEST_CLOSING), end):
        end = found.start()
    return (start, end) if message[start:end].strip() else None


def _grown(message: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts of a sentence, the short ones joined to their neighbour."""
    whole = parts[:1]
    for start, end in parts[1:]:
        if min(len(message[start:end].split()), len(message[slice(*whole[-1])].split())) < SHORT:
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


@cache
def _polite() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """All of a text; before a request; behind one."""
    greeting, thanks, wishes, fillers, turns = (cue.pattern for cue in cues("polite").values())
    # Each phrase is taken whole (?>) and never tried again in another way.
    phrase = rf"(?>(?:{greeting}|{thanks}|{wishes}|{fillers}|{turns})\b|[^\w?]++)"
    everything = re.compile(rf"(?:{phrase})++", re.IGNORECASE)
    opening = re.compile(
        rf"(?>(?:{greeting}|excuse me|sorry to bother you)\b(?:[\s,.!:;\u2013-]++|$)"
        rf"|(?:{turns}|{ORDER})(?:[,.:;\u2013-]\s*+|(?<=[.)])\s++))++",
        re.IGNORECASE,
    )
    closing = re.compile(
        rf"[\s,.!;\u2013-]++(?:{thanks}|{wishes})\b(?:[\s,.!]+(?-i:[A-Z])\w*)?[\s.!,:)]*$", re.IGNORECASE
    )
    return everything, opening, closing
