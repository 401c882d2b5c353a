"""The week of a desk, read from its numbers and its journal; and the round that sends it by e-mail."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from deskhand.bootstrap.desk.report_ways import way_of
from deskhand.bootstrap.every import every
from deskhand.bootstrap.installation import Installation
from deskhand.bootstrap.knowledge.health import knowledge_health
from deskhand.bootstrap.numbers.numbers import Asked, Counting
from deskhand.bootstrap.rounds.stages import rules_of
from deskhand.domain.errors import DeskFault
from deskhand.domain.journal_line import Broken
from deskhand.measurement.drift.alarms import KINDS as ALARMS
from deskhand.measurement.every_metric import BY_KEY
from deskhand.measurement.weekly import Look, Week, Weekly, What, lines
from deskhand.rollout.book import STEPPED_BACK
from deskhand.settings import Settings
from deskhand.workflows.send_report import enqueue, sent
from deskhand.workflows.stages_now import Standing, stages_now
from deskhand.workflows.watch_drift import open_alarms

log = logging.getLogger(__name__)
EVERY = 60.0  # seconds between two rounds
BEHIND = 8  # tickets that are named of one figure
Compose = Callable[[Weekly], tuple[str, str]]  # its subject and its text


def weekly(installation: Installation, week: Week, *, gaps: bool = True) -> Weekly:
    """As of now. `gaps`: whether questions are compared with each other, which takes seconds; else `open_gaps` does."""
    counting, now = installation.counting, installation.desk.clock()
    while not counting.keep_up():
        pass
    this, other = Asked(7, ending=week.sunday), Asked(7, ending=week.before.sunday)
    found, before = counting.numbers(this, now), counting.numbers(other, now)
    assert found.outcomes is not None
    made = Weekly(
        company=installation.settings.table.company,
        week=week,
        at=now,
        final=week.ends + counting.window,
        lines=lines(found.values, before.values, counting.before()),
        outcomes=found.outcomes,
        look=_look(installation, week, gaps=gaps),
        behind=found.behind,
    )
    seen = {one.metric.key for one in made.to_see}
    with_tickets = [
        replace(one, tickets=_behind(counting, one.metric.key, this, now)) if one.metric.key in seen else one
        for one in made.lines
    ]
    return replace(made, lines=with_tickets)


def due(settings: Settings, now: datetime) -> Week | None:
    """The week to be sent by now: the newest that is over, from the day and hour of `[reports]` on. None before."""
    table, week = settings.table.reports, Week.last(now)
    zone = ZoneInfo(settings.table.calendar.zone) if settings.table.calendar else UTC
    day = (week.ends + timedelta(days=table.weekday)).date()
    at = datetime.combine(day, time(table.hour), zone)
    return week if now >= at else None


def send_due(installation: Installation, compose: Compose) -> list[str]:
    """What a round does; the ways by which a report went on its way now. A week that was over before this desk saw its
    first message is not sent."""
    week = due(installation.settings, installation.desk.clock())
    first = installation.counting.rollups.first_day()
    if week is None or first is None or first > week.sunday.isoformat():
        return []
    return send(installation, week, compose)


def send(installation: Installation, week: Week, compose: Compose) -> list[str]:
    """To everybody of `[reports]` who has not had it; by which ways it went. It is written once for all of them."""
    desk, ways = installation.desk, [way_of(to) for to in installation.settings.table.reports.to]
    left = [way for way in ways if not sent(desk.store, way, str(week))]
    if left:
        subject, text = compose(weekly(installation, week))
        enqueue(desk.store, left, str(week), subject, text)
    return left


def reporting(installation: Installation, compose: Compose) -> AbstractContextManager[None]:
    """Until the block ends, send each week's report when it is due."""
    wanted = bool(installation.settings.table.reports.to)
    return every(EVERY if wanted else 0, lambda: send_due(installation, compose), "sending reports", at_once=True)


def _look(installation: Installation, week: Week, *, gaps: bool) -> list[Look]:
    """What is open now, and what stepped back in that week or since."""
    now, queries = installation.desk.clock(), installation.queries
    rules = rules_of(installation.settings, installation.desk.procedures)
    stages = stages_now(installation.store, queries.lately, rules, now)
    found = []
    for one in open_alarms(list(queries.of_kinds(ALARMS))):
        procedure, signal = str(one.body["procedure"]), str(one.body["signal"])
        found.append(Look(What.DRIFT, procedure, signal, at=one.at, tickets=_first(one.body["tickets"])))
    if isinstance(stages, Broken):
        found.append(Look(What.BROKEN, n=stages.seq))
    else:
        for standing in stages:
            found += _of_procedure(standing, week)
    if gaps:
        found += open_gaps(installation)
    return found


def _of_procedure(one: Standing, week: Week) -> Iterator[Look]:
    for kind in sorted({finding.kind for finding in one.trust.open}):
        same = [finding for finding in one.trust.open if finding.kind == kind]
        tickets = dict.fromkeys(finding.ticket for finding in same if finding.ticket)
        yield Look(What.FINDING, one.procedure, kind, len(same), same[-1].at, tuple(tickets)[:BEHIND])
    if one.back and one.back.kind == STEPPED_BACK and one.back.at.date() >= week.monday:
        yield Look(What.STEPPED_BACK, one.procedure, str(one.stage), at=one.back.at)
    if one.next and not one.lacks and not one.open:
        yield Look(What.PROMOTE, one.procedure, str(one.next), one.evidence.decided)


def open_gaps(installation: Installation) -> list[Look]:
    """Questions that no article answers, compared with each other now."""
    try:
        at = installation.desk.clock()
        health = knowledge_health(installation.settings, now=at, progress=lambda what, done, whole: None)
    except DeskFault:
        return []  # a folder that is being edited: `deskhand check` tells of it
    return [
        Look(
            What.GAP, name=max(one.why, key=one.why.__getitem__), n=one.count, at=one.last, tickets=_first(one.tickets)
        )
        for one in health.gaps.found
    ]


def _behind(counting: Counting, key: str, asked: Asked, now: datetime) -> tuple[str, ...]:
    found, _ = counting.tickets(BY_KEY[key], asked, now, None, BEHIND)
    return tuple(dict.fromkeys(one.ticket for one in found))


def _first(tickets: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(one) for one in tickets)[:BEHIND]
