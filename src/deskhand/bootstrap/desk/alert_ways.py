"""The ways by which people are told of drift and of broken glass, and the run that takes an alert there."""

from collections.abc import Mapping

from deskhand.connectors.slack.alerts import SlackAlerts
from deskhand.connectors.slack.client import SlackClient
from deskhand.connectors.smtp.alerts import MailAlerts
from deskhand.infrastructure.engine.engine import Engine
from deskhand.ports.writes import AlertWriter, Mailer
from deskhand.settings import Settings
from deskhand.workflows.desk import Desk
from deskhand.workflows.send_alert import send_alert
from deskhand.workflows.watch_drift import STORY

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


def ways_of(settings: Settings) -> list[str]:
    """The names of the ways by which people are told."""
    table = settings.table.alerts
    ways: Mapping[str, str] = {EMAIL: table.email, SLACK: table.slack}
    return [name for name, there in ways.items() if there]


def register_alerts(engine: Engine, desk: Desk) -> None:
    """Sending an alert is a durable run."""

    def send(way: str, told: str) -> None:
        send_alert(desk, way, told)

    engine.register(STORY, send)
