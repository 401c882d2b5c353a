"""Every closed conversation is held to the rules of quality, once for each version of a rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deskhand.measurement.ledger_of_outcomes import KINDS as OUTCOMES
from deskhand.measurement.ledger_of_outcomes import ledger
from deskhand.measurement.quality.check import Remark
from deskhand.measurement.quality.checks import VERSIONS, run
from deskhand.measurement.stretch import Stretch
from deskhand.ports.store import Transaction
from deskhand.workflows.desk import Desk
from deskhand.workflows.judge_replies import judge_replies
from deskhand.workflows.read_talk import read_talk

CHECKED = "quality.checked"


@dataclass(frozen=True)
class Checked:
    """A ticket that was checked now. `found`: by rule; rules that were checked before are not among them."""

    ticket: str
    stretch: int
    found: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict)


def check_quality(desk: Desk, ticket: str, upto: int = 0) -> Sequence[Checked]:
    """Every stretch of this conversation that has closed, by the rules that it was not held to yet. Bears repeating,
    and two at once: each rule's version is written down once. `upto`: the number of the line up to which a round has
    come by it, where it is one of `serve`."""
    with desk.store.begin() as tx:
        known = ledger(tx.journal.of_ticket(ticket, OUTCOMES)).tickets.get(ticket, [])
        left = {one.number: _left(tx, one) for one in known}
    closed = [one for one in known if one.closed_at and one.real and not one.no_ticket and left[one.number]]
    return [made for one in closed if (made := _check(desk, one, upto))]


def _check(desk: Desk, stretch: Stretch, upto: int) -> Checked | None:
    talk = read_talk(desk, stretch)
    found = run(talk, VERSIONS.keys())
    judge_replies(desk, stretch, talk)
    with desk.store.begin() as tx:
        tx.tickets.owner(stretch.ticket)  # nobody else checks this ticket until the commit
        left = _left(tx, stretch)
        if not left:
            return None
        line: dict[str, object] = {
            "stretch": stretch.number,
            "checks": {id: VERSIONS[id] for id in left},
            "found": [{"check": id, "message": one.message, "by": one.by} for id in left for one in found[id]],
            "complete": talk.complete,
            "handler": str(stretch.handler or ""),
            "procedures": sorted(stretch.procedures),
        }
        newest = tx.journal.newest(CHECKED)
        line["upto"] = max(upto, int(newest.body["upto"]) if newest else 0)
        tx.journal.append(CHECKED, stretch.ticket, line, desk.clock())
    return Checked(stretch.ticket, stretch.number, {id: found[id] for id in left})


def _left(tx: Transaction, stretch: Stretch) -> list[str]:
    """The rules to which this stretch was not held yet, in their present version."""
    held: dict[str, int] = {}
    for line in tx.journal.of_ticket(stretch.ticket, [CHECKED]):
        if line.body["stretch"] == stretch.number:
            held |= line.body["checks"]
    return [id for id, version in VERSIONS.items() if held.get(id) != version]
