"""Policy tried on a past ticket: each decision of then, and how today's rules would decide on the same facts."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.rights import Right
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.frame import page
from deskhand.execution.catalogue.all_actions import schema_of_texts
from deskhand.policy.recorded import Again, Record
from deskhand.policy.replay import DECISIONS, TextsOfThen, replayed, replayed_with

router = APIRouter(include_in_schema=False)
MOST = 50  # decisions of one ticket, the newest


@dataclass(frozen=True)
class Decided:
    """One decision: as the journal has it, taken again by the text of then (`why` there is none), and by today's."""

    line: JournalLine
    record: Record | None
    then: Again | None
    now: Again | None
    why: str

    @property
    def sound(self) -> bool:
        """Whether the text of then still decides what was recorded."""
        return bool(self.record and self.then and self.then.answer == self.record.answer)

    @property
    def differs(self) -> bool:
        return bool(self.record and self.now and self.now.answer != self.record.answer)


@router.get("/policies/try", dependencies=[needs(Right.READ)])
def tried(request: Request, caller: Caller, ticket: Annotated[str, Query(max_length=300)] = "") -> HTMLResponse:
    installation: Installation = request.app.state.installation
    name = ticket.strip()
    decisions = decided(installation, name) if name else []
    values = {"ticket": name, "decisions": decisions[-MOST:], "all": len(decisions)}
    return page(request, caller, "policy_trial.html", values)


def decided(installation: Installation, ticket: str) -> list[Decided]:
    """Oldest first; nothing is done and nothing written down."""
    lines = list(installation.queries.of_kinds(DECISIONS, ticket=ticket))
    then = replayed(lines, TextsOfThen(installation.queries.policy_texts(), schema_of_texts))
    now = replayed_with(installation.desk.policy, lines)
    return [
        Decided(one.line, one.record, one.again, other.again, one.why) for one, other in zip(then, now, strict=True)
    ]
