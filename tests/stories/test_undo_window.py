"""When a deed cannot be taken back any more, or not now."""

from datetime import timedelta

from tests.stories.lumen import Lumen
from tests.stories.test_undo import cancelled, roles

from deskhand.workflows.by_click import Ending
from deskhand.workflows.pause import pause, resume
from deskhand.workflows.undo import start_undo, undo_effect


def test_after_its_window_and_while_paused_nothing_is_taken_back(lumen: Lumen) -> None:
    email, effect = cancelled(lumen)
    desk, people = lumen.installation.desk, roles(lumen.installation, "ana")
    pause(lumen.installation.store, "desk", by="tom", why="a drill", now=lumen.clock())
    refused = undo_effect(desk, effect.key, "ana", people)
    assert (refused.end, "paused" in refused.why) == (Ending.REFUSED, True)
    resume(lumen.installation.store, "desk", by="tom", now=lumen.clock())
    lumen.clock.ahead += timedelta(days=31)
    late = start_undo(desk, effect.key, lumen.installation.people["ana"])
    assert (late.end, "within 30 days" in late.why) == (Ending.REFUSED, True)
    assert lumen.subscription(email).cancels_at is not None
