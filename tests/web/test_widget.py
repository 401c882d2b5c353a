"""The chat on the company's own site, as the person before the screen has it."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import sqlalchemy as sa
from tests.llm.served import served
from tests.stories.conftest import impatient, prepared
from tests.stories.lumen import TWICE, Lumen, apart, opened
from tests.stories.mailbox import Mailbox
from tests.web.browser import Windows, violations
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
            found = connection.execute(
                sa.text(
                    "select c.id from conversation c join conversation_message m on m.conversation = c.id "
                    "where c.email = :email and m.text = :text"
                ),
                {"email": self.site.email, "text": text},
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
    expect(page.get_by_role("link", name="Receipt", exact=True)).to_be_visible()
    assert place.lumen.subscription(place.site.email).cancels_at is not None
    expect(page.get_by_role("button", name="Yes, cancel")).to_have_count(0)
    shot(page, "receipt-light")


def test_charged_twice_is_refunded_with_a_receipt(place: Place, windows: Windows) -> None:
    place.site.email = place.lumen.customer("double_charge_small")
    page = visit(place, windows(color_scheme="dark"))
    say(page, TWICE)
    expect(page.get_by_role("link", name="Receipt", exact=True)).to_be_visible()
    assert len(place.lumen.refunds(place.site.email)) == 1
    shot(page, "receipt-dark")


def test_a_person_takes_over_reads_a_corrected_summary_and_answers_live(place: Place, windows: Windows) -> None:
    place.site.email = place.lumen.customer("double_charge_small")
    page = visit(place, windows())
    say(page, "I paid 29.00 for the team plan, and the export of my reports stopped on Monday.")
    page.locator("li.ai").wait_for()
    page.locator("header").get_by_role("button", name="Talk to a person").click()
    expect(page.get_by_text("A person has your conversation")).to_be_visible()
    page.get_by_text("What people were given").click()
    page.get_by_label("Is something wrong or missing?").fill("It stopped on Tuesday, not on Monday.")
    page.get_by_role("button", name="Send the correction").click()
    expect(page.get_by_text("Whoever works on your request sees your correction.")).to_be_visible()
    shot(page, "people-light")
    talk = place.conversation("I would like to talk to a person.")
    with place.lumen.installation.store.begin() as tx:
        assert [one.text for one in tx.handoffs.corrections(str(talk))] == ["It stopped on Tuesday, not on Monday."]
    assert place.lumen.owner(str(talk)).startswith("queue:")
    place.lumen.installation.conversations.say(talk, "agent-1", "Ana here. <b>I am looking.</b>", author=Author.AGENT)
    expect(page.get_by_text("Ana here. <b>I am looking.</b>")).to_be_visible()


def test_what_is_written_without_a_connection_is_sent_once_after_it(place: Place, page: Any, windows: Windows) -> None:
    windows.allowed = ("ERR_INTERNET_DISCONNECTED",)
    say(page, CSV)
    expect(page.get_by_text("up to 200 MB").first).to_be_visible()
    page.context.set_offline(True)
    say(page, "How do I export a report as PDF?")
    expect(page.get_by_text("Not sent yet")).to_be_visible()
    expect(page.get_by_role("alert").get_by_role("button", name="Talk to a person")).to_be_visible()
    shot(page, "offline-light")
    page.context.set_offline(False)
    expect(page.locator("li.ai")).to_have_count(2)
    expect(page.get_by_text("Not sent yet")).to_have_count(0)
    expect(page.get_by_text("How do I export a report as PDF?")).to_have_count(1)
    kept = place.lumen.installation.conversations.ticket(place.conversation(CSV)).value.messages
    assert [one.text for one in kept].count("How do I export a report as PDF?") == 1


def test_what_was_said_while_there_was_no_connection_is_there_after_it_once(
    place: Place, page: Any, windows: Windows
) -> None:
    windows.allowed = ("ERR_INTERNET_DISCONNECTED",)
    say(page, CSV)
    expect(page.get_by_text("up to 200 MB").first).to_be_visible()
    page.context.set_offline(True)
    talk = place.conversation(CSV)
    place.lumen.installation.conversations.say(talk, "agent-2", "Ana here, after you.", author=Author.AGENT)
    page.context.set_offline(False)
    expect(page.get_by_text("Ana here, after you.")).to_be_visible()
    expect(page.get_by_text("Ana here, after you.")).to_have_count(1)
    expect(page.get_by_text(CSV, exact=True)).to_have_count(1)


def test_a_conversation_is_sent_by_mail_to_the_address_on_file(place: Place, page: Any) -> None:
    say(page, CSV)
    expect(page.get_by_text("up to 200 MB").first).to_be_visible()
    page.locator("summary.icon").click()
    page.get_by_role("button", name="E-mail me this conversation").click()
    expect(page.get_by_text(f"It is on its way to {place.site.email}.")).to_be_visible()
    place.lumen.eventually(lambda: bool(place.lumen.mailbox.to(place.site.email)))
    (letter,) = place.lumen.mailbox.to(place.site.email)
    assert CSV in letter.text
    assert "up to 200 MB" in letter.text


def test_a_conversation_is_downloaded_as_it_stands(page: Any) -> None:
    say(page, CSV)
    expect(page.get_by_text("up to 200 MB").first).to_be_visible()
    page.locator("summary.icon").click()
    with page.expect_download() as copy:
        page.get_by_role("button", name="Download this conversation").click()
    text = Path(copy.value.path()).read_text("utf-8")
    assert copy.value.suggested_filename == "conversation.txt"
    assert CSV in text
    assert "up to 200 MB" in text


def test_what_waits_to_be_sent_outlives_the_page(place: Place, page: Any, windows: Windows) -> None:
    windows.allowed = ("ERR_FAILED",)
    page.route("**/widget/messages?*", lambda route: route.abort())
    say(page, CSV)
    expect(page.get_by_text("Not sent yet")).to_be_visible()
    page.unroute("**/widget/messages?*")
    page.reload()
    page.locator("deskhand-chat .open").click()
    expect(page.get_by_text("up to 200 MB").first).to_be_visible()


def test_another_load_and_another_tab_show_the_same_conversation(place: Place, page: Any) -> None:
    say(page, CSV)
    expect(page.get_by_text("up to 200 MB").first).to_be_visible()
    page.reload()
    page.locator("deskhand-chat .open").click()
    expect(page.get_by_text("up to 200 MB").first).to_be_visible()
    other = page.context.new_page()
    other.goto(place.address)
    other.locator("deskhand-chat .open").click()
    expect(other.get_by_text("up to 200 MB").first).to_be_visible()
    say(other, "How do I export a report as PDF?")
    expect(other.locator("li.ai")).to_have_count(2)
    page.bring_to_front()
    expect(page.locator("li.ai")).to_have_count(2)


def test_somebody_else_at_this_browser_sees_nothing_of_it(place: Place, page: Any) -> None:
    say(page, CSV)
    expect(page.get_by_text("up to 200 MB").first).to_be_visible()
    place.site.email = place.lumen.customer("single_charge")
    page.reload()
    page.locator("deskhand-chat .open").click()
    say(page, "Where do I find my invoices?")
    page.locator("li.ai").wait_for()
    expect(page.get_by_text(CSV)).to_have_count(0)


def test_html_is_shown_as_text(page: Any) -> None:
    say(page, "<img src=x onerror=alert(1)> <b>bold</b> how big can a CSV file be?")
    expect(page.get_by_text("<img src=x onerror=alert(1)> <b>bold</b>").first).to_be_visible()
    page.locator("li.ai").wait_for()
    assert page.locator("li.m img, li.m b").count() == 0


def test_a_token_that_expired_is_exchanged_for_a_fresh_one(place: Place, page: Any, windows: Windows) -> None:
    windows.allowed = ("401 (Unauthorized)",)
    place.site.ages = [301]
    page.reload()
    before = place.site.given
    page.locator("deskhand-chat .open").click()
    say(page, CSV)
    expect(page.get_by_text("up to 200 MB").first).to_be_visible()
    assert place.site.given >= before + 1


def test_escape_closes_it_and_gives_the_focus_back(page: Any) -> None:
    expect(page.locator("textarea").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Help")).to_be_focused()
    expect(page.get_by_role("button", name="Help")).to_have_attribute("aria-expanded", "false")


def test_a_page_that_allows_nothing_but_our_address_is_enough(place: Place, windows: Windows) -> None:
    place.site.email = place.lumen.customer("single_charge")
    page = visit(place, windows(), "/strict")
    say(page, CSV)
    expect(page.get_by_text("up to 200 MB").first).to_be_visible()


def test_whoever_is_not_signed_in_may_write_where_the_site_lets_them(place: Place, windows: Windows) -> None:
    page = visit(place, windows(viewport=PHONE), "/?nobody&site=public")
    say(page, CSV)
    expect(page.get_by_text("up to 200 MB").first).to_be_visible()
    shot(page, "answer-phone")
    page.locator("header").get_by_role("button", name="Talk to a person").click()
    page.get_by_label("Your e-mail address").fill("ada@example.net")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def test_whoever_has_to_sign_in_is_told_so(place: Place, windows: Windows) -> None:
    windows.allowed = ("401 (Unauthorized)",)
    page = visit(place, windows(), "/?nobody&site=lumen")
    say(page, CSV)
    expect(page.get_by_text("Please sign in on this page to chat.")).to_be_visible()


def test_whoever_says_that_it_is_solved_is_asked_how_it_was(place: Place, page: Any) -> None:
    say(page, CSV)
    page.get_by_text("Is that solved?").wait_for()
    page.get_by_role("group", name="Is that solved?").get_by_role("button", name="Yes").click()
    expect(page.get_by_text("How was this conversation?")).to_be_visible()
    expect(page.get_by_text("Is that solved?")).to_have_count(0)
    assert "solved.said" in place.lumen.kinds(str(place.conversation(CSV)))


def test_a_conversation_is_rated_once(place: Place, page: Any) -> None:
    say(page, CSV)
    page.locator("li.ai").wait_for()
    page.locator("summary.icon").click()
    page.get_by_role("button", name="End the conversation").click()
    page.get_by_label("4").check(force=True)
    page.get_by_label("Anything else?").fill("Quick. Call me at ada@example.com")
    shot(page, "rating-light")
    page.locator("form.card").get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you for your answer.")).to_be_visible()
    talk = str(place.conversation(CSV))
    (line,) = [one for one in place.lumen.installation.queries.timeline(talk) if one.kind == "csat.given"]
    assert line.body == {"score": 4, "owner": "assistant", "words": True}
    with place.lumen.installation.store.begin() as tx:
        rating = tx.visits.rating(talk)
    assert rating is not None
    assert rating.words == "Quick. Call me at [email]"


def test_a_file_is_sent_and_a_wrong_one_is_refused(place: Place, page: Any, windows: Windows) -> None:
    windows.allowed = ("415 (Unsupported Media Type)",)
    picker = page.locator("input[type=file]")
    picker.set_input_files({"name": "run.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"})
    expect(page.get_by_text("Files of this kind are not taken.")).to_be_visible()
    picker.set_input_files({"name": "../error.txt", "mimeType": "text/plain", "buffer": b"It broke at 12."})
    expect(page.get_by_role("button", name="Remove: error.txt")).to_be_visible()
    say(page, CSV)
    expect(page.locator("li.me .file")).to_contain_text("error.txt")
    shot(page, "file-light")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390, 320])
def test_axe_finds_nothing(place: Place, windows: Windows, theme: str, width: int) -> None:
    place.site.email = place.lumen.customer("single_charge")
    context = windows(color_scheme=theme, bypass_csp=True, viewport={"width": width, "height": 760})
    page = visit(place, context)
    say(page, CANCEL)
    page.get_by_role("button", name="Yes, cancel").wait_for()
    assert violations(page) == []
    shot(page, f"{theme}-{width}")
    page.locator("header").get_by_role("button", name="Talk to a person").click()
    expect(page.get_by_text("A person has your conversation")).to_be_visible()
    page.get_by_text("What people were given").click()
    page.get_by_label("Is something wrong or missing?").wait_for()
    page.get_by_text("Sources (1)").first.click()
    assert violations(page) == []
    page.locator("summary.icon").click()
    page.get_by_role("button", name="End the conversation").click()
    page.get_by_text("How was this conversation?").wait_for()
    assert violations(page) == []
    shot(page, f"end-{theme}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("locale", "first", "help_"), [("de", "KI-Assistenten", "Hilfe"), ("ar", "مساعد ذكاء", "مساعدة")]
)
def test_it_speaks_the_language_of_the_page(
    place: Place, windows: Windows, locale: str, first: str, help_: str
) -> None:
    place.site.email = place.lumen.customer("single_charge")
    page = visit(place, windows(), f"/?locale={locale}&accent=%230f766e")
    expect(page.get_by_text(first)).to_be_visible()
    expect(page.get_by_role("button", name=help_)).to_be_visible()
    say(page, CANCEL)
    page.locator(".card .main").wait_for()
    shot(page, f"locale-{locale}")
    box = page.locator("dialog").bounding_box()
    assert (box["x"] < 100) == (locale == "ar")  # it begins where its language does
    assert page.locator("dialog").evaluate("one => getComputedStyle(one).direction") == (
        "rtl" if locale == "ar" else "ltr"
    )


def test_a_language_that_it_has_not_is_answered_in_english(place: Place, windows: Windows) -> None:
    page = visit(place, windows(), "/?nobody&site=public&locale=xx")
    expect(page.get_by_text("You are chatting with an AI assistant.")).to_be_visible()


@pytest.mark.parametrize(
    ("theme", "system", "dark"),
    [("light", "dark", False), ("dark", "light", True), ("auto", "dark", True), ("auto", "light", False)],
)
def test_its_theme_is_what_the_page_says_else_the_systems(
    place: Place, windows: Windows, theme: str, system: str, dark: bool
) -> None:
    page = visit(place, windows(color_scheme=system), f"/?nobody&site=public&theme={theme}")
    ground = page.locator("dialog").evaluate("one => getComputedStyle(one).backgroundColor")
    assert is_dark(page, ground) == dark


def is_dark(page: Any, colour: str) -> bool:
    """As the browser paints it, whatever it is written in."""
    paint = """colour => { const canvas = new OffscreenCanvas(1, 1).getContext("2d"); canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3) }"""
    return bool(sum(page.evaluate(paint, colour)) < 3 * 128)
