"""Alarms of glass that was broken, beside all other work: the command that breaks it starts no runs."""

import json
from contextlib import AbstractContextManager

from deskhand.bootstrap.desk.alert_ways import ways_of
from deskhand.bootstrap.every import every
from deskhand.bootstrap.installation import Installation
from deskhand.workflows.watch_drift import STORY

SECONDS = 15.0


def raise_alarms(installation: Installation) -> None:
    """One for each link and way; stopped in between, the next round starts the same runs again, by the same keys."""
    glass = installation.access.glass
    for one in glass.untold():
        told = json.dumps({"glass": one.id, "by": one.by, "why": one.why}, sort_keys=True)
        with installation.store.begin() as tx:
            for way in ways_of(installation.settings):
                tx.runs.enqueue(STORY, f"alert:{way}", f"alert/{one.id}/{way}", way, told)
        glass.told(one.id, installation.desk.clock())


def watching_glass(installation: Installation) -> AbstractContextManager[None]:
    return every(SECONDS, lambda: raise_alarms(installation), "watching for broken glass", at_once=True)
