"""Every procedure with its stage, what speaks for more, and what people asked for: for screens and the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.journal_line import Broken, JournalLine
from deskhand.domain.stage import Stage, least
from deskhand.measurement.trust import Trust
from deskhand.ports.store import Store
from deskhand.rollout.book import Grant, Kept
from deskhand.rollout.evidence import Evidence, Lacks
from deskhand.rollout.requests import Request, requests
from deskhand.workflows.place import top_of
from deskhand.workflows.promote import Lines, Rules, known_now, off
from deskhand.workflows.unapproved import lowered_by_control


@dataclass(frozen=True)
class Standing:
    """`stage` is the highest that anybody has, `written` what desk.toml gives to everybody. `grants`: promotions that
    stand; `open`: a request that is not over. `next`: what could be asked for now, None at the ceiling, with what
    `lacks` for it. `back`: the line of its last step back."""

    procedure: str
    stage: Stage
    written: Stage
    ceiling: Stage
    grants: tuple[Grant, ...]
    open: Request | None
    next: Stage | None
    lacks: tuple[Lacks, ...]
    evidence: Evidence
    trust: Trust
    back: JournalLine | None
    history: tuple[JournalLine, ...]


def stages_now(store: Store, lines: Lines, rules: Rules, now: datetime) -> Sequence[Standing] | Broken:
    """Sorted by procedure; `Broken` when the journal was edited: then every procedure is read-only."""
    known = known_now(store, lines, rules, now)
    if isinstance(known, Broken):
        return known
    every, high = requests(known.changes), lowered_by_control(rules.control, Stage.AUTONOMOUS, store)
    found = []
    for name in sorted(rules.procedures):
        kept: Kept = known.book.of(name)
        could, lacks = off(rules, known, name)
        found.append(
            Standing(
                procedure=name,
                stage=least(top_of(rules.rollout, known.book, name), high),
                written=rules.rollout.stage([name]),
                ceiling=rules.rollout.most(name),
                grants=kept.grants,
                open=next((one for one in every if one.procedure == name and not one.over), None),
                next=could,
                lacks=lacks,
                evidence=known.evidence(name),
                trust=known.trust.get(name, Trust()),
                back=kept.back,
                history=tuple(line for line in known.changes if line.body.get("procedure") == name),
            )
        )
    return found
