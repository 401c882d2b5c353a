"""What entries come to: whole numbers only, so that sums of parts are exactly the sum of the whole."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from math import floor, log10

from deskhand.measurement.entry import NOBODY_WROTE, UNKNOWN, Entry
from deskhand.measurement.outcomes import Handler, TicketOutcome
from deskhand.measurement.tickets_seen import UNWRITTEN

Family = dict[str, int]
Sums = dict[str, Family]
GOOD = (TicketOutcome.CONFIRMED, TicketOutcome.VERIFIED)
N = "n"  # the family of plain numbers; every other one counts by name, or by value
# Of the counts of an entry, those that a figure is made of, by the day on which the ticket came up.
COUNTED = (
    "alone",
    "agents_seen",
    "asked_again",
    "audited",
    "caught",
    "changed",
    "compliant",
    "context",
    "context_90",
    "corrections",
    "drafted",
    "drafts",
    "effects",
    "gap",
    "graded",
    "hallucinated",
    "handoffs",
    "messages",
    "model_calls",
    "model_nano",
    "person_refused",
    "replies",
    "right",
    "suggestion approved",
    "suggestion edited",
    "suggestion rejected",
    "unpriced",
    "wants",
)
COSTS = ("agent_ms", "model_nano", "timed", "unpriced", "untimed")


class By(StrEnum):
    """What tickets are told apart by. One with several procedures or languages counts under each."""

    PROCEDURE = "procedure"
    CHANNEL = "channel"
    LANGUAGE = "language"
    TIER = "tier"


class Cohort(StrEnum):
    """Which tickets of a period a figure is of: those that came up in it, or those that closed in it."""

    CAME = "came"
    CLOSED = "closed"


def groups(entry: Entry, by: By) -> list[str]:
    match by:
        case By.PROCEDURE:
            return list(entry.procedures) or [UNWRITTEN]
        case By.CHANNEL:
            return [entry.channel or UNKNOWN]
        case By.LANGUAGE:
            return list(entry.languages) or ["und"]
        case By.TIER:
            return [entry.tier or UNKNOWN]


def came(entry: Entry) -> Sums:
    """Of a ticket by the day on which it came up. What is no ticket counts by its reason, and with its effects: these
    are governed by policy all the same, unless an operator only tried a desk out."""
    found = _Adding()
    counts = entry.counts
    if entry.left_out:
        if entry.left_out != NOBODY_WROTE:
            found.add("left out", entry.left_out)
        if entry.left_out != "test":
            found.some(counts, ("effects", "compliant"))
        return found.sums
    found.add(N, "tickets")
    found.add(N, "open", entry.closed_at is None)
    found.some(counts, COUNTED)
    found.add(N, "turn", counts.get("turns", 0) > 0)
    if entry.escalated:
        found.add(N, "escalated")
        found.add(N, "escalated of turn", counts.get("turns", 0) > 0)
        found.add("escalated", entry.escalated)
    response = entry.seconds(entry.response_at)
    if response is None:
        found.add(N, "no response")
    else:
        found.time("first response", response)
        if entry.open_s is not None:
            found.time("first response, open hours", entry.open_s)
    for ms in entry.own_ms:
        found.add("own ms", str(ms))
    if entry.followed_up_at:
        found.add(N, "followed up")
        found.add(N, "back", entry.back_at is not None)
    return found.sums


def closed(entry: Entry, window: timedelta, *, mature: bool) -> Sums:
    """Of a closed ticket by the day on which it closed; `mature`: its window is over."""
    found = _Adding()
    if entry.left_out or entry.closed_at is None:
        return found.sums
    state = entry.state(window, over=mature)
    good = state in GOOD
    found.add(N, "closed")
    found.add(N, "mature", mature)
    found.add(N, "held out", entry.held_out)
    found.add("matrix", f"{entry.handler} {state}")
    found.add("closed by", entry.closed_by)
    found.add(N, "wrote again", entry.wrote_at is not None)
    found.add(N, "abandoned, asked", state is TicketOutcome.ABANDONED and entry.asked)
    found.add(N, "good", good)
    found.add(N, "good, refused", good and entry.refused)
    if not entry.held_out:
        found.add(N, "mature, not held out", mature)
        found.add(N, "deflected", mature and good and entry.alone)
    if mature:
        found.add(N, "mature good", good)
        for name in COSTS:
            found.add(N, f"mature {name}", entry.counts.get(name, 0))
    resolution = entry.seconds(entry.last_response_at)
    if good and resolution is not None:
        found.time("resolution", resolution)
        found.add(N, "waited s", min(entry.waited_s, round(resolution)))
        if entry.open_resolution_s is not None:
            found.time("resolution, open hours", entry.open_resolution_s)
    if good and entry.handler != Handler.ASSISTANT:
        found.add(N, "worked" if entry.agent_days else "worked elsewhere")
    for day in entry.agent_days:
        found.add("agent days", day)
    found.add("strata", entry.subject)
    for score in entry.scores:
        found.add("csat", f"{entry.handler}|{score}|{entry.subject}")
    found.add(N, "rated", bool(entry.scores))
    found.add("asked to rate", entry.handler)
    return found.sums


def total(parts: Iterable[Sums]) -> Sums:
    found: Sums = {}
    for part in parts:
        add(found, part)
    return found


def add(whole: Sums, part: Mapping[str, Mapping[str, int]], times: int = 1) -> None:
    """Put a part in, or with -1 take it out; what comes to nothing is not there."""
    for name, family in part.items():
        known = whole.get(name)
        if known is None:
            whole[name] = {key: times * count for key, count in family.items()}
            continue
        for key, count in family.items():
            new = known.get(key, 0) + times * count
            if new:
                known[key] = new
            else:
                known.pop(key, None)
        if not known:
            del whole[name]


def number(sums: Sums, name: str) -> int:
    return sums.get(N, {}).get(name, 0)


def told_time(seconds: float) -> int:
    """In milliseconds, to three digits and to the tenth of a second at the finest: quantiles are of these."""
    ms = round(1000 * seconds)
    step = 100 if ms < 100_000 else 10 ** (floor(log10(ms)) - 2)
    return round(ms / step) * step


class _Adding:
    def __init__(self) -> None:
        self.sums: Sums = {}

    def add(self, family: str, key: str, count: int = 1) -> None:
        if count:
            known = self.sums.setdefault(family, {})
            known[key] = known.get(key, 0) + int(count)

    def some(self, counts: Mapping[str, int], names: Iterable[str]) -> None:
        for name in names:
            self.add(N, name, counts.get(name, 0))

    def time(self, name: str, seconds: float) -> None:
        """Its value, and its exact milliseconds for the mean."""
        self.add(name, str(told_time(seconds)))
        self.add(N, f"{name} ms", round(1000 * seconds))
