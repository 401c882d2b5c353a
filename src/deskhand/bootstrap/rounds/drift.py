"""Watching for drift, beside all other work."""

from contextlib import AbstractContextManager

from deskhand.bootstrap.desk.alert_ways import ways_of
from deskhand.bootstrap.every import every
from deskhand.settings import Settings
from deskhand.workflows.desk import Desk
from deskhand.workflows.watch_drift import Watcher


def watcher(settings: Settings, desk: Desk) -> Watcher:
    """Reads on where the last round of any process stopped."""
    table = settings.table.alerts
    return Watcher(desk.store, desk.clock, frozenset(table.step_back), ways_of(settings))


def watching_drift(settings: Settings, desk: Desk) -> AbstractContextManager[None]:
    """Until the block ends, a round every so many minutes; 0 for never."""
    return every(60 * settings.table.alerts.every_minutes, watcher(settings, desk).round, "watching for drift")
