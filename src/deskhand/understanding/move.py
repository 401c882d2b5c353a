"""A customer goes on, on another ticket, with what was talked about before: what their words mean there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.standing import THE_CODE, Standing
from deskhand.domain.understanding import Kind, Understanding
from deskhand.procedures.procedure import Procedure, SlotKind
from deskhand.understanding.take_up import take_up

# "As I wrote in the chat", "any news?", in the languages that a desk may answer in.
BACK = re.compile(
    r"\b(?:as|like) (?:i|we) (?:have )?(?:already )?(?:wrote|written|said|told|mentioned)\b|\bany (?:news|updates?)\b"
    r"|\b(?:i|we) (?:have )?already (?:wrote|asked|told|written)\b|\bstill waiting\b"
    r"|\bwie (?:schon |bereits )?(?:im|in|per|gesagt|geschrieben|erwähnt)\b|\bgibt es (?:schon )?(?:etwas )?neues\b"
    r"|\bich warte (?:noch )?immer\b|\bcomme (?:je l'ai )?(?:déjà )?(?:écrit|dit|indiqué)\b|\bdes nouvelles\b"
    r"|\bcomo (?:ya )?(?:le |les )?(?:escribí|dije|comenté)\b|\balguna novedad\b|\bsigo esperando\b",
    re.IGNORECASE,
)
MASKED = re.compile(r"\[[\w -]+ \d+\]")  # stands for what was masked on that other ticket, and means nothing here


@dataclass(frozen=True)
class Before:
    """How a former conversation stood after one of its messages. `open`: it has not come to an end; `asking`: it waits
    for an answer that only this standing asks for."""

    standing: Standing
    open: bool
    asking: bool


def refers_back(text: str) -> bool:
    """Whether they speak of an earlier conversation."""
    return BACK.search(text) is not None


def answers_elsewhere(
    text: str, now: Understanding, before: Sequence[Before], known: Mapping[str, Procedure]
) -> tuple[Understanding, int] | None:
    """The message as the answer to the one open question that it can be, and the place of that in `before`. None when
    it answers none of them, or might answer several."""
    if now.wants_human:
        return None
    found = []
    for place, one in enumerate(before):
        asked = one.standing
        if not one.asking or asked.outcome is not RunOutcome.ASKED or asked.asks in ("", THE_CODE):
            continue
        taken = take_up(text, replace(now, corrects=False), asked, known)
        if taken.requests != now.requests and not taken.corrects and (refers_back(text) or _named(taken, asked, known)):
            found.append((taken, place))
    return found[0] if len(found) == 1 else None


def known_elsewhere(
    text: str, now: Understanding, before: Sequence[Before], known: Mapping[str, Procedure]
) -> tuple[Understanding, Mapping[str, int]]:
    """With what the customer named before for the same procedures, and from which place in `before` each slot is. Of a
    conversation that has ended nothing is taken, unless they speak of it: a new wish may be about something else."""
    used: dict[str, int] = {}
    requests = []
    for one in now.requests:
        procedure, slots = known.get(one.procedure or ""), dict(one.slots)
        for slot in procedure.slots if procedure and one.kind is Kind.PROCEDURE else ():
            if slots.get(slot.name) or slots.get(slot.kind):
                continue
            for place, former in enumerate(before):
                value = _told(former.standing, one.procedure, slot.name) or _told(
                    former.standing, one.procedure, slot.kind
                )
                if value and (former.open or refers_back(text)) and not MASKED.search(value):
                    slots[slot.name] = value
                    used[slot.name] = place
                    break
        requests.append(replace(one, slots=slots))
    return replace(now, requests=tuple(requests)), used


def _told(standing: Standing, procedure: str | None, name: str) -> str:
    return next(
        (one.slots[name] for one in standing.requests if one.procedure == procedure and one.slots.get(name)), ""
    )


def _named(taken: Understanding, asked: Standing, known: Mapping[str, Procedure]) -> bool:
    """Whether it names just what was asked for. Any words may be a text: those must speak of the other conversation."""
    for one in taken.requests:
        procedure = known.get(one.procedure or "")
        for slot in procedure.slots if procedure else ():
            if slot.name == asked.asks and slot.kind is not SlotKind.TEXT:
                return bool(one.slots.get(slot.name) or one.slots.get(slot.kind))
    return False
