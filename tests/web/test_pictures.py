"""The pictures of docs/screens: every screen of a desk at work. `make screens` takes them."""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from tests.api.test_attachments import BILL, twin
from tests.api.test_promoting import PROCEDURE, post
from tests.llm.served import served
from tests.stories.lumen import TWICE, Lumen, opened
from tests.stories.mailbox import Mailbox
from tests.web.browser import Windows
from tests.web.conftest import Workspace
from tests.web.host import SECRET, Site
from tests.web.small_png import small
from tests.web.test_widget import Place, say, visit

from deskhand.bootstrap.rounds.drift import watcher
from deskhand.bootstrap.secret import desk_secret
from deskhand.connectors.http.twin_files import Upload
from deskhand.domain.stage import Stage
from deskhand.entrypoints.api.app import create_app
from deskhand.infrastructure.receipt_token import OPT_OUT, token_of
from deskhand.measurement.drift.signals import DESK as WHOLE
from deskhand.measurement.drift.watch import ALARMED
from deskhand.settings import Settings

pytestmark = pytest.mark.browser
ROLLOUT = 'refund-status = "assisted"\n'  # the last line of it in Lumen's desk.toml
LETTERS, WAITING = 72, 8  # the last are not decided on
BETWEEN = timedelta(minutes=97)
MORE = """
[rollout.gates]  # few letters are decided on
autonomous_cases = 2
autonomous_approved = 10

[widget]
audience = "lumen"

[widget.sites.lumen]
origins = ["{address}"]
"""
ANGRY = "You people are a joke. Worst vendor we have ever worked with, and nobody seems to care!!!"
MAYA = "maya.chen@example.com"
CSV = "How big can a CSV file be?"
PROGRAM = Upload("setup.exe", b"MZ", "application/x-msdownload")
NOISE = 0.01  # of the pixels: what times, references and durations come to
COMPARE = """async (pictures) => {
  const [one, other] = await Promise.all(pictures.map(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    return canvas.getImageData(0, 0, image.width, image.height);
  }));
  if (one.width !== other.width || one.height !== other.height) return 1;
  let changed = 0;
  for (let at = 0; at < one.data.length; at += 4)
    changed += [0, 1, 2].some((part) => Math.abs(one.data[at + part] - other.data[at + part]) > 16);
  return changed / (one.width * one.height);
}"""
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
LOOKS = {"light": (DESK, "light"), "dark": (DESK, "dark"), "phone": (PHONE, "light")}
DARK = ("inbox", "queue", "handoff", "dashboard", "rollout", "drift")  # the pictures together stay below 4 MB
ONE = ("article", "procedure", "rules", "customer", "attachments", "german")  # one look shows them well enough
LETTERS_TO_CUSTOMERS = ("receipt", "opt-out")
SCREENS = {
    "inbox": "/inbox/{suggested}?view=decide",
    "queue": "/inbox/{handed}?view=people&pane=list",
    "handoff": "/handoffs/{handed}",
    "record": "/tickets/{refunded}",
    "dashboard": "/dashboard?days=7",
    "rollout": "/rollout",
    "drift": "/drift",
    "quality": "/quality",
    "week": "/reports",
    "knowledge": "/knowledge?ask=How+big+can+a+CSV+file+be%3F",
    "policies": "/policies",
    "connections": "/systems",
    "audit": "/audit",
    "settings": "/settings",
    "article": "/articles/billing/refund-times",
    "procedure": "/procedures/duplicate-charge",
    "rules": "/policies/actions/refund_charge",
    "customer": "/customers/{customer}",
    "attachments": "/tickets/{attached}/attachments",
    "german": "/inbox/{suggested}?view=decide",
    "receipt": "/receipts/{receipt}",
    "opt-out": "/unsubscribe/{opting_out}",
}


def wanted(screen: str, look: str) -> bool:
    return (look != "dark" or screen in DARK) and (look == "light" or screen not in ONE)


@pytest.fixture(scope="module")
def place(pictures: str, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Lumen's desk as it is written, but for answers, which it gives by itself; and a site with its chat."""
    if not pictures:
        pytest.skip("nobody asks for pictures: make screens")
    folder = copytree(prepared, tmp_path_factory.mktemp("pictures") / "desk")
    written = (folder / "desk.toml").read_text("utf-8")
    assert ROLLOUT in written
    site = Site()
    with served(site.app()) as address:
        more = written.replace(ROLLOUT, f'{ROLLOUT}answers = "autonomous"\n') + MORE.format(address=address)
        (folder / "desk.toml").write_text(more, "utf-8")
        with (
            opened(folder, with_secret, Mailbox()) as lumen,
            served(create_app(lumen.installation)) as desk,
        ):
            site.desk = desk.replace("127.0.0.1", "localhost")
            yield Place(lumen, site, address)


def with_secret(settings: Settings) -> Settings:
    return replace(settings, secrets={"DESKHAND_WIDGET_SECRET": SECRET})


@pytest.fixture(scope="module")
def tickets(place: Place) -> dict[str, str]:
    """Five days of mixed messages, most of them decided on; the tickets that stand for them in pictures."""
    lumen = place.lumen
    for number, (sender, text) in enumerate(islice(letters(lumen), LETTERS)):
        lumen.clock.ahead += BETWEEN
        told = lumen.say(sender, text, stage=(Stage.AUTONOMOUS, Stage.ASSISTED)[number % 2])
        if number < LETTERS - WAITING:
            for suggestion in lumen.pending(told.ticket):
                if not suggestion.roles:
                    lumen.decide(suggestion, "approved", "tom")
                    lumen.settled(suggestion)
    handed = lumen.say(lumen.customer("enterprise"), ANGRY)
    refunded = lumen.say(lumen.customer("double_charge_small"), TWICE, stage=Stage.AUTONOMOUS)
    suggested = lumen.say(MAYA, TWICE)
    signed = twin(lumen).receive(lumen.customer("single_charge"), "The bill that I got.", files=[BILL, PROGRAM])
    lumen.deliver(signed)
    attached = lumen.told(signed)
    promotion_asked_for(lumen)
    with lumen.installation.store.begin() as tx:
        effect = tx.ledger.of_ticket(refunded.ticket)[0]
    alarmed(lumen, attached.ticket)
    while not lumen.installation.counting.keep_up():
        pass
    secret = desk_secret(lumen.installation.settings)
    return {
        "suggested": suggested.ticket,
        "handed": handed.ticket,
        "refunded": refunded.ticket,
        "attached": attached.ticket,
        "customer": effect.customer,
        "receipt": token_of(effect.key, secret),
        "opting_out": token_of(effect.customer, secret, OPT_OUT),
    }


def promotion_asked_for(lumen: Lumen) -> None:
    """By Tom: Ana, who looks, may approve it."""
    for _ in range(2):
        told = lumen.say(lumen.customer("double_charge_small"), TWICE, stage=Stage.ASSISTED)
        lumen.decide(lumen.suggestion(told.ticket), "approved", "tom")
    why = "agents only approve"
    post(lumen, "tom", "ask", procedure=PROCEDURE, stage="autonomous", why=why, percent="5")


def alarmed(lumen: Lumen, ticket: str) -> None:
    """Five days are too few for an alarm of their own: one as they are written, on signals that were really watched."""
    watcher(lumen.installation.settings, lumen.installation.desk).round()
    now = lumen.clock()
    since = (now - timedelta(days=2)).isoformat()
    body = {
        "alarm": "unknown//1",
        "procedure": WHOLE,
        "signal": "unknown",
        "since": since,
        "since_line": 1,
        "observations": 40,
        "was": 0.1,
        "now": 0.3,
        "category": "",
        "strength": 14.0,
        "threshold": 12.0,
        "steps_back": False,
        "fresh": [{"what": "article", "name": "billing/refund-times", "at": since}],
        "risen": [{"what": "language", "name": "de", "before": 0.01, "since": 0.2}],
        "tickets": [ticket],
    }
    with lumen.installation.store.begin() as tx:
        tx.journal.append(ALARMED, "", body, now)


def letters(lumen: Lumen) -> Iterator[tuple[str, str]]:
    """The example's messages, from people of this small world: its last ones first, and round again. The first of them
    are left for what pictures are about."""
    people = {
        situation: cycle(reversed(emails)) for situation, emails in lumen.installation.people_of_the_world().items()
    }
    for line in (lumen.installation.settings.folder / "messages.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        kind, _, situation = one["from"].partition(":")
        if kind != "customer":
            yield one["from"], one["text"]
        elif situation in people:
            yield next(people[situation]), one["text"]


@pytest.mark.parametrize("look", LOOKS)
def test_a_picture_of_the_chat(place: Place, windows: Windows, pictures: str, look: str) -> None:
    """Before the others: those put the desk's clock ahead, and the site signs by that of this machine."""
    place.site.email = place.lumen.customer("single_charge")
    page = visit(place, window(windows, look))
    say(page, CSV)
    page.get_by_text("up to 200 MB").first.wait_for()
    take(page, pictures, f"widget-{look}")


@pytest.mark.parametrize(
    ("screen", "look"), [(screen, look) for screen in SCREENS for look in LOOKS if wanted(screen, look)]
)
def test_a_picture_of_a_screen(
    place: Place, tickets: dict[str, str], windows: Windows, pictures: str, screen: str, look: str
) -> None:
    page = window(windows, look, "de-DE" if screen == "german" else "en-GB").new_page()
    path = SCREENS[screen].format(**tickets)
    desk = Workspace(place.lumen, place.site.desk)
    page.goto(f"{desk.address}{path}" if screen in LETTERS_TO_CUSTOMERS else desk.link("mei", path))
    page.locator("main h1").wait_for(state="attached")
    page.locator("[aria-busy=true]").first.wait_for(state="detached")
    take(page, pictures, f"{screen}-{look}")


@pytest.mark.parametrize("look", ["light", "phone"])
def test_a_picture_of_the_page_to_sign_in(place: Place, windows: Windows, pictures: str, look: str) -> None:
    page = window(windows, look).new_page()
    page.goto(f"{place.site.desk}/sign-in")
    page.get_by_label("Token").wait_for()
    take(page, pictures, f"sign-in-{look}")


def window(windows: Windows, look: str, locale: str = "en-GB") -> Any:
    viewport, theme = LOOKS[look]
    return windows(viewport=viewport, color_scheme=theme, timezone_id="UTC", locale=locale, reduced_motion="reduce")


def take(page: Any, folder: str, name: str) -> None:
    """Kept is the picture that is there, unless more than times and references have changed."""
    page.evaluate("document.fonts.ready")
    fresh, place = page.screenshot(scale="css", animations="disabled", caret="hide"), Path(folder) / f"{name}.png"
    if not place.exists() or differ(page.context, place.read_bytes(), fresh) > NOISE:
        blank = page.context.new_page()
        blank.goto("about:blank")
        place.write_bytes(small(blank, fresh))
        blank.close()


def differ(context: Any, *pictures: bytes) -> float:
    """The share of pixels that are not the same, as the browser itself reads both."""
    page = context.new_page()
    page.goto("about:blank")
    share = float(page.evaluate(COMPARE, [b64encode(one).decode() for one in pictures]))
    page.close()
    return share
