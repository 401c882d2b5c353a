"""Watching for drift, beside all other work, and the ways by which people are told."""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from deskhand.connectors.slack.alerts import SlackAlerts
from deskhand.connectors.slack.client import SlackClient
from deskhand.connectors.smtp.alerts import MailAlerts
from deskhand.infrastructure.engine.engine import Engine
from deskhand.ports.writes import AlertWriter, Mailer
from deskhand.settings import Settings
from deskhand.workflows.desk import Desk
from deskhand.workflows.send_alert import send_alert
from deskhand.workflows.watch_drift import STORY, Watcher

log = logging.getLogger(__name__)
LONG = 10.0  # seconds that a round may need to stop
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
    ways: Mapping[str, str] = {EMAIL: table.email, SLACK: table.slack}
    return Watcher(desk.store, desk.clock, frozenset(table.step_back), [name for name, there in ways.items() if there])


@contextmanager
def watching_drift(settings: Settings, desk: Desk) -> Iterator[None]:
    """Until the block ends, a round every so many minutes; 0 for never."""
    minutes = settings.table.alerts.every_minutes
    if not minutes:
        yield
        return
    stop = threading.Event()
    work = (watcher(settings, desk), minutes, stop)
    thread = threading.Thread(target=_work, args=work, name="drift", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(LONG)


def _work(watch: Watcher, minutes: float, stop: threading.Event) -> None:
    while not stop.wait(60 * minutes):
        try:
            watch.round()
        except Exception:  # whatever it was, the next round goes on: without it nothing would be watched
            log.exception("the round of watching for drift was not ended")
