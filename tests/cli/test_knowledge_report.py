"""`deskhand knowledge report`: gaps, old articles, contradictions and use, for people and as JSON."""

import json
import os
import sqlite3
from datetime import datetime
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from tests.cli.conftest import Shown
from tests.cli.script import deskhand

pytestmark = pytest.mark.sqlite("changes what is in its file")

PARTS = ["gaps", "stale", "contradictions", "usage", "changes"]


@pytest.fixture
def desk(shown: Shown, tmp_path: Path) -> Path:
    """A desk that has had five messages, to be changed at will."""
    assert shown.demo.code == 0, shown.demo.err
    return Path(copytree(shown.folder, tmp_path / "desk"))


def changed(desk: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(desk / ".deskhand" / "desk.sqlite") as database:
        database.execute(statement, values)
    database.close()


def test_a_desk_with_a_journal_is_told_whole(desk: Path) -> None:
    done = deskhand("knowledge", "report", "--desk", desk, "--json")

    assert (done.code, done.err.strip()) == (0, "")
    assert list(done.json)[-5:] == ["gaps", "stale", "contradictions", "usage", "changes"]
    lines = deskhand("audit", "show", "--last", "10000", "--desk", desk, "--json").json
    ended = [one for one in (lines["lines"] if isinstance(lines, dict) else lines) if one["kind"] == "message.ended"]
    assert done.json["messages"] == len({one["body"]["message"] for one in ended}) >= 5
    used = {use["source"]: use["answers"] for use in done.json["usage"]["used"]}
    assert used["billing/refund-times"] >= 1
    assert not used.keys() & {use["source"] for use in done.json["usage"]["unused"]}
    assert done.json["contradictions"] == []


def test_the_journal_names_articles_and_has_no_words(desk: Path) -> None:
    shown = deskhand("audit", "show", "--desk", desk, "--json")
    lines = shown.json["lines"] if isinstance(shown.json, dict) else shown.json
    cited = [one for line in lines for one in line["body"].get("cited", ())]

    assert {tuple(sorted(one)) for one in cited} == {("article", "quote", "source")}
    assert all(set(one["quote"] + one["article"]) <= set("0123456789abcdef") for one in cited)


def test_people_read_each_section_even_when_there_is_nothing_in_it(desk: Path) -> None:
    done = deskhand("knowledge", "report", "--desk", desk)

    assert done.code == 0
    for head in ("Questions without an answer", "Articles at odds\nNone.", "Most used articles", "answer changed"):
        assert head in done.out


def test_a_contradiction_is_shown_with_both_places_and_the_older_is_stale(desk: Path) -> None:
    other = desk / "articles" / "billing" / "bank.md"
    other.write_text("# Refunds\n\nA refund takes 15 to 20 business days until it is on your statement.\n", "utf-8")
    times = desk / "articles" / "billing" / "refund-times.md"
    os.utime(times, (0, 0))
    done = deskhand("knowledge", "report", "--desk", desk)

    assert "5 to 10 business days or 15 to 20 business days? (duration" in done.out
    assert 'billing/bank, line 3, Refunds: "A refund takes 15 to 20 business days' in done.out
    assert "billing/refund-times: changed 1970-01-01" in done.out
    assert "a newer article says 15 to 20 business days" in done.out


def test_settings_say_what_is_old(desk: Path) -> None:
    table = desk / "desk.toml"
    table.write_text(table.read_text("utf-8") + "\n[knowledge]\nstale_days = 1000000\n", "utf-8")
    os.utime(desk / "articles" / "billing" / "refund-times.md", (0, 0))

    assert deskhand("knowledge", "report", "--desk", desk, "--json").json["stale"] == []


def test_unanswered_questions_are_told_until_their_words_are_erased(desk: Path) -> None:
    asked = "Can we host it on our own servers, [email 1]?"
    for number in (1, 2):
        unanswered(desk, f"zendesk:ticket:90{number}", asked)
    told = deskhand("knowledge", "report", "--desk", desk, "--json").json["gaps"]

    assert [(gap["count"], gap["why"]) for gap in told["found"]] == [(2, {"no_source": 2})]
    assert told["found"][0]["title"] == "Can we host it on our own servers, [email]?"
    changed(desk, "delete from result where ticket like 'zendesk:ticket:90%'")
    left = deskhand("knowledge", "report", "--desk", desk, "--json")
    assert "servers" not in left.out
    assert (left.json["gaps"]["unanswered"], left.json["gaps"]["wordless"]) == (told["unanswered"], 2)


def unanswered(desk: Path, ticket: str, asked: str) -> None:
    """As a message that no article answers leaves it."""
    with sqlite3.connect(desk / ".deskhand" / "desk.sqlite") as database:
        row = "select seq, at, body from journal where kind = 'message.ended' order by seq desc limit 1"
        seq, at, body = database.execute(row).fetchone()
        seq += database.execute("select max(seq) from journal").fetchone()[0]
        told = json.loads(body) | {"message": "m", "outcome": "handed_off", "procedures": [], "citations": 0}
        told |= {"cited": [], "handoff": {"queue": "support", "reason": "no_source", "completeness": 1.0}}
        line = (seq, at, "message.ended", ticket, json.dumps(told), "-")
        database.execute("insert into journal (seq, at, kind, ticket, body, hash) values (?, ?, ?, ?, ?, ?)", line)
        request = {"quote": asked, "kind": "question", "procedure": None, "confidence": 1.0}
        standing = {"outcome": "handed_off", "language": "en", "asks": "", "requests": [request]}
        whole = database.execute("select result from result limit 1").fetchone()[0]
        kept = (ticket, "m", "handed_off", whole, "", 0, at, json.dumps(standing))
        columns = "ticket, message, outcome, result, customer, verified, at, standing"
        database.execute(f"insert into result ({columns}) values (?, ?, ?, ?, ?, ?, ?, ?)", kept)
    database.close()


def test_a_desk_that_was_never_asked_is_told_what_its_articles_say(starter: Path, tmp_path: Path) -> None:
    folder = Path(copytree(starter, tmp_path / "desk"))
    done = deskhand("knowledge", "report", "--desk", folder)

    assert done.code == 0
    assert "nothing was ever asked of this desk" in done.out
    assert "Articles at odds\nNone." in done.out
    assert "without an answer" not in done.out
    assert not (folder / ".deskhand").exists()
    assert set(PARTS) <= set(deskhand("knowledge", "report", "--desk", folder, "--json").json)


def test_a_desk_without_articles_says_so(starter: Path, tmp_path: Path) -> None:
    folder = Path(copytree(starter, tmp_path / "desk"))
    rmtree(folder / "articles")
    (folder / "articles").mkdir()
    for procedure in (folder / "procedures").iterdir():
        procedure.unlink()
    done = deskhand("knowledge", "report", "--desk", folder)

    assert (done.code, done.err) == (0, "")
    assert done.out == "This desk has no articles, and nothing was ever asked of it.\n"


def test_as_of_when_it_is_told(starter: Path) -> None:
    told = deskhand("knowledge", "report", "--desk", starter, "--json").json

    assert datetime.fromisoformat(told["at"]).tzinfo is not None
    assert told["since"] is None
