"""A week's report on its way to one address: an effect, once through crashes and lost answers."""

from collections.abc import Sequence

from deskhand.execution.results import Unsure
from deskhand.ports.store import Store
from deskhand.workflows.desk import Desk

STORY = "send_report"
WAITS = (60.0, 600.0, 3600.0)  # seconds before each further attempt; the workspace shows the report in any case


def enqueue(store: Store, ways: Sequence[str], week: str, subject: str, text: str) -> None:
    """By all of these ways at once, or by none. What was started before under the same name is not started again."""
    with store.begin() as tx:
        for way in ways:
            key = key_of(way, week)
            tx.runs.enqueue(STORY, f"report:{way}", key, way, week, subject, text)


def sent(store: Store, way: str, week: str) -> bool:
    """Whether the ledger knows of it, whatever became of it there."""
    with store.begin() as tx:
        return tx.ledger.effect(key_of(way, week)) is not None


def key_of(way: str, week: str) -> str:
    return f"report/{week}/{way}"


def send_report(desk: Desk, way: str, week: str, subject: str, text: str) -> None:
    """The run."""
    for wait in (*WAITS, None):
        if desk.step(_send, desk, way, week, subject, text) or wait is None:
            return
        desk.pause(wait)


def _send(desk: Desk, way: str, week: str, subject: str, text: str) -> bool:
    """Whether it is settled."""
    return not isinstance(desk.executor.alert(way, subject, text, key=key_of(way, week)), Unsure)
