"""The audit log: what is found in it, what its proof says, and what a copy of it holds."""

import csv
import io
import json

import httpx2
import pytest
from tests.api.test_pages import no_foreign_script
from tests.api.visitor import cookie, form_token
from tests.stories.lumen import TWICE, Lumen

from deskhand.entrypoints.web.audit import harmless
from deskhand.workflows.pause import pause, resume

HOSTILE = "=cmd|'/c calc'!A1 <script>alert('audit')</script> Zebra"


@pytest.fixture(scope="module")
def told(shared: Lumen) -> str:
    """A ticket with a story, and a pause whose reason is hostile."""
    ticket = shared.say(shared.customer("double_charge_small"), TWICE).ticket
    pause(shared.installation.store, "action:merge_tickets", by="tom", why=HOSTILE, now=shared.clock())
    resume(shared.installation.store, "action:merge_tickets", by="tom", now=shared.clock())
    return ticket


def audit(shared: Lumen, **asked: str) -> str:
    answer = shared.http.get("/audit", params=asked, headers=cookie(shared, "ana"))
    assert answer.status_code == 200
    assert no_foreign_script(answer.text)
    return answer.text


def post(shared: Lumen, path: str, **fields: str) -> httpx2.Response:
    token = form_token(shared.http.get("/audit", headers=cookie(shared, "ana")))
    return shared.http.post(path, data={"form": token, **fields}, headers=cookie(shared, "ana"))


def rows(page: str) -> int:
    return page.count('<td class="num">')


def test_the_newest_line_stands_first(shared: Lumen, told: str) -> None:
    page = audit(shared)
    newest = shared.installation.queries.newest()
    assert page.index(f'<td class="num">{newest}<') < page.index(f'<td class="num">{newest - 1}<')


@pytest.mark.parametrize(
    "asked", [{"kind": "desk.paused"}, {"person": "tom", "q": "zebra"}, {"q": "'/c calc'!A1 <script>"}]
)
def test_a_search_finds_only_what_it_asks_for(shared: Lumen, told: str, asked: dict[str, str]) -> None:
    page = audit(shared, **asked)
    assert rows(page) == 1
    assert "&lt;script&gt;alert(&#39;audit&#39;)" in page or "\\u003cscript\\u003e" in page


def test_a_ticket_and_a_day_narrow_the_search(shared: Lumen, told: str) -> None:
    today = f"{shared.clock():%Y-%m-%d}"
    assert 0 < rows(audit(shared, ticket=told)) <= 51
    assert rows(audit(shared, ticket=told, since=today)) == rows(audit(shared, ticket=told, until=today))
    assert "No line fits this search." in audit(shared, ticket=told, until="2020-01-01")
    assert "No line fits this search." in audit(shared, q="<script>alert(9)</script>")
    assert "No line fits this search." in audit(shared, q="%", kind="desk.resumed"), "% is no wildcard"


def test_pages_lead_to_older_lines(shared: Lumen, told: str) -> None:
    newest = shared.installation.queries.newest()
    page = audit(shared, before="2")
    assert rows(page) == 1
    assert newest > 1
    for wrong in ("0", "-1", "x", str(2**60)):
        assert shared.http.get("/audit", params={"before": wrong}, headers=cookie(shared, "ana")).status_code == 422


def test_the_chain_is_proved_to_its_newest_line(shared: Lumen, told: str) -> None:
    newest = shared.installation.queries.newest()
    assert f"Chain verified up to line {newest}, the newest" in post(shared, "/audit/verify").text


def test_a_proof_goes_on_where_it_stopped_and_tells_a_hash_that_does_not_fit(shared: Lumen, told: str) -> None:
    (second,) = [line for line in shared.installation.queries.lines() if line.seq == 2]
    assert "the newest" in post(shared, "/audit/verify", after="2", link=second.hash).text
    assert "Broken at line 3" in post(shared, "/audit/verify", after="2", link="0" * 64).text


def test_a_copy_holds_every_line_and_is_a_line_itself(shared: Lumen, told: str) -> None:
    before = list(shared.installation.queries.lines())
    answer = post(shared, "/audit/export", **{"as": "jsonl"})
    assert answer.headers["content-disposition"].startswith('attachment; filename="journal-')
    copy = [json.loads(line) for line in answer.text.splitlines()]
    assert [(one["line"], one["hash"]) for one in copy] == [(one.seq, one.hash) for one in before]
    (line,) = shared.installation.queries.last(1)
    assert (line.kind, line.body["by"], line.body["form"]) == ("journal.exported", "ana", "jsonl")


def test_a_copy_holds_what_was_looked_for_and_the_journal_not_the_words(shared: Lumen, told: str) -> None:
    answer = post(shared, "/audit/export", q="Zebra", **{"as": "csv"})
    (head, row) = list(csv.reader(io.StringIO(answer.text)))
    assert head == ["line", "time", "kind", "ticket", "body", "hash"]
    assert json.loads(row[4])["why"] == HOSTILE
    assert "Zebra" not in json.dumps(shared.installation.queries.last(1)[0].body)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "zendesk:ticket:1", '{"a": "=1"}'])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_another_site_takes_no_copy(shared: Lumen, told: str) -> None:
    newest = shared.installation.queries.newest()
    for data in ({"as": "csv"}, {"as": "csv", "form": "0" * 64}):
        answer = shared.http.post("/audit/export", data=data, headers=cookie(shared, "ana"))
        assert answer.status_code in (403, 422)
    assert shared.installation.queries.newest() == newest
