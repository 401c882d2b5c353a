"""The chat on the company's own site: which pages may call, who is who, and what they can do beside writing."""

import asyncio
import gzip
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import SystemRandom
from shutil import copytree
from typing import Any

import httpx2
import pytest
import uvicorn
from pydantic import ValidationError
from tests.api.site import PUBLIC, SHOP, STRANGE, Page, with_sites
from tests.api.visitor import bearer
from tests.fuzz.sending import WAYS, Way, broken
from tests.llm.served import served
from tests.stories.lumen import TWICE, Lumen, opened
from tests.stories.mailbox import Mailbox

from deskhand.domain.delivery import Delivery
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author
from deskhand.entrypoints.api.app import create_app
from deskhand.entrypoints.cli.serve import Server
from deskhand.entrypoints.widget.events import stream
from deskhand.entrypoints.widget.feed import Feed
from deskhand.settings import WidgetSiteTable, WidgetTable
from deskhand.workflows.chat import Press, take_in_chat

CSV, CANCEL = "How big can a CSV file be?", "please cancel my subscription"
TEXTS = Path("src/deskhand/entrypoints/web/static/widget")


@pytest.fixture(scope="module")
def lumen(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    with opened(copytree(prepared, tmp_path_factory.mktemp("sites") / "desk"), with_sites, Mailbox()) as lumen:
        yield lumen


@pytest.fixture
def page(lumen: Lumen) -> Page:
    return Page(lumen, lumen.customer("single_charge"))


# -- which pages may call ------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
@pytest.mark.parametrize(
    ("path", "origin"),
    [
        ("/widget/messages?site=shop", STRANGE),
        ("/widget/messages?site=shop", "null"),
        ("/widget/messages?site=shop", PUBLIC),
        ("/widget/messages?site=public&site=shop", SHOP),
        ("/widget/messages?site=nowhere", SHOP),
        ("/widget/messages", SHOP),
        ("/widget/public/session", SHOP),
        ("/widget/public/session?site=shop", SHOP),
        ("/widget/there-is-nothing-here?site=shop", STRANGE),
    ],
)
def test_a_page_that_is_not_listed_is_refused_whatever_it_asks_for(
    lumen: Lumen, method: str, path: str, origin: str
) -> None:
    got = lumen.http.request(method, path, headers={"origin": origin})
    assert got.status_code == 403
    assert "access-control-allow-origin" not in got.headers


def test_a_listed_page_gets_its_own_origin_and_no_other(lumen: Lumen, page: Page) -> None:
    asked = {"origin": SHOP, "access-control-request-method": "POST", "access-control-request-headers": "authorization"}
    got = lumen.http.options("/widget/messages?site=shop", headers=asked)
    assert got.status_code == 204
    assert got.headers["access-control-allow-origin"] == SHOP
    assert "authorization" in got.headers["access-control-allow-headers"]
    assert "origin" in got.headers["vary"]
    answered = page.write(CSV)
    assert (answered.status_code, answered.headers["access-control-allow-origin"]) == (202, SHOP)
    assert "access-control-allow-credentials" not in answered.headers


@pytest.mark.parametrize(
    "origin", ["*", "https://shop.example/", "https://shop.example/path", "http://shop.example", "https://Shop.example"]
)
def test_what_is_no_origin_is_refused_when_the_desk_is_read(origin: str) -> None:
    with pytest.raises(ValidationError, match="is no origin"):
        WidgetSiteTable(origins=[origin])


def test_a_site_cannot_have_the_name_of_an_address_of_ours() -> None:
    with pytest.raises(ValidationError, match="messages"):
        WidgetTable(sites={"messages": WidgetSiteTable(origins=[SHOP])})


def test_without_a_token_nothing_of_it_is_open_but_its_beginning(lumen: Lumen) -> None:
    paths = lumen.http.get("/openapi.json").json()["paths"]
    mine = [(way, path) for path in paths if path.startswith("/widget/") for way in paths[path]]
    assert len(mine) >= 10
    for way, path in mine:
        if path != "/widget/{site}/session":
            got = lumen.http.request(way.upper(), path.replace("{id}", "c" * 20), params={"site": "shop"})
            assert (path, got.status_code) == (path, 401)


# -- who is not signed in ------------------------------------------------------------------------------------


def test_whoever_is_not_signed_in_is_answered_as_somebody_unknown(lumen: Lumen) -> None:
    page = Page(lumen)
    assert page.say(CSV).outcome is RunOutcome.ANSWERED
    who = lumen.installation.conversations.ticket(Ref.parse(page.ticket)).value.requester
    assert (who.email, who.verified) == ("", False)


def test_an_address_that_they_type_is_a_claim(lumen: Lumen) -> None:
    email, page = lumen.customer("double_charge_small"), Page(lumen)
    page.say(CSV)
    assert page.on("address", email=email).json() == {"kept": True}
    who = lumen.installation.conversations.ticket(Ref.parse(page.ticket)).value.requester
    assert (who.email, who.verified) == (email, False)
    assert all(one.receipt is None for one in page.say(TWICE).actions)
    assert lumen.refunds(email) == []
    signed_in = Page(lumen, email, page.ticket.removeprefix("deskhand:ticket:"))
    assert signed_in.get().status_code == 404


def test_who_is_signed_in_keeps_the_address_that_the_company_knows(page: Page) -> None:
    page.say(CSV)
    assert page.on("address", email="other@example.com").json() == {"kept": False}
    who = page.lumen.installation.conversations.ticket(Ref.parse(page.ticket)).value.requester
    assert (who.email, who.verified) == (page.email, True)


def test_another_visitor_with_the_same_id_has_another_conversation(lumen: Lumen) -> None:
    one = Page(lumen)
    one.say(CSV)
    other = Page(lumen, talk=one.talk)
    assert other.get().status_code == 404
    other.say("Where do I find my invoices?")
    assert [each["text"] for each in one.shown()["messages"] if each["author"] == "customer"] == [CSV]


def test_a_token_of_ours_is_good_for_its_own_site_and_for_its_time(lumen: Lumen) -> None:
    page = Page(lumen)
    given = page.headers()["authorization"]
    path = f"/widget/conversations/{page.talk}"
    elsewhere = lumen.http.get(f"{path}?site=shop", headers={"origin": SHOP, "authorization": given})
    nowhere = lumen.http.get(path, headers={"authorization": given})
    changed = lumen.http.get(f"{path}?site=public", headers={"authorization": given[:-1] + "!"})
    assert [one.status_code for one in (elsewhere, nowhere, changed)] == [401, 401, 401]
    assert page.get().status_code == 404
    lumen.clock.ahead += timedelta(days=31)
    late = page.get()
    lumen.clock.ahead -= timedelta(days=31)
    assert late.status_code == 401


def test_a_site_that_wants_people_signed_in_begins_nothing(lumen: Lumen) -> None:
    assert lumen.http.post("/widget/shop/session", headers={"origin": SHOP}).status_code == 401
    assert lumen.http.post("/widget/public/session").status_code == 403


# -- buttons -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["أود التحدث إلى شخص.", "I would like to talk to a person.", CSV])
def test_the_button_for_a_person_is_heard_whatever_the_words_are(page: Page, text: str) -> None:
    result = page.say(text, person=True)
    assert result.outcome is RunOutcome.HANDED_OFF
    assert result.handoff is not None
    assert result.handoff.reason == "asked"
    assert page.shown()["people"]


def test_a_press_of_yes_does_exactly_what_was_asked(page: Page) -> None:
    assert page.say(CANCEL).outcome is RunOutcome.ASKED
    (asked,) = page.shown()["confirm"]
    assert asked["action"] == "cancel_subscription"
    done = page.say("Ja", press={"key": asked["key"], "digest": asked["digest"], "yes": True})
    assert done.outcome is RunOutcome.RESOLVED
    assert page.lumen.subscription(page.email).cancels_at is not None
    shown = page.shown()
    (receipt,) = shown["messages"][-1]["receipts"]
    assert receipt["link"].startswith("https://desk.lumen.example/receipts/")
    assert (shown["confirm"], shown["ended"]) == ([], True)


def test_a_press_of_no_changes_nothing(page: Page) -> None:
    page.say(CANCEL)
    (asked,) = page.shown()["confirm"]
    page.say("No", press={"key": asked["key"], "digest": asked["digest"], "yes": False})
    assert page.lumen.subscription(page.email).cancels_at is None
    assert "confirmation.refused" in page.kinds()
    assert page.shown()["confirm"] == []


def test_a_press_on_something_that_is_not_asked_is_refused_and_says_nothing(page: Page) -> None:
    page.say(CANCEL)
    (asked,) = page.shown()["confirm"]
    for wrong in ({"key": asked["key"], "digest": "0" * 64}, {"key": "refund/x/y", "digest": asked["digest"]}):
        assert page.write("Yes", press={**wrong, "yes": True}).status_code == 409
    assert [one["text"] for one in page.shown()["messages"]].count("Yes") == 0
    assert page.lumen.subscription(page.email).cancels_at is None


def test_a_press_that_was_overtaken_by_another_question_permits_nothing(page: Page) -> None:
    """As between two looks: the press was taken, and by the time it is heard another question stands."""
    page.say(CANCEL)
    ticket, message = Ref.parse(page.ticket), "w_overtaken"
    page.lumen.installation.conversations.say(ticket, message, "Yes")
    delivery = Delivery("widget", message, str(ticket), message, "widget", page.lumen.clock())
    assert take_in_chat(page.lumen.installation.store, delivery, press=Press("cancel/another", "0" * 64, yes=True))
    page.lumen.installation.wait(f"message/{ticket}/{message}", 30)
    assert page.lumen.subscription(page.email).cancels_at is None
    assert "confirmation.given" not in page.kinds()


def test_a_yes_in_words_counts_as_before(page: Page) -> None:
    page.say(CANCEL)
    page.say("yes")
    assert page.lumen.subscription(page.email).cancels_at is not None


# -- how often -----------------------------------------------------------------------------------------------


def test_more_than_twenty_a_minute_have_to_wait_and_a_repeat_is_not_counted(lumen: Lumen) -> None:
    page = Page(lumen)
    first = {"conversation": page.talk, "message": "m" * 20, "text": "Hello"}
    assert page.post("messages", **first).status_code == 202
    assert [page.post("messages", **first).status_code for _ in range(25)] == [200] * 25
    got = [page.on("rating", score=9).status_code for _ in range(3)]  # refused before it is counted
    assert got == [422] * 3
    statuses = [page.on("corrections", words="x").status_code for _ in range(19)]
    assert statuses == [404] * 19
    late = page.write("One more")
    assert late.status_code == 429
    assert 1 <= int(late.headers["retry-after"]) <= 60
    assert "Nothing was filed" in late.json()["detail"]
    assert page.post("messages", **first).status_code == 200
    lumen.clock.ahead += timedelta(seconds=61)
    after = page.write("One more")
    lumen.clock.ahead -= timedelta(seconds=61)
    assert after.status_code == 202


def test_those_who_are_not_signed_in_share_what_their_address_may_send(lumen: Lumen) -> None:
    """A new name for each message helps nobody; who is signed in is not kept waiting by them."""
    lumen.clock.ahead += timedelta(minutes=5)  # what came before is over, whatever clock it went by
    pages = [Page(lumen) for _ in range(30)]
    assert [page.write("Hello").status_code for page in pages] == [202] * 30  # a beginning and a message each
    late = lumen.http.post("/widget/public/session", headers={"origin": PUBLIC})
    assert late.status_code == 429
    assert 1 <= int(late.headers["retry-after"]) <= 60
    assert "from your address. Nothing was filed; try again in" in late.json()["detail"]
    assert pages[0].write("One more").status_code == 429
    assert Page(lumen, lumen.customer("single_charge")).write("Hello").status_code == 202
    lumen.clock.ahead += timedelta(seconds=61)
    assert pages[0].write("One more").status_code == 202


def test_whoever_presses_solved_and_not_solved_in_turn_has_to_wait_too(lumen: Lumen) -> None:
    page = Page(lumen)
    page.say(CSV)
    got = [page.on("solved", solved=bool(number % 2)).status_code for number in range(30)]
    assert got.count(429) == 11, "twenty, and the message was one"
    assert page.kinds().count("solved.said") == 19


@pytest.mark.parametrize("text", ["\\ud800", "a\\udfffb", "\\u0000"])
def test_what_is_no_text_breaks_nothing(lumen: Lumen, text: str) -> None:
    page = Page(lumen)
    body = f'{{"conversation": "{page.talk}", "message": "{"m" * 20}", "text": "{text}"}}'
    headers = {**page.headers(), "content-type": "application/json"}
    got = lumen.http.post("/widget/messages?site=public", content=body.encode(), headers=headers)
    assert got.status_code in (202, 422)


# -- beside words --------------------------------------------------------------------------------------------


def test_an_answer_comes_with_the_titles_and_quotes_of_its_sources(page: Page) -> None:
    page.say(CSV)
    (answer,) = [one for one in page.shown()["messages"] if one["author"] == "assistant"]
    assert answer["sources"][0]["title"] == "How do I import a CSV file?"
    assert answer["sources"][0]["quote"]
    assert answer["sources"][0]["link"] == ""  # an article of the desk's own folder has no public address


def test_whether_it_is_solved_is_asked_until_it_is_said_and_anew_after_the_next_answer(page: Page) -> None:
    page.say(CSV)
    assert page.shown()["solve"]
    assert page.on("solved", solved=False).json() == {"noted": True}
    assert not page.shown()["solve"]
    page.say("How do I invite a colleague?")
    assert page.shown()["solve"]
    assert page.on("solved", solved=True).status_code == 202
    assert not page.shown()["solve"]
    assert "ticket.closed" in page.kinds()


def test_a_conversation_is_rated_once_and_the_journal_gets_no_words(page: Page) -> None:
    page.say(CSV)
    assert page.on("rating", score=2, words="Too slow, call me at ada@example.com").json() == {"kept": True}
    assert page.on("rating", score=5, words="Changed my mind").json() == {"kept": False}
    lines = [one for one in page.lumen.installation.queries.timeline(page.ticket) if one.kind == "csat.given"]
    assert [one.body for one in lines] == [{"score": 2, "owner": "assistant", "words": True}]
    with page.lumen.installation.store.begin() as tx:
        kept = tx.visits.rating(page.ticket)
    assert kept is not None
    assert kept.words == "Too slow, call me at [email]"
    assert page.shown()["rated"]


def test_what_people_were_given_is_shown_to_its_customer_and_corrected_once(page: Page) -> None:
    page.say("I pay 29.00 a month and the export stopped on Monday. Get me a person.")
    assert page.shown()["summary"]
    assert any("29.00" in one for one in page.get("/summary").json()["told"] + page.get("/summary").json()["asked"])
    for _ in range(2):
        assert page.on("corrections", words="It was Tuesday.").json()["kept"] == "thanks"
    assert page.get("/summary").json()["corrections"] == ["It was Tuesday."]
    stranger = Page(page.lumen, page.lumen.customer("single_charge"), page.talk)
    assert stranger.get("/summary").status_code == 404
    assert stranger.on("corrections", words="Mine").status_code == 404


def test_a_transcript_goes_to_the_address_on_file_and_a_stretch_of_it_once(page: Page) -> None:
    page.say(CSV)
    for _ in range(2):
        got = page.on("transcript", language="de")
        assert (got.status_code, got.json()) == (202, {"to": page.email})
    page.lumen.eventually(lambda: bool(page.lumen.mailbox.to(page.email)))
    page.lumen.eventually(lambda: not page.lumen.open_effects(page.ticket))
    (letter,) = page.lumen.mailbox.to(page.email)
    assert letter.subject == "Ihr Gespräch mit Lumen Analytics"
    assert CSV in letter.text
    assert "up to 200 MB" in letter.text
    with page.lumen.installation.store.begin() as tx:
        (effect,) = [one for one in tx.ledger.of_ticket(page.ticket) if one.action == "transcript"]
    assert effect.key.startswith(f"transcript/{page.ticket}/")
    assert dict(effect.args) == {}


def test_a_note_among_agents_is_in_no_transcript_and_in_no_chat(page: Page) -> None:
    page.say(CSV)
    page.lumen.installation.conversations.reply(Ref.parse(page.ticket), "A hard one.", public=False, key="note/x/1")
    page.on("transcript")
    page.lumen.eventually(lambda: bool(page.lumen.mailbox.to(page.email)))
    assert "A hard one." not in page.lumen.mailbox.to(page.email)[0].text
    assert "A hard one." not in page.get().text


def test_enough_transcripts_are_enough(page: Page) -> None:
    for number in range(3):
        page.say(f"How big can a CSV file be, {number}?")
        assert page.on("transcript").status_code == 202
    page.say("And a PDF?")
    assert page.on("transcript").status_code == 409


def test_nobody_unknown_gets_a_transcript(lumen: Lumen) -> None:
    page = Page(lumen)
    page.say(CSV)
    page.on("address", email="somebody@example.com")
    assert page.on("transcript").status_code == 404
    assert not page.shown()["transcript"]
    assert lumen.mailbox.to("somebody@example.com") == []


# -- files ---------------------------------------------------------------------------------------------------


def test_an_agent_opens_what_a_visitor_sent(page: Page) -> None:
    kept = page.upload("../ev\u202eil/../error.txt", b"It broke at 12.", "text/plain")
    assert kept.status_code == 201
    assert kept.json()["name"] == "error.txt"
    page.say(CSV, files=[kept.json()["file"]])
    assert page.shown()["messages"][0]["files"] == [{"name": "error.txt", "size": 15}]
    agent = bearer(page.lumen, "ana")
    (file,) = page.lumen.http.get(f"/api/tickets/{page.ticket}/attachments", headers=agent).json()["attachments"]
    assert file["withheld"] == ""
    got = page.lumen.http.get(f"/api/tickets/{page.ticket}/attachments/{file['id']}", headers=agent)
    assert got.content == b"It broke at 12."
    assert got.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "type", "content", "status"),
    [
        ("run.exe", "", b"MZ", 415),
        ("picture.png", "image/png", b"<html><script>alert(1)</script>", 415),
        ("page.html", "text/html", b"<html>", 415),
        ("notes.txt", "text/plain", b"<!doctype html><script>", 415),
        ("large.txt", "text/plain", b"x" * 10_001, 413),
    ],
)
def test_a_file_that_agents_could_not_open_is_not_taken(
    page: Page, name: str, type: str, content: bytes, status: int
) -> None:
    got = page.upload(name, content, type)
    assert got.status_code == status
    assert "was not taken" in got.json()["detail"]
    assert page.write(CSV, files=["0" * 24]).status_code == 202
    assert page.shown()["messages"][0]["files"] == []


def test_all_files_of_a_conversation_are_bounded(page: Page) -> None:
    assert page.upload("one.txt", b"x" * 9_000, "text/plain").status_code == 201
    assert page.upload("two.txt", b"x" * 9_000, "text/plain").status_code == 413


def test_a_file_of_another_conversation_hangs_on_nothing(page: Page) -> None:
    theirs = Page(page.lumen, page.lumen.customer("single_charge"))
    file = theirs.upload("theirs.txt", b"secret", "text/plain").json()["file"]
    page.say(CSV, files=[file])
    assert page.shown()["messages"][0]["files"] == []


# -- what is pushed ------------------------------------------------------------------------------------------


def events(got: httpx2.Response) -> Iterator[dict[str, Any]]:
    for line in got.iter_lines():
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


def test_a_persons_words_are_pushed_by_every_process_and_a_stream_ends_with_its_server(page: Page) -> None:
    page.say(CSV)
    page.say("Get me a person please", person=True)
    apps = [create_app(page.lumen.installation) for _ in range(2)]
    path = f"/widget/conversations/{page.talk}/events?site={page.site}"
    with served(apps[0]) as one, served(apps[1]) as other, httpx2.Client(timeout=20) as http:
        with (
            http.stream("GET", one + path, headers=page.headers()) as here,
            http.stream("GET", other + path, headers=page.headers()) as there,
        ):
            assert here.headers["content-type"].startswith("text/event-stream")
            assert here.headers["access-control-allow-origin"] == SHOP
            streams = [events(here), events(there)]
            first = [next(each) for each in streams]
            assert [len(each["messages"]) for each in first] == [4, 4]
            conversations = page.lumen.installation.conversations
            conversations.say(Ref.parse(page.ticket), "agent-says", "Ana here.", author=Author.AGENT)
            for each in streams:
                (said,) = next(one["messages"] for one in each if one["messages"])
                assert said["text"] == "Ana here."
            for app in apps:
                app.state.chats.close()
            assert [list(each) for each in streams] == [[], []]
        page.lumen.eventually(lambda: all(app.state.chats.watchers == 0 for app in apps))


def test_a_server_that_stops_lets_its_streams_go(page: Page) -> None:
    page.say(CSV)
    app = create_app(page.lumen.installation)
    door = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="critical", lifespan="off", ws="none")
    server = Server(config, app.state.chats.close)
    thread = threading.Thread(target=server.run, args=([door],), daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{door.getsockname()[1]}/widget/conversations/{page.talk}/events?site={page.site}"
    with httpx2.Client(timeout=20) as http, http.stream("GET", address, headers=page.headers()) as got:
        pushed = events(got)
        assert next(pushed)["messages"]
        server.should_exit = True
        assert list(pushed) == []  # an end that the visitor can tell from a lost connection
    thread.join(20)
    assert not thread.is_alive()


def test_who_comes_again_gets_what_they_missed(page: Page) -> None:
    page.say(CSV)
    last = page.shown()["messages"][-1]["number"]
    page.say("Where do I find my invoices?")
    path = f"/widget/conversations/{page.talk}/events?site={page.site}&after={last}"
    app = create_app(page.lumen.installation)
    with served(app) as desk, httpx2.Client(timeout=20) as http:
        with http.stream("GET", desk + path, headers=page.headers()) as got:
            known, *missed = next(events(got))["messages"]
        page.lumen.eventually(lambda: app.state.chats.watchers == 0)  # whoever goes is forgotten
    assert known["number"] == last  # once more: its sources may have come later
    assert [one["author"] for one in missed] == ["customer", "assistant"]


def test_a_quiet_stream_says_that_it_is_there_and_looks_again_now_and_then() -> None:
    looks: list[int] = []
    feed = Feed[int](lambda: 0, lambda seen: (seen, frozenset()))

    def look() -> dict[str, Any]:
        looks.append(len(looks))
        return {"messages": [], "step": "reading" if len(looks) == 1 else ""}

    async def told() -> list[str]:
        pushed = stream(feed, "deskhand:ticket:1", "ada", look, 0, heartbeat=0.01)
        found = [await anext(pushed) for _ in range(6)]
        await pushed.aclose()  # type: ignore[attr-defined]
        return found

    found = asyncio.run(told())
    assert [one.startswith(": still here") for one in found] == [False, True, True, True, True, False]
    assert len(looks) == 2
    assert feed.watchers == 0


def test_nobody_watches_the_conversation_of_another(page: Page) -> None:
    page.say(CSV)
    stranger = Page(page.lumen, page.lumen.customer("single_charge"), page.talk)
    assert stranger.get("/events").status_code == 404


def test_which_step_is_told_is_read_from_what_was_done(page: Page) -> None:
    page.say(CSV)
    ticket, desk = page.ticket, page.lumen.installation.desk
    steps = []
    for kind, body in (
        ("message.received", {}),
        ("model.called", {"purpose": "read"}),
        ("model.called", {"purpose": "plan"}),
        ("message.considered", {}),
        ("message.ended", {"outcome": "awaiting_approval", "procedures": [], "actions": []}),
    ):
        with desk.store.begin() as tx:
            tx.journal.append(kind, ticket, {"message": "w_next", **body}, desk.clock())
        steps.append(page.shown()["step"])
    assert steps == ["reading", "answering", "checking", "acting", ""]
    page.lumen.installation.conversations.say(Ref.parse(ticket), "w_next", "And a PDF?")
    assert page.shown()["step"] == "person"  # they wrote, and somebody looks at the answer first


# -- the script ----------------------------------------------------------------------------------------------


def test_the_script_is_small_and_may_be_loaded_from_any_page(lumen: Lumen) -> None:
    got = lumen.http.get("/widget.js", headers={"accept-encoding": "gzip", "origin": STRANGE})
    assert got.status_code == 200
    assert got.headers["access-control-allow-origin"] == "*"
    assert got.headers["cross-origin-resource-policy"] == "cross-origin"
    assert got.headers["cache-control"] == "public, max-age=300"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-type"].startswith("text/javascript")
    assert len(gzip.compress(got.content, 9)) < 10_000


def test_the_script_makes_no_page_of_a_text(lumen: Lumen) -> None:
    script = lumen.http.get("/widget.js").text
    assert "textContent" in script
    for sink in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function(", "createPolicy"):
        assert sink not in script


def test_its_words_are_whole_in_every_language(lumen: Lumen) -> None:
    told = {file.stem: json.loads(file.read_text("utf-8")) for file in TEXTS.glob("*.json")}
    assert {"en", "de", "ar"} <= set(told)
    for language, one in told.items():
        assert one["language"] == language
        assert set(one["words"]) == set(told["en"]["words"])
        for name, text in told["en"]["words"].items():
            assert re.findall(r"\{\w+\}", one["words"][name]) == re.findall(r"\{\w+\}", text)
    used = set(re.findall(r'\bt\("([\w.]+)"', lumen.http.get("/widget.js").text))
    assert used <= set(told["en"]["words"])


@pytest.mark.parametrize(("locale", "language"), [("de-CH", "de"), ("AR", "ar"), ("xx", "en"), ("../en", "en")])
def test_a_language_that_it_does_not_speak_is_english(lumen: Lumen, locale: str, language: str) -> None:
    assert lumen.http.get("/widget.json", params={"locale": locale}).json()["language"] == language


# -- whatever is sent ----------------------------------------------------------------------------------------


# The desk's own threads draw random numbers while inputs are made: Hypothesis takes that for ours, and warns.
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_whatever_is_sent_breaks_nothing(lumen: Lumen, way: Way, request: pytest.FixtureRequest) -> None:
    before = lumen.clock.ahead
    assert broken(lumen, way, 12) == []
    until = time.process_time() + float(request.config.getoption("--fuzz-seconds", 0))
    while time.process_time() < until:
        assert broken(lumen, way, 100, SystemRandom().randrange(2**32)) == []
    lumen.clock.ahead = before
