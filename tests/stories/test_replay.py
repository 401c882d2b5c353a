"""Past tickets go through the whole story, nothing is changed anywhere, and the report tells what would have been."""

import json
import shutil
from pathlib import Path

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.stories.replaying import AT, compared, history, replayed, rows, written

from deskhand.bootstrap.replay.desk import DATABASE, freeze, replaying
from deskhand.bootstrap.replay.replay import Report, Wish, replay
from deskhand.bootstrap.replay.source import day
from deskhand.connectors.history_file.plain import plain_ticket
from deskhand.connectors.http.kept import KeptAnswers
from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import DeskFault, Invalid
from deskhand.entrypoints.replay_page import page
from deskhand.settings import read_settings


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that several replays share: none of them changes it."""
    return shutil.copytree(prepared, tmp_path_factory.mktemp("replay") / "desk")


@pytest.fixture(scope="module")
def before(desk: Path) -> dict[str, list[object]]:
    return rows(desk)


@pytest.fixture(scope="module")
def report(desk: Path, before: dict[str, list[object]]) -> Report:
    return replayed(desk, written(desk.parent / "past.jsonl", history(desk)))


def test_every_ticket_ends_in_one_way_and_all_of_them_are_told(desk: Path, report: Report) -> None:
    assert report["tickets"] == sum(report["outcomes"].values()) == len(history(desk))
    assert report["outcomes"]["resolved"] == 2
    assert report["outcomes"]["awaiting_approval"] == 1
    assert report["outcomes"]["handed_off"] >= 1
    assert report["outcomes"]["answered"] >= 2
    assert report["outcomes"]["failed"] == 0


def test_nothing_of_the_desk_and_of_its_systems_is_changed(
    desk: Path, before: dict[str, list[object]], report: Report
) -> None:
    assert report["money"], "money would have moved"
    assert rows(desk) == before


def test_money_is_told_by_action_currency_and_policys_word(report: Report) -> None:
    by = {(one["action"], one["verdict"]): one for one in report["money"]}

    assert by["refund_charge", "allow"]["n"] == 2
    assert by["refund_charge", "allow"]["minor"] > 0
    assert by["refund_charge", "approve"]["n"] == 1


def test_agreement_is_counted_only_where_both_replied(report: Report) -> None:
    agreement = report["agreement"]

    assert agreement["same_actions"]["of"] == agreement["similarity"]["n"]
    reading = {one["ticket"]: one["rules"] for one in report["reading"]}
    assert "acts otherwise than the agents did" in reading["history:ticket:2"], "they gave nothing back"
    assert "the customer was not satisfied with the agents" in reading["history:ticket:2"]
    assert "acts otherwise than the agents did" not in reading.get("history:ticket:1", [])


def test_the_baseline_is_what_the_history_tells(report: Report) -> None:
    baseline = report["baseline"]

    assert baseline["response_s"]["n"] == 0, "these lines do not say when agents answered"
    assert baseline["resolution_s"]["n"] == 5
    assert baseline["resolution_s"]["p50"] == 3 * 3600
    assert (baseline["csat"]["n"], baseline["csat"]["of"]) == (2, 3)


def test_no_procedure_is_suggested_for_more_than_a_few_tickets_can_tell(report: Report) -> None:
    assert {one["suggested_stage"] for one in report["procedures"]} == {"read-only"}
    assert all(one["because"] for one in report["procedures"])


def test_the_same_lines_in_another_order_give_the_same_report(desk: Path, report: Report) -> None:
    again = replayed(desk, written(desk.parent / "turned.jsonl", history(desk)[::-1]))

    assert compared(again) == compared(report)


def test_a_finished_replay_is_told_again_and_not_done_again(desk: Path, report: Report) -> None:
    again = replayed(desk, desk.parent / "past.jsonl")

    assert again["run"]["replayed_by_this_run"] == 0
    assert compared(again) == compared(report)


def test_the_desk_that_replays_has_nothing_to_write_with(desk: Path, tmp_path: Path) -> None:
    own, frozen = read_settings(desk), tmp_path / "frozen"
    freeze(own, frozen, day(AT), lambda text: None)
    scratch = shutil.copy(frozen / DATABASE, tmp_path / "scratch.sqlite")
    with replaying(own, frozen, Path(scratch), day(AT), lambda text: None) as found:
        systems = found.systems
        assert (systems.replies, systems.relations_writer, systems.mail) == ({}, None, None)
        with pytest.raises(Invalid, match="No billing is connected"):
            systems.writer.refund(None, None, key="x")  # type: ignore[arg-type]  # it refuses whatever it is
        wires = [one.roles.wire for one in systems.connected.values()]
        for wire in wires:
            with pytest.raises(Invalid, match="only reads"):
                wire.write("POST", "/v1/refunds", key="x")
        found.replay(
            plain_ticket({"id": 1, "from": "a@example.com", "created_at": "2026-05-01", "text": "charged twice"})
        )
        with found.desk.store.begin() as tx:
            assert tx.results.get("history:ticket:1", "1") is None, "a ticket leaves nothing for the next one"


def test_a_client_that_only_reads_sends_no_write() -> None:
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.method)
        return httpx2.Response(200, json={})

    wire = Wire("https://shop.test", transport=httpx2.MockTransport(answer), reads_only=True)
    wire.read("/orders")
    with pytest.raises(Invalid, match="Nothing was sent"):
        wire.write("POST", "/orders", key="x")

    assert asked == ["GET"]


def test_a_real_system_is_asked_once_and_its_answer_holds(tmp_path: Path) -> None:
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        if "token" in request.url.path:
            return httpx2.Response(200, json={"access_token": "planted-secret"})
        return httpx2.Response(503 if len(asked) == 1 else 200, json={"n": len(asked)})

    def client() -> httpx2.Client:
        kept = KeptAnswers(tmp_path / "facts.sqlite", httpx2.MockTransport(answer))
        return httpx2.Client(transport=kept, base_url="https://shop.test")

    assert client().get("/orders?id=1").status_code == 503
    assert [client().get("/orders?id=1").json() for _ in range(3)] == [{"n": 2}] * 3
    assert client().get("/orders?id=2").json() == {"n": 3}
    client().post("/oauth/token")
    assert b"planted-secret" not in (tmp_path / "facts.sqlite").read_bytes()


def test_a_changed_desk_starts_anew_and_says_so(desk: Path, report: Report, tmp_path: Path) -> None:
    changed = shutil.copytree(desk, tmp_path / "desk")
    article = next((changed / "articles").rglob("*.md"))
    article.write_text(article.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    told: list[str] = []
    found = replay(read_settings(changed), Wish(str(desk.parent / "past.jsonl"), at=AT, workers=1), told.append, _still)

    assert any("have changed since the replay" in one for one in told)
    assert found.report["run"]["name"] != report["run"]["name"]


def test_a_history_that_does_not_exist_or_holds_nothing_is_told_plainly(desk: Path, tmp_path: Path) -> None:
    with pytest.raises(DeskFault, match="no such file"):
        replayed(desk, tmp_path / "nowhere.jsonl")
    with pytest.raises(DeskFault, match=r"no ticket in it that can be read \(1 parts skipped\)"):
        replayed(desk, written(tmp_path / "none.jsonl", [{"id": 1}]))
    with pytest.raises(DeskFault, match="is empty"):
        replayed(desk, written(tmp_path / "empty.jsonl", []))


@given(st.text())
@settings(max_examples=25, deadline=None)
def test_the_page_escapes_what_anybody_wrote_and_holds_no_script(report: Report, words: str) -> None:
    told = json.loads(json.dumps(report))
    planted = f"<script>alert(1)</script><img src=x onerror=y>{words}"
    told["company"] = planted
    told["reading"][0] |= {"text": planted, "reply": planted, "agents": planted, "customer": planted}
    made = page(told)

    assert "<script" not in made
    assert "<img" not in made
    assert "&lt;script&gt;alert(1)" in made


def _still(done: int, of: int, fresh: int) -> None:
    """How far it is does not matter here."""
