"""What the rules of quality found in closed conversations, from the journal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.quality.checks import CHECKS
from deskhand.measurement.quality.talk import ASSISTANT, PEOPLE
from deskhand.measurement.shares import Share, share

KINDS = frozenset({"quality.checked"})
SHOWN = 20  # tickets of each rule


@dataclass(frozen=True)
class Found:
    """Of one rule in its present version: the share of conversations in which it found something, whoever wrote it;
    `assistant` and `people` say whose replies those were. `tickets` are the newest."""

    check: str
    version: int
    definition: str
    share: Share
    assistant: int
    people: int
    tickets: Sequence[str]


def checked(lines: Iterable[JournalLine], since: datetime | None = None) -> list[Found]:
    """One pass; of each conversation what the newest line about a rule says counts."""
    told: dict[str, dict[tuple[str, int], Mapping[str, bool]]] = {one.id: {} for one in CHECKS}
    versions = {one.id: one.version for one in CHECKS}
    for line in lines:
        if since is not None and line.at < since:
            continue
        place = (line.ticket, int(line.body["stretch"]))
        for id, version in line.body["checks"].items():
            if versions.get(id) == version:
                by = {one["by"] for one in line.body["found"] if one["check"] == id}
                told[id].pop(place, None)
                told[id][place] = {ASSISTANT: ASSISTANT in by, PEOPLE: PEOPLE in by}
    return [_found(one.id, one.version, one.definition, told[one.id]) for one in CHECKS]


def _found(id: str, version: int, definition: str, told: Mapping[tuple[str, int], Mapping[str, bool]]) -> Found:
    hit = [place for place, by in told.items() if any(by.values())]
    return Found(
        id,
        version,
        definition,
        share(len(hit), len(told)),
        sum(by[ASSISTANT] for by in told.values()),
        sum(by[PEOPLE] for by in told.values()),
        [ticket for ticket, _ in reversed(hit)][:SHOWN],
    )
