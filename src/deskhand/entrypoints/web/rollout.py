"""How far the assistant is trusted, procedure by procedure, and what speaks for more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from deskhand.bootstrap import Installation
from deskhand.domain.stage import Stage
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.web.frame import page
from deskhand.measurement.tickets_seen import UNWRITTEN
from deskhand.measurement.trust import KINDS, Trust, trust
from deskhand.rollout.evidence import Lacks, missing

router = APIRouter(include_in_schema=False)
DAYS = 90


@dataclass(frozen=True)
class Topic:
    """`line` of `desk.toml` names its stage, 0 where the default holds. `lacks` is what should be there first."""

    id: str
    title: str
    stage: Stage
    line: int
    trust: Trust
    lacks: Sequence[Lacks]


@router.get("/rollout")
def rollout(request: Request, caller: Caller) -> HTMLResponse:
    installation: Installation = request.app.state.installation
    table = installation.settings.table.rollout
    since = installation.desk.clock() - timedelta(days=DAYS)
    told = trust(installation.queries.lately(KINDS, since))
    procedures = sorted(installation.desk.procedures.values(), key=lambda one: one.title)
    topics = [_topic(installation, UNWRITTEN, "", told)]
    topics += [_topic(installation, one.id, one.title, told) for one in procedures]
    values = {
        "topics": sorted(topics, key=lambda one: (-one.stage.trust, -one.trust.messages)),
        "stages": Stage,
        "default": table.default,
        "proactive": dict(table.proactive),
        "days": DAYS,
        "gates": table.gates.gates,
        "unwritten": UNWRITTEN,
        "bounded": installation.queries.bounded(),
    }
    return page(request, caller, "rollout.html", values)


def _topic(installation: Installation, id: str, title: str, told: dict[str, Trust]) -> Topic:
    stage, found = installation.desk.rollout.stage([id]), told.get(id, Trust())
    named = id in installation.settings.table.rollout.procedures
    line = installation.settings.fault(f"rollout.procedures.{id}", "").line if named else 0
    return Topic(
        id, title, stage, line, found, missing(stage, found.evidence, installation.settings.table.rollout.gates.gates)
    )
