"""An alert on its way to people, by one way: an effect, once through crashes and lost answers."""

import json

from deskhand.domain.glass_alert import glass_alert_of
from deskhand.execution.results import Unsure
from deskhand.workflows.desk import Desk
from deskhand.workflows.watch_drift import alert_of

WAITS = (60.0, 600.0, 3600.0)  # seconds before each further attempt; the workspace shows the alarm in any case


def send_alert(desk: Desk, way: str, told: str) -> None:
    """The run. `told`: the body of the alarm's line, or what is known of glass that was broken."""
    for wait in (*WAITS, None):
        if desk.step(_send, desk, way, told) or wait is None:
            return
        desk.pause(wait)


def _send(desk: Desk, way: str, told: str) -> bool:
    """Whether it is settled."""
    body = json.loads(told)
    alert = glass_alert_of(body) if "glass" in body else alert_of(body)
    subject = f"{desk.voice.company}: {alert.subject}"
    sent = desk.executor.alert(way, subject, alert.text, key=f"alert/{alert.id}/{way}")
    return not isinstance(sent, Unsure)
