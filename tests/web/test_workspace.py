"""What an agent sees and does in the workspace, in a real browser under the strict policy."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.stories.lumen import TWICE, Told
from tests.web.browser import violations
from tests.web.conftest import WIDTHS, Workspace

from deskhand.domain.stage import Stage

pytestmark = pytest.mark.browser
Look = Callable[..., Any]


def waiting(workspace: Workspace) -> Told:
    lumen = workspace.lumen
    return lumen.say(lumen.customer("double_charge_small"), TWICE, stage=Stage.ASSISTED)


def test_approved_by_key_and_money_needs_two_presses(workspace: Workspace, look: Look) -> None:
    told = waiting(workspace)
    page = look("ana", f"/inbox/{told.ticket}")
    for _ in range(3):
        page.keyboard.down("a")  # held: it repeats, and is one press
    page.keyboard.up("a")
    assert page.locator("[data-armed]").count() == 1
    assert "Press A again: Refund " in page.locator("#live").inner_text()
    assert workspace.lumen.pending(told.ticket) != []
    page.keyboard.press("a")
    page.locator("#suggestion").get_by_text("Approved.").wait_for()
    workspace.lumen.eventually(lambda: len(workspace.lumen.replies(told.number)) == 1)
    page.locator(".msg.assistant").filter(has_text="refunded the second payment").wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_workspace_is_for_everybody(workspace: Workspace, look: Look, width: str, theme: str) -> None:
    told = waiting(workspace)
    wide, high = WIDTHS[width]
    page = look("ana", f"/inbox/{told.ticket}", viewport={"width": wide, "height": high}, color_scheme=theme)
    page.locator("#messages .msg").first.wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
