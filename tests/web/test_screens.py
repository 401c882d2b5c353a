"""Every screen beside the inbox, for everybody: in both themes, at every width, with nothing that axe finds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.api.test_drift_page import ALARM
from tests.stories.lumen import TWICE
from tests.web.browser import violations
from tests.web.conftest import WIDTHS, Workspace

from deskhand.domain.stage import Stage
from deskhand.measurement.drift.watch import ALARMED
from deskhand.workflows.pause import pause, resume

pytestmark = pytest.mark.browser
Look = Callable[..., Any]
ASKED = "How big can a CSV file be?"
SCREENS = {
    "audit": "/audit",
    "audit-empty": "/audit?q=never+written",
    "knowledge": "/knowledge",
    "question": f"/knowledge?ask={ASKED.replace(' ', '+')}",
    "article": "/articles/billing/refund-times",
    "policies": "/policies",
    "rules": "/policies/actions/refund_charge",
    "versions": "/policies/versions",
    "trial": "/policies/try?ticket={ticket}",
    "procedure": "/procedures/refund-status",
    "dashboard": "/dashboard?days=7",
    "tickets": "/dashboard/tickets",
    "dashboard-empty": "/dashboard?group=none",
    "rollout": "/rollout",
    "changes": "/changes",
    "quality": "/quality",
    "drift": "/drift",
    "golive": "/golive",
    "attachments": "/tickets/{ticket}/attachments",
    "record": "/tickets/{ticket}",
    "customer": "/customers/{customer}",
    "settings": "/settings",
    "connections": "/systems",
}


@pytest.fixture(scope="module")
def ticket(workspace: Workspace) -> str:
    """A ticket with a story, and a few others beside it."""
    lumen = workspace.lumen
    told = lumen.say(lumen.customer("double_charge_small"), TWICE, stage=Stage.AUTONOMOUS)
    lumen.say(lumen.customer("double_charge_small"), TWICE, stage=Stage.ASSISTED)
    for _ in range(5):
        lumen.say(lumen.customer("single_charge"), ASKED, stage=Stage.AUTONOMOUS)
    lumen.say(lumen.customer("single_charge"), "I want to talk to a human.", stage=Stage.AUTONOMOUS)
    for _ in range(2):
        words = "Do you plan a native client for smart refrigerators?"
        lumen.say(lumen.customer("single_charge"), words, stage=Stage.AUTONOMOUS)
    pause(lumen.installation.store, "action:refund_charge", by="tom", why="a drill", now=lumen.clock())
    resume(lumen.installation.store, "action:refund_charge", by="tom", now=lumen.clock())
    with lumen.installation.store.begin() as tx:
        tx.journal.append(ALARMED, "", ALARM, lumen.clock())
    return told.ticket


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_is_for_everybody(
    workspace: Workspace, ticket: str, look: Look, screen: str, width: str, theme: str
) -> None:
    wide, high = WIDTHS[width]
    path = SCREENS[screen].format(ticket=ticket, customer=customer_of(workspace, ticket))
    page = look("mei", path, viewport={"width": wide, "height": high}, color_scheme=theme)
    page.locator("main h1").wait_for()
    page.locator("[aria-busy=true]").wait_for(state="detached")
    _judge(page)


def customer_of(workspace: Workspace, ticket: str) -> str:
    with workspace.lumen.installation.store.begin() as tx:
        return str(tx.ledger.of_ticket(ticket)[0].customer)


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("width", WIDTHS)
def test_labels_fit_in_every_language(workspace: Workspace, ticket: str, look: Look, width: str, locale: str) -> None:
    wide, high = WIDTHS[width]
    for path in ("/inbox?view=all", "/dashboard?days=7", "/rollout", "/drift", "/settings", "/audit"):
        page = look("mei", path, viewport={"width": wide, "height": high}, locale=locale)
        page.locator("main h1").wait_for(state="attached")
        assert page.locator("html").get_attribute("lang") == locale
        if page.locator("main.page").count():
            _judge(page)
        over = "all => all.filter(one => one.offsetWidth > one.parentElement.clientWidth).map(one => one.innerText)"
        assert page.locator(".rail span").evaluate_all(over) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_to_sign_in_is_for_everybody(workspace: Workspace, windows: Any, width: str, theme: str) -> None:
    wide, high = WIDTHS[width]
    windows.allowed = ("401 (Unauthorized)",)
    page = windows(viewport={"width": wide, "height": high}, color_scheme=theme).new_page()
    page.goto(f"{workspace.address}/audit?kind=desk.paused")
    page.get_by_label("Token").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("This opens nothing.").wait_for()
    _judge(page)
    page.get_by_label("Token").fill(workspace.lumen.installation.tokens["ana"])
    page.get_by_role("button", name="Sign in").click()
    page.locator("main h1").wait_for()
    assert page.url == f"{workspace.address}/audit?kind=desk.paused"


def test_on_a_phone_every_screen_is_two_taps_away(workspace: Workspace, look: Look, ticket: str) -> None:
    page = look("mei", "/audit", viewport={"width": 390, "height": 844})
    for name in ("Rollout", "Policies", "Connections", "Settings"):
        assert not page.locator(".rail").get_by_text(name).is_visible()
        page.get_by_role("button", name="More").click()
        page.locator("#more").get_by_role("link", name=name).click()
        page.locator("main h1").wait_for()
    page.get_by_role("button", name="Stop", exact=True).click()
    page.get_by_role("button", name="Pause every effect of this desk").wait_for()


def test_a_proof_and_a_copy_by_hand(workspace: Workspace, look: Look, ticket: str) -> None:
    page = look("ana", "/audit")
    page.get_by_role("button", name="Verify the chain").click()
    page.get_by_text("Chain verified up to line").wait_for()
    with page.expect_download() as copy:
        page.get_by_role("button", name="CSV for a spreadsheet").click()
    assert Path(copy.value.path()).read_text("utf-8").startswith("line,time,kind,ticket,body,hash")


def test_signing_out_by_hand(workspace: Workspace, look: Look) -> None:
    page = look("mei", "/settings")
    page.get_by_role("button", name="Display").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("You are signed out in this browser.").wait_for()
    page.goto(f"{workspace.address}/settings")
    page.get_by_label("Token").wait_for()


def _judge(page: Any) -> None:
    assert violations(page) == []
    for part in ("html", "main", ".rail") if page.locator(".rail").count() else ("html", "main"):
        fits = page.locator(part).first.evaluate("one => one.scrollWidth <= one.clientWidth")
        assert fits, f"{part} scrolls sideways"
