"""What the pages cost while many people have them open: memory, and how long a click on Approve takes."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import uvicorn
from rich.progress import track

from deskhand.bootstrap import Installation, open_desk
from deskhand.domain.delivery import Delivery
from deskhand.domain.errors import Invalid
from deskhand.domain.stage import Stage
from deskhand.entrypoints.api.app import create_app
from deskhand.entrypoints.cli.bench_figures import tell
from deskhand.entrypoints.cli.bench_memory import resident
from deskhand.entrypoints.cli.bench_messages import LONGEST_WAIT, WORDS
from deskhand.entrypoints.cli.serve import Server
from deskhand.entrypoints.printing import aside
from deskhand.entrypoints.widget.visiting import CHANNEL, place_at
from deskhand.settings import Settings, WidgetTable, read_settings
from deskhand.settings.widget import WidgetSiteTable
from deskhand.workflows.take_in import run_key, take_in

SITE, ORIGIN = "bench", "https://site.example"
PERSON = "bench"


def run(folder: Path, *, workspaces: int, widgets: int, clicks: int, in_browser: int, as_json: bool) -> None:
    """One process serves; another is everybody who looks. State lies in a folder that is thrown away."""
    if in_browser and not can_browse():
        why = "Nothing was measured: there is no Playwright or no Chromium here."
        raise Invalid(f"{why} Run `make test-web`, or leave --in-browser out.")
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-") as place:
        settings = with_visitors(read_settings(folder, Path(place)))
        with open_desk(settings, tell=aside.print) as installation:
            waiting = suggestions(installation, clicks + in_browser)
            begun = chats(installation, widgets)
            with served(installation) as address:
                before = resident()
                told = {
                    "address": address,
                    "session": installation.access.begin(
                        PERSON, agent="bench", address="", now=installation.desk.clock()
                    ),
                    "tickets": waiting,
                    "in_browser": in_browser,
                    "workspaces": workspaces,
                    "chats": begun,
                    "site": SITE,
                    "origin": ORIGIN,
                }
                figures = look(told)
                figures["rss_mb_before"], figures["rss_mb_at_load"] = before, resident()
    tell(figures, as_json=as_json)


def with_visitors(settings: Settings) -> Settings:
    """The same desk with one more agent, and a site whose visitors need not sign in."""
    table = settings.table
    site = WidgetSiteTable(origins=[ORIGIN], anonymous=True)
    widget = WidgetTable(audience=table.widget.audience, sites={SITE: site}, per_minute=600, anonymous_per_minute=6000)
    people = {**table.people, PERSON: ["agent"]}
    return replace(settings, table=table.model_copy(update={"widget": widget, "people": people}))


def can_browse() -> bool:
    return find_spec("playwright") is not None and Path("/usr/bin/chromium").exists()


def suggestions(installation: Installation, count: int) -> list[str]:
    """So many tickets on each of which a suggestion waits. Some messages end otherwise, so more are written."""
    found: list[str] = []
    numbers = iter(range(10 * count))
    while len(found) < count:
        made = [written(installation, next(numbers)) for _ in range(count - len(found))]
        for delivery in track(made, "Suggestions are made", console=aside):
            installation.wait(run_key(delivery), LONGEST_WAIT)
        with installation.store.begin() as tx:
            found = list(dict.fromkeys(one.ticket for one in tx.suggestions.pending()))
    return found[:count]


def written(installation: Installation, number: int) -> Delivery:
    text = WORDS[1 + number % (len(WORDS) - 1)].format(n=number)
    headers, body = installation.write_as_customer(f"{uuid4().hex[:12]}@example.org", text)
    delivery = installation.doors["zendesk"](headers, body, installation.desk.clock())
    assert delivery is not None
    take_in(installation.store, delivery, str(Stage.READ_ONLY))
    return delivery


def chats(installation: Installation, count: int) -> list[tuple[str, str]]:
    """So many conversations of visitors that were answered before: the token and the id of each."""
    begun, talks = [], installation.conversations
    for _ in track(range(count), "Visitors are answered", console=aside):
        token, id = installation.widget.begin(SITE), uuid4().hex
        own = place_at(SITE, installation.widget.visitor(token, SITE), id)
        ref = talks.open(own, "", name="", verified=False, subject="", channel=CHANNEL)
        talks.say(ref, uuid4().hex, "Thank you!")
        talks.reply(ref, "Thank you for your patience.", public=True, key=f"bench/{own}")
        begun.append((token, id))
    return begun


@contextmanager
def served(installation: Installation) -> Iterator[str]:
    app = create_app(installation)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", backlog=4096, timeout_graceful_shutdown=2)
    server = Server(config, app.state.end_streams)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def look(told: dict[str, object]) -> dict[str, float]:
    """What the other process measured."""
    command = [sys.executable, "-m", "deskhand.entrypoints.cli.bench_visitors"]
    done = subprocess.run(command, input=json.dumps(told), capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        raise RuntimeError(f"the visitors failed: {done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout)
    return found
