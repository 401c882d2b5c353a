"""What an answer or a correction means: it belongs to what was asked, or understood, before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from deskhand.domain.action import Action
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.standing import WHICH_ONE, Standing
from deskhand.domain.understanding import Kind, Request, Understanding
from deskhand.procedures.procedure import Procedure, Slot, SlotKind
from deskhand.understanding.choice import choice, other_one

SHORT = 8  # words; a longer message is no bare answer
LONGEST = 500  # characters of a text that was asked for
NUMBERED = re.compile(r"(?<![\w.,/$€£-])#?((?=[\w-]{0,30}\d)[A-Za-z0-9][\w-]{1,30})(?![\w-]|[.,/]\d)")
SUM = re.compile(r"(?<![\w.,/])\d{1,9}(?:[.,]\d{1,2})?(?![\w/]|[.,]\d)")
DEEDS = frozenset({"cancel", "refund"})


def take_up(text: str, now: Understanding, before: Standing | None, known: Mapping[str, Procedure]) -> Understanding:
    """The same, with its requests taken for what they are about. What cannot be decided is left as it was; a
    correction that cannot be goes on to say so (`corrects`)."""
    if now.corrects and before and (former := _only(before)):
        return _corrected(text, now, former, known)
    now = replace(now, corrects=False)
    if before is None or before.outcome is not RunOutcome.ASKED:
        return now
    return _chosen(text, now, before, known) or _answered(text, now, before, known) or now


def confirmed(now: Understanding, procedure: str, before: Standing | None) -> Understanding:
    """A yes to our question is the request that the question was about, with what was named for it."""
    former = next((one for one in before.requests if one.procedure == procedure), None) if before else None
    slots = former.slots if former else {}
    return replace(now, requests=(Request(now.requests[0].quote, Kind.PROCEDURE, procedure, 1.0, slots=slots),))


def permits(text: str, action: Action) -> bool:
    """Whether a yes is one to this action: "yes, cancel it" is none when the question was about a refund."""
    named = DEEDS & set(re.findall(r"[a-z]+", text.lower()))
    return all(action.name.startswith(deed) for deed in named)


def _chosen(text: str, now: Understanding, before: Standing, known: Mapping[str, Procedure]) -> Understanding | None:
    """The answer to our question which of two is meant."""
    doubtful = [one for one in before.requests if one.kind is Kind.UNSURE and len(one.candidates) > 1]
    if len(doubtful) != 1:
        return None
    former = doubtful[0]
    two = [name for name, _ in former.candidates[:2]]
    titles = [known[name].title if name in known else "" for name in two]
    chosen = [two[place] for place in choice(text, titles)]
    named = {**former.slots, **_named(now.requests)}
    requests = tuple(_request(now, name, named, former.candidates[:2]) for name in chosen)
    return replace(now, requests=requests) if requests else None


def _answered(text: str, now: Understanding, before: Standing, known: Mapping[str, Procedure]) -> Understanding | None:
    """What was asked for, together with what was named before. Beside it the message may ask for something else."""
    former = _only(before)
    if former is None:
        return None
    others = [one for one in now.requests if one.kind is Kind.PROCEDURE and one.procedure != former.procedure]
    answers = [one for one in now.requests if one not in others]
    if not answers:
        return None
    slot = next((one for one in _slots(former, known) if one.name == before.asks), None)
    named = dict(_named(answers))
    if slot and not named.get(slot.kind) and not others and (value := _value(text, slot, answers)):
        named[slot.name if slot.kind is SlotKind.TEXT else slot.kind] = value
    beside = slot is not None and not {slot.name, slot.kind} & set(named)
    if not named or (beside and any(one.kind is Kind.QUESTION for one in answers)):
        return None
    taken = _request(now, former.procedure, {**former.slots, **named}, former.candidates, answers[0].quote)
    undecided = before.asks == WHICH_ONE and not _takes(former, named, known)
    return replace(now, requests=(taken, *others), corrects=undecided)


def _corrected(text: str, now: Understanding, former: Request, known: Mapping[str, Procedure]) -> Understanding:
    """The former request with the corrected value, or the other one of two that we asked about."""
    if any(one.procedure not in (None, former.procedure) for one in now.requests):
        return replace(now, corrects=False)
    named = {name: value for name, value in _named(now.requests).items() if value != former.slots.get(name)}
    for slot in _slots(former, known):
        was = former.slots.get(slot.name) or former.slots.get(slot.kind) or ""
        if slot.kind not in named and (value := _value(text, slot, now.requests, but=was)):
            named[slot.kind] = value
    two = [name for name, _ in former.candidates]
    if not named and former.confidence == 1.0 and len(two) == 2 and other_one(text):
        other = two[two[0] == former.procedure]
        return replace(now, requests=(_request(now, other, former.slots, former.candidates),), corrects=False)
    again = _request(now, former.procedure, {**former.slots, **named}, former.candidates)
    return replace(now, requests=(again,), corrects=not _takes(former, named, known))


def _request(
    now: Understanding,
    procedure: str | None,
    slots: Mapping[str, str],
    candidates: Sequence[tuple[str, float]],
    quote: str = "",
) -> Request:
    words = quote or now.requests[0].quote
    return Request(words, Kind.PROCEDURE, procedure, 1.0, candidates=tuple(candidates), slots=slots)


def _only(before: Standing) -> Request | None:
    """The one request that a procedure was followed for."""
    followed = [one for one in before.requests if one.procedure]
    return followed[0] if len(followed) == 1 else None


def _named(requests: Sequence[Request]) -> dict[str, str]:
    return {name: value for one in requests for name, value in one.slots.items()}


def _slots(request: Request, known: Mapping[str, Procedure]) -> tuple[Slot, ...]:
    followed = known.get(request.procedure or "")
    return followed.slots if followed else ()


def _takes(request: Request, named: Mapping[str, str], known: Mapping[str, Procedure]) -> bool:
    """Whether the procedure goes another way with what was named now."""
    return any(one.kind in named or one.name in named for one in _slots(request, known))


def _value(text: str, slot: Slot, answers: Sequence[Request], but: str = "") -> str:
    """A bare answer that has none of the usual forms: a number alone, or the text that was asked for; "" if none."""
    if any(one.kind is Kind.QUESTION for one in answers):
        return ""
    if slot.kind is SlotKind.TEXT:
        idle = but or all(one.kind is Kind.SMALL_TALK for one in answers)
        return "" if idle else text.strip()[:LONGEST]
    bare = {SlotKind.ORDER_NUMBER: NUMBERED, SlotKind.AMOUNT: SUM}.get(slot.kind)
    if bare is None or len(text) > LONGEST or len(text.split()) > SHORT:
        return ""
    otherwise = _named(answers).values()  # the 3rd of a date is no number of an order
    found = [one[1 if slot.kind is SlotKind.ORDER_NUMBER else 0] for one in bare.finditer(text)]
    fresh = {one for one in found if one != but and not any(one in value for value in otherwise if value != but)}
    return fresh.pop() if len(fresh) == 1 else ""
