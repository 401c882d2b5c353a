"""Watching for drift, beside all other work, and the ways by which people are told."""

from collections.abc import Mapping
from contextlib import AbstractContextManager

from deskhand.bootstrap.rounds import every
from deskhand.connectors.slack.alerts import SlackAlerts
from deskhand.connectors.slack.client import SlackClient
from deskhand.connectors.smtp.alerts import MailAlerts
from deskhand.infrastructure.engine.engine import Engine
from deskhand.ports.writes import AlertWriter, Mailer
from deskhand.settings import Settings
from deskhand.workflows.desk import Desk
from deskhand.workflows.send_alert import send_alert
from deskhand.workflows.watch_drift import STORY, Watcher

EMAIL, SLACK = "email", "slack"


def alert_ways(settings: Settings, mailer: Mailer | None, slack: SlackClient | None) -> dict[str, AlertWriter]:
    """By name, as `[alerts]` says."""
    table = settings.table.alerts
    ways: dict[str, AlertWriter] = {}
    if table.email and mailer:
        ways[EMAIL] = MailAlerts(mailer, table.email)
    if table.slack and slack:
        ways[SLACK] = SlackAlerts(slack, table.slack)
    return ways


def register_alerts(engine: Engine, desk: Desk) -> None:
    """Sending an alert is a durable run."""

    def send(way: str, told: str) -> None:
        send_alert(desk, way, told)

    engine.register(STORY, send)


def watcher(settings: Settings, desk: Desk) -> Watcher:
    """Reads on where the last round of any process stopped."""
    table = settings.table.alerts
    return Watcher(desk.store, desk.clock, frozenset(table.step_back), ways_of(settings))


def ways_of(settings: Settings) -> list[str]:
    """The names of the ways by which people are told."""
    table = settings.table.alerts
    ways: Mapping[str, str] = {EMAIL: table.email, SLACK: table.slack}
    return [name for name, there in ways.items() if there]


def watching_drift(settings: Settings, desk: Desk) -> AbstractContextManager[None]:
    """Until the block ends, a round every so many minutes; 0 for never."""
    return every(60 * settings.table.alerts.every_minutes, watcher(settings, desk).round, "watching for drift")
