"""The chat on the company's own site, as the person before the screen has it."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from tests.llm.served import served
from tests.stories.conftest import impatient, prepared
from tests.stories.lumen import TWICE, Lumen, apart, opened
from tests.stories.mailbox import Mailbox
from tests.web.browser import Windows, chromium, violations
from tests.web.host import SECRET, Site

from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author
from deskhand.entrypoints.api.app import create_app
from deskhand.settings import ReceiptsTable, Settings, WidgetSiteTable, WidgetTable

expect = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: no browser tests").expect

pytestmark = pytest.mark.browser
__all__ = ["impatient", "prepared"]
CSV = "How big can a CSV file be?"
CANCEL = "please cancel my subscription"
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Place:
    """A desk, a site of its company, and windows to look at it."""

    lumen: Lumen
    site: Site
    address: str

    def conversation(self, text: str) -> Ref:
        """The one of whoever is signed in in which this was said."""
        with self.lumen.installation.store.engine.connect() as connection:
            found = connection.exec_driver_sql(
                "select c.id from conversation c join conversation_message m on m.conversation = c.id "
                f"where c.email = '{self.site.email}' and m.text = '{text}'"
            )
            return Ref("deskhand", "ticket", found.scalar_one())


@pytest.fixture(scope="module")
def place(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    site = Site()
    with served(site.app()) as address:

        def with_site(settings: Settings) -> Settings:
            sites = {
                "lumen": WidgetSiteTable(origins=[address]),
                "public": WidgetSiteTable(origins=[address], anonymous=True),
            }
            more = {
                "widget": WidgetTable(audience="lumen", sites=sites, per_minute=200),
                "receipts": ReceiptsTable(address="http://localhost:8700"),
            }
            settings = apart(settings)
            table = settings.table.model_copy(update=more)
            return replace(settings, table=table, secrets={"DESKHAND_WIDGET_SECRET": SECRET})

        folder = copytree(prepared, tmp_path_factory.mktemp("place") / "desk")
        with (
            opened(folder, with_site, Mailbox()) as lumen,
            served(create_app(lumen.installation)) as desk,
        ):
            site.desk = desk.replace("127.0.0.1", "localhost")
            yield Place(lumen, site, address)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def windows(browser: Any) -> Iterator[Windows]:
    windows = Windows(browser)
    yield windows
    assert windows.close() == []


@pytest.fixture
def page(place: Place, windows: Windows) -> Any:
    """The company's page, with somebody new signed in and the chat open."""
    place.site.email = place.lumen.customer("single_charge")
    return visit(place, windows())


def visit(place: Place, context: Any, path: str = "/") -> Any:
    page = context.new_page()
    page.goto(place.address + path)
    page.locator("deskhand-chat .open").click()
    return page


def say(page: Any, text: str) -> None:
    page.locator("textarea").first.fill(text)
    page.locator("textarea").first.press("Enter")


def shot(page: Any, name: str) -> None:
    """A picture to look at, where somebody asks for them."""
    if folder := os.environ.get("UI_SHOTS"):  # noqa: TID251  (a test's own)
        page.screenshot(path=f"{folder}/widget-{name}.png")


def test_a_question_is_answered_with_its_sources(page: Any) -> None:
    expect(page.get_by_text("You are chatting with an AI assistant.")).to_be_visible()
    say(page, CSV)
    expect(page.get_by_text("up to 200 MB").first).to_be_visible()
    page.get_by_text(re.compile(r"Sources \(\d\)")).click()
    expect(page.locator("blockquote").first).to_be_visible()
    shot(page, "answer-light")


def test_a_cancellation_is_done_after_a_press_of_the_button_and_shows_its_receipt(place: Place, page: Any) -> None:
    say(page, CANCEL)
    page.get_by_role("button", name="Yes, cancel").wait_for()
    shot(page, "confirm-light")
    assert place.lumen.subscription(place.site.email).cancels_at is None
    page.get_by_role("button", name="Yes, cancel").click()
    expect(page.get_by_role("link", name="Receipt")).to_be_visible()
    assert place.lumen.subscription(place.site.email).cancels_at is not None
    expect(page.get_by_role("button", name="Yes, cancel")).to_have_count(0)
    shot(page, "receipt-light")


def test_charged_twice_is_refunded_with_a_receipt(place: Place, windows: Windows) -> None:
    place.site.email = place.lumen.customer("double_charge_small")
    page = visit(place, windows(color_scheme="dark"))
    say(page, TWICE)
    expect(page.get_by_role("link", name="Receipt")).to_be_visible()
    assert len(place.lumen.refunds(place.site.email)) == 1
    shot(page, "receipt-dark")
