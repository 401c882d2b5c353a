"""What language models did on a desk, and what became of it: functions over the journal, as all numbers are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.metrics import quantile, total

Body = Mapping[str, Any]
REPLIED = frozenset({"suggest", "await", "commit"})  # ways that a message goes with a reply of its own
VERDICTS = ("allow", "approve", "confirm", "deny", "escalate")


@dataclass
class Told:
    """What the journal tells of one message; the last line of a kind counts, of calls and silences each."""

    considered: Body = field(default_factory=dict)
    ended: Body = field(default_factory=dict)
    calls: list[Body] = field(default_factory=list)
    unanswered: dict[str, str] = field(default_factory=dict)

    @property
    def procedures(self) -> list[str]:
        """Of its requests, in order."""
        return [one["procedure"] for one in self.considered.get("requests", ()) if one["procedure"]]

    @property
    def built_in(self) -> bool:
        """Whether the built-in brain read or planned it, because no model gave an answer."""
        # At the limit of a ticket nobody plans: it goes to people.
        return "read" in self.unanswered or self.unanswered.get("plan", "budget") != "budget"


def told(lines: Iterable[JournalLine]) -> dict[tuple[str, str], Told]:
    """By ticket and message, in the order in which they came."""
    found: dict[tuple[str, str], Told] = {}
    for line in lines:
        if "message" not in line.body:
            continue
        one = found.setdefault((line.ticket, line.body["message"]), Told())
        match line.kind:
            case "message.considered":
                one.considered = line.body
            case "message.ended":
                one.ended = line.body
            case "model.called":
                one.calls.append(line.body)
            case "model.unanswered":
                one.unanswered[line.body["purpose"]] = line.body["why"]
            case _:
                pass
    return found


@dataclass(frozen=True)
class Spread:
    """Of something that each message has some of. None: nothing to measure, or a price that is not known."""

    p50: float | None
    p95: float | None
    total: float | None


@dataclass(frozen=True)
class Proposals:
    """What policy said of them; `done` are those carried out, `refused` those of a plan that review stopped."""

    verdicts: Mapping[str, int]
    done: int
    refused: int


@dataclass(frozen=True)
class Drafts:
    """Replies that a model wrote: those that passed review at once, those that did when written anew, and those that
    never did. `faults`: how many drafts were sent back for a fault of that kind."""

    at_once: int
    revised: int
    stopped: int
    faults: Mapping[str, int]

    @property
    def all(self) -> int:
        return self.at_once + self.revised + self.stopped


@dataclass(frozen=True)
class ModelFigures:
    """`failed` counts calls without an answer by their error; `unanswered` questions that got no usable answer in the
    end, by purpose and reason. Milliseconds are those of calls that were answered, and of whole messages."""

    messages: int
    built_in: int
    unasked: int
    calls: Spread
    input_tokens: Spread
    cached_tokens: Spread
    output_tokens: Spread
    dollars: Spread
    prices: tuple[str, ...]
    call_ms: Spread
    message_ms: Spread
    failed: Mapping[str, int]
    unanswered: Mapping[str, Mapping[str, int]]
    proposals: Proposals
    drafts: Drafts
    handoffs: Mapping[str, int]


def model_figures(messages: Iterable[Told]) -> ModelFigures:
    """All of them, over the messages that have ended."""
    ended = [one for one in messages if one.ended]
    calls = [call for one in ended for call in one.calls]
    return ModelFigures(
        messages=len(ended),
        built_in=sum(one.built_in for one in ended),
        unasked=sum(not one.calls and not one.unanswered for one in ended),
        calls=_spread([len(one.calls) for one in ended]),
        input_tokens=_each(ended, "input_tokens"),
        cached_tokens=_each(ended, "cached_tokens"),
        output_tokens=_each(ended, "output_tokens"),
        dollars=_spread([one.ended["model"]["cost"] for one in ended]),
        prices=tuple(sorted({call["price"] for call in calls})),
        call_ms=_spread([call["ms"] for call in calls if not call["failed"]]),
        message_ms=_spread([one.ended["timings_ms"]["total"] for one in ended]),
        failed=Counter(call["failed"] for call in calls if call["failed"]),
        unanswered=_unanswered(ended),
        proposals=_proposals(ended),
        drafts=_drafts([one for one in ended if not one.built_in]),
        handoffs=Counter(one.ended["handoff"]["reason"] for one in ended if "handoff" in one.ended),
    )


def _each(ended: Sequence[Told], name: str) -> Spread:
    return _spread([sum(call[name] for call in one.calls) for one in ended])


def _spread(values: Sequence[float | None]) -> Spread:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return Spread(None, None, None)
    return Spread(quantile(known, 0.5), quantile(known, 0.95), total(known))


def _unanswered(ended: Sequence[Told]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for one in ended:
        for purpose, why in one.unanswered.items():
            found.setdefault(purpose, Counter())[why] += 1
    return found


def _proposals(ended: Sequence[Told]) -> Proposals:
    made = Counter(proposal["effect"] for one in ended for proposal in one.considered.get("proposals", ()))
    return Proposals(
        verdicts={effect: made[effect] for effect in VERDICTS},
        done=sum(action["done"] for one in ended for action in one.ended["actions"]),
        refused=sum(len(one.considered["proposals"]) for one in ended if _stopped(one)),
    )


def _drafts(ended: Sequence[Told]) -> Drafts:
    written = [one for one in ended if one.considered.get("way") in REPLIED]
    sent_back = [kinds for one in ended for kinds in one.considered.get("refused", ())]
    return Drafts(
        at_once=sum(not one.considered["refused"] for one in written),
        revised=sum(bool(one.considered["refused"]) for one in written),
        stopped=sum(map(_stopped, ended)),
        faults=Counter(kind for kinds in sent_back for kind in kinds),
    )


def _stopped(one: Told) -> bool:
    return one.considered.get("way") == "hand_off" and bool(one.considered.get("refused"))
