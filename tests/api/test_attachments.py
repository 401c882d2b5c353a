"""An agent opens what a customer attached: what is handed out, what is withheld, and what is written down of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from tests.api.visitor import bearer, cookie
from tests.stories.lumen import Lumen, Told

from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.twin_files import Upload
from deskhand.connectors.zendesk.twin import ZendeskTwin
from deskhand.domain.attachment import Scanned
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.stage import Stage
from deskhand.entrypoints.api.app import create_app
from deskhand.infrastructure.scan_program import ScanProgram
from deskhand.policy.attachments import Limits
from deskhand.workflows.take_in import take_in

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
BILL = Upload("bill.png", PNG, "image/png")
NASTY = '"><img src=x>\u202e\r\nX-Evil: 1\x00/..\\100%;"é.png'


def attach(lumen: Lumen, *files: Upload) -> Told:
    """A customer writes, with these files, and gets the answer of a desk that only reads."""
    signed = twin(lumen).receive(lumen.customer("single_charge"), "Thank you!", files=files)
    assert lumen.deliver(signed).status_code == 202
    return lumen.told(signed)


def twin(lumen: Lumen) -> ZendeskTwin:
    found = lumen.installation.systems.zendesk_twin
    assert found is not None
    return found


@contextmanager
def desk_with(lumen: Lumen, **changes: Any) -> Iterator[httpx2.Client]:
    """The same desk's address, with another scan program or other limits."""
    installation = replace(lumen.installation, desk=replace(lumen.installation.desk, **changes))
    with httpx2.Client(transport=InProcess(create_app(installation)), base_url="http://desk.test") as http:
        yield http


def listed(lumen: Lumen, told: Told) -> list[dict[str, Any]]:
    found = lumen.http.get(f"/api/tickets/{told.ticket}/attachments", headers=bearer(lumen, "ana"))
    assert found.status_code == 200
    files: list[dict[str, Any]] = found.json()["attachments"]
    return files


def opened(lumen: Lumen, told: Told, http: httpx2.Client | None = None) -> httpx2.Response:
    """The only file of this ticket, as Ana asks for it."""
    (file,) = listed(lumen, told)
    address = f"/api/tickets/{told.ticket}/attachments/{file['id']}"
    return (http or lumen.http).get(address, headers=bearer(lumen, "ana"))


def written(lumen: Lumen, told: Told) -> list[JournalLine]:
    return [one for one in lumen.installation.queries.timeline(told.ticket) if one.kind == "attachment.opened"]


def test_an_agent_gets_the_file_as_a_download_that_no_browser_shows(shared: Lumen) -> None:
    answer = opened(shared, attach(shared, BILL))

    assert (answer.status_code, answer.content) == (200, PNG)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"] == "attachment; filename=\"bill.png\"; filename*=UTF-8''bill.png"
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-deskhand-scan"] == "not scanned"


def test_the_pages_list_it_and_lead_to_it(shared: Lumen) -> None:
    told, who = attach(shared, BILL, Upload("run.exe", b"MZ", "application/x-msdownload")), cookie(shared, "ana")
    ticket = shared.http.get(f"/tickets/{told.ticket}", headers=who).text
    page = shared.http.get(f"/tickets/{told.ticket}/attachments", headers=who).text

    assert f'href="/tickets/{told.ticket}/attachments"' in ticket
    assert "bill.png (image/png, 264 bytes)" in page
    assert "withheld: files that end in .exe are not opened here" in page
    (link,) = re.findall(r'href="(/tickets/[^"]+/attachments/[^"]+)"', page)
    assert shared.http.get(link, headers=who).content == PNG


def test_a_file_that_is_withheld_leads_back_to_the_page_with_the_reason(shared: Lumen) -> None:
    told, who = attach(shared, Upload("bill.png", b"<script>", "image/png")), cookie(shared, "ana")
    (file,) = listed(shared, told)
    answer = shared.http.get(f"/tickets/{told.ticket}/attachments/{file['id']}", headers=who)

    assert answer.status_code == 303
    page = shared.http.get(answer.headers["location"], headers=who)
    assert "The file is withheld: its content is not image/png" in page.text


def test_whoever_opens_what_is_in_the_journal_and_nothing_of_its_content_or_name(shared: Lumen) -> None:
    told = attach(shared, replace(BILL, name="maya-chen-passport.png"))
    opened(shared, told)
    (line,) = written(shared, told)

    assert {name: line.body[name] for name in ("by", "verdict", "bytes", "message")} == {
        "by": "ana",
        "verdict": "unscanned",
        "bytes": len(PNG),
        "message": told.message,
    }
    assert "passport" not in str(line.body)


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (replace(BILL, size=2_000), "too_large"),
        (replace(BILL, content=PNG + b"x" * 2_000, size=10), "too_large"),
        (Upload("page.html", b"<html>", "text/html"), "type"),
        (replace(BILL, content=b"%PDF-1.7"), "content"),
        (replace(BILL, type="application/pdf"), "content"),
    ],
)
def test_what_limits_and_types_forbid_is_withheld(shared: Lumen, file: Upload, why: str) -> None:
    told = attach(shared, file)
    with desk_with(shared, limits=Limits(largest=1_000)) as http:
        answer = opened(shared, told, http)

    assert (answer.status_code, answer.json()["why"]) == (409, why)
    assert [one.body["verdict"] for one in written(shared, told)] == [why]


def test_what_is_too_large_by_its_own_word_is_not_even_fetched(shared: Lumen) -> None:
    told = attach(shared, replace(BILL, size=2_000))
    before = shared.network.count("/attachment")
    with desk_with(shared, limits=Limits(largest=1_000)) as http:
        opened(shared, told, http)

    assert shared.network.count("/attachment") == before


@pytest.mark.parametrize(
    ("command", "status", "verdict"),
    [
        (["sh", "-c", "cat > /dev/null; exit 0"], 200, "clean"),
        (["sh", "-c", "exit 0"], 200, "clean"),  # it need not read to the end
        (["sh", "-c", "grep -q PNG && exit 1; exit 2"], 409, "infected"),
        (["sh", "-c", "exit 2"], 409, "not_scanned"),
        (["sh", "-c", "kill -9 $$"], 409, "not_scanned"),
        (["sh", "-c", "sleep 600"], 409, "not_scanned"),
        (["no-such-scan-program"], 409, "not_scanned"),
    ],
)
def test_the_scan_program_has_the_last_word(shared: Lumen, command: list[str], status: int, verdict: str) -> None:
    told = attach(shared, BILL)
    patience = 0.2 if "sleep" in command[-1] else 30.0
    with desk_with(shared, scanner=ScanProgram(command, patience)) as http:
        answer = opened(shared, told, http)

    assert answer.status_code == status
    assert [one.body["verdict"] for one in written(shared, told)] == [verdict]
    assert (answer.content == PNG) is (status == 200)


def test_the_scan_program_is_given_the_file_and_none_of_our_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKHAND_ZENDESK_TOKEN", "secret")
    told = '[ "$(wc -c)" -eq 70000 ] || exit 2; env | grep -q DESKHAND && exit 1; exit 0'

    assert ScanProgram(["sh", "-c", told], 30.0).scan(b"x" * 70_000) is Scanned.CLEAN
    assert ScanProgram(["sh", "-c", told], 30.0).scan(b"x" * 69_999) is Scanned.FAILED


def test_a_file_that_is_gone_by_now_says_so(shared: Lumen) -> None:
    told = attach(shared, BILL)
    with twin(shared).store.lock:
        twin(shared).store.database.execute("delete from object where kind = 'file'")
    answer = opened(shared, told)

    assert (answer.status_code, answer.json()["why"]) == (409, "gone")
    other = shared.http.get(f"/api/tickets/{told.ticket}/attachments/0", headers=bearer(shared, "ana"))
    assert (other.status_code, other.json()["why"]) == (409, "gone")


def test_a_fetch_that_fails_says_so_and_can_be_tried_again(shared: Lumen) -> None:
    told = attach(shared, BILL)
    shared.network.trouble("GET /attachment/", "500", times=8)
    failed = opened(shared, told)
    shared.network.troubles.clear()

    assert (failed.status_code, failed.json()["why"]) == (409, "not_fetched")
    assert opened(shared, told).content == PNG


def test_a_help_desk_that_does_not_answer_is_no_reason_to_lose_the_line(shared: Lumen) -> None:
    told = attach(shared, BILL)
    (file,) = listed(shared, told)
    shared.network.trouble("GET /api/v2/tickets/", "500", times=8)
    failed = shared.http.get(f"/api/tickets/{told.ticket}/attachments/{file['id']}", headers=bearer(shared, "ana"))
    shared.network.troubles.clear()

    assert (failed.status_code, failed.json()["why"]) == (409, "not_fetched")
    assert [one.body["verdict"] for one in written(shared, told)] == ["not_fetched"]


def test_a_ticket_that_never_came_to_this_desk_is_not_looked_into(shared: Lumen) -> None:
    """Its help desk would tell us of it."""
    signed = twin(shared).receive(shared.customer("single_charge"), "Thank you!", files=[BILL])
    number = shared.number(signed)
    for path in ("attachments", "attachments/1"):
        for place in ("/api", ""):
            address = f"{place}/tickets/zendesk:ticket:{number}/{path}"
            assert shared.http.get(address, headers=bearer(shared, "ana")).status_code == 404


def test_a_name_of_any_kind_breaks_neither_page_nor_header(shared: Lumen) -> None:
    told = attach(shared, replace(BILL, name=NASTY))
    page = shared.http.get(f"/tickets/{told.ticket}/attachments", headers=cookie(shared, "ana")).text
    answer = opened(shared, told)

    assert "<img" not in page
    assert "\u202e" not in page
    assert answer.status_code == 200
    assert "x-evil" not in answer.headers
    given = answer.headers["content-disposition"]
    assert given == "attachment; filename=\"100_;__.png\"; filename*=UTF-8''100%25%3B%22%C3%A9.png"


def test_a_name_of_ten_thousand_letters_and_five_hundred_files_are_listed(shared: Lumen) -> None:
    told = attach(shared, replace(BILL, name="x" * 10_000 + ".png"), *[BILL] * 505)
    found = shared.http.get(f"/api/tickets/{told.ticket}/attachments", headers=bearer(shared, "ana")).json()

    assert (len(found["attachments"]), found["more"]) == (500, 6)
    assert len({one["id"] for one in found["attachments"]}) == 500
    assert max(len(one["name"]) for one in found["attachments"]) <= 120
    with shared.installation.store.begin() as tx:
        kept = tx.suggestions.pending(told.ticket)
    assert all(len(one.heard.attachments) == 506 for one in kept)


def test_a_suggestion_on_the_screen_names_what_hangs_on_its_message(shared: Lumen) -> None:
    files = [replace(BILL, name="<b>.png"), *[BILL] * 6]
    signed = twin(shared).receive(shared.customer("single_charge"), "How big can a CSV file be?", files=files)
    told = _suggested(shared, signed)
    page = shared.http.get(f"/inbox/{told.ticket}", headers=cookie(shared, "ana")).text

    assert shared.pending(told.ticket)
    assert "&lt;b&gt;.png (image/png, 264 bytes)" in page
    assert "and 2 more" in page


def _suggested(lumen: Lumen, signed: tuple[dict[str, str], bytes]) -> Told:
    delivery = lumen.installation.doors["zendesk"](signed[0], signed[1], lumen.clock())
    assert delivery is not None
    assert take_in(lumen.installation.store, delivery, str(Stage.READ_ONLY))
    return lumen.told(signed)
