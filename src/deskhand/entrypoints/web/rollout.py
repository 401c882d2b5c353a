"""How far the assistant is trusted, procedure by procedure, what speaks for more, and the buttons that change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from deskhand.bootstrap import Installation, rules_of
from deskhand.domain.journal_line import Broken
from deskhand.domain.rights import Right
from deskhand.domain.scope import Scope
from deskhand.domain.stage import Stage
from deskhand.entrypoints.people import Caller
from deskhand.entrypoints.rights import needs
from deskhand.entrypoints.web.forms import Author
from deskhand.entrypoints.web.frame import TOLD, page, reader
from deskhand.measurement.trials import KINDS, trials
from deskhand.rollout.control import held_back
from deskhand.rollout.requests import Share
from deskhand.workflows.promote import Rules, approve, ask, same_person, withdraw
from deskhand.workflows.stages_now import Standing, stages_now
from deskhand.workflows.step_back import step_back

router = APIRouter(include_in_schema=False)
LADDER = (25.0, 50.0, 100.0)  # percent, a week apart
HISTORY = 12  # lines of a procedure that are shown; `deskhand rollout history` has all


@dataclass(frozen=True)
class Topic:
    """`line` of `desk.toml` names its stage, 0 where the default holds. `other`: whether the reader may approve what
    waits, since somebody else asked."""

    title: str
    line: int
    now: Standing
    other: bool
    paused: bool


@router.get("/rollout", dependencies=[needs(Right.READ)])
def rollout(request: Request, caller: Caller) -> HTMLResponse:
    installation: Installation = request.app.state.installation
    table, now = installation.settings.table.rollout, installation.desk.clock()
    rules, titles = _rules(installation), {one.id: one.title for one in installation.desk.procedures.values()}
    found = stages_now(installation.store, installation.queries.lately, rules, now)
    proved = installation.queries.stages()  # each line anew: whoever looks here wants to know
    standing: Sequence[Standing] = () if isinstance(found, Broken) else found
    topics = [_topic(installation, one, titles.get(one.procedure, ""), caller.id) for one in standing]
    since = now - timedelta(days=rules.gates.days)
    values = {
        "topics": sorted(topics, key=lambda one: (-one.now.stage.trust, -one.now.trust.messages, one.title)),
        "stages": Stage,
        "default": table.default,
        "proactive": dict(table.proactive),
        "days": rules.gates.days,
        "gates": rules.gates,
        "promotes": not rules.promoters or bool(rules.promoters & caller.roles),
        "promoters": sorted(rules.promoters),
        "forged": proved if isinstance(proved, Broken) else None,
        "trials": _trials(installation, since),
        "history": HISTORY,
        "bounded": installation.queries.bounded(),
        "held": held_back(installation.desk.control, installation.queries.changes()),
    }
    return page(request, caller, "rollout.html", values)


@router.post("/rollout/ask", dependencies=[needs(Right.PROMOTE)])
def asking(
    request: Request,
    caller: Author,
    procedure: Annotated[str, Form()],
    stage: Annotated[Stage, Form()],
    why: Annotated[str, Form()] = "",
    percent: Annotated[float, Form()] = 100,
    at: Annotated[str, Form()] = "",
    weekly: Annotated[bool, Form()] = False,
    channel: Annotated[str, Form()] = "",
    segment: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = "",
) -> RedirectResponse:
    installation: Installation = request.app.state.installation
    now = installation.desk.clock()
    try:
        first = datetime.fromisoformat(at).replace(tzinfo=reader(request).zone) if at else None
    except ValueError:
        return _back(request, "This is no time: 2026-12-07T09:00. Nothing was changed.")
    later = [one for one in LADDER if weekly and one > percent]
    steps = [Share(one, (first or now) + timedelta(weeks=week)) for week, one in enumerate(later, 1)]
    answer = ask(
        installation.store,
        installation.queries.lately,
        _rules(installation),
        procedure=procedure,
        stage=stage,
        scope=Scope(channel.strip(), segment.strip(), language.strip()),
        shares=[Share(percent, first), *steps],
        person=caller,
        why=why,
        now=now,
    )
    return _back(request, answer.told)


@router.post("/rollout/approve", dependencies=[needs(Right.APPROVE)])
def approving(request: Request, caller: Author, id: Annotated[str, Form()]) -> RedirectResponse:
    installation: Installation = request.app.state.installation
    answer = approve(
        installation.store,
        installation.queries.lately,
        _rules(installation),
        request=id,
        person=caller,
        now=installation.desk.clock(),
    )
    return _back(request, answer.told)


@router.post("/rollout/withdraw", dependencies=[needs(Right.PROMOTE)])
def withdrawing(
    request: Request, caller: Author, id: Annotated[str, Form()], why: Annotated[str, Form()] = ""
) -> RedirectResponse:
    installation: Installation = request.app.state.installation
    answer = withdraw(installation.store, request=id, by=caller.id, why=why, now=installation.desk.clock())
    return _back(request, answer.told)


@router.post("/rollout/step-back", dependencies=[needs(Right.PAUSE)])
def stepping_back(
    request: Request, caller: Author, procedure: Annotated[str, Form()], why: Annotated[str, Form()] = ""
) -> RedirectResponse:
    """One person, at once, with a reason."""
    installation: Installation = request.app.state.installation
    if not why.strip():
        return _back(request, "Say why. Nothing was changed.")
    reason, now = why.strip()[:TOLD], installation.desk.clock()
    told = step_back(installation.store, procedure=procedure, why=reason, by=caller.id, now=now, evidence={})
    what = (
        f"{procedure} is {told.stage} from now on." if told.changed else f"{procedure} stays {told.stage}: {told.why}."
    )
    return _back(request, what)


def _rules(installation: Installation) -> Rules:
    rules = rules_of(installation.settings, installation.desk.procedures)
    return replace(rules, control=installation.desk.control)  # the folder that is at work, whatever lies there now


def _topic(installation: Installation, one: Standing, title: str, reads: str) -> Topic:
    id = one.procedure
    named = id in installation.settings.table.rollout.procedures
    line = installation.settings.fault(f"rollout.procedures.{id}", "").line if named else 0
    paused = any(each.scope == f"procedure:{id}" for each in installation.queries.pauses())
    other = one.open is not None and not same_person(one.open.by, reads)
    return Topic(title, line, one, other, paused)


def _trials(installation: Installation, since: datetime) -> Sequence[Mapping[str, object]]:
    every = installation.desk.trials
    if not every:
        return ()
    found = trials(installation.queries.lately(KINDS, since), every)
    return [{"trial": one, "state": found[one.name]} for one in every]


def _back(request: Request, told: str) -> RedirectResponse:
    address = request.url.replace(path="/rollout", query="").include_query_params(told=told[:TOLD])
    return RedirectResponse(address, 303)
