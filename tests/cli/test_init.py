"""`deskhand init`: a desk for a company, whole or not at all; and nothing that was there before is touched."""

import json
import os
import pty
import tomllib
from pathlib import Path
from signal import SIGINT, default_int_handler, signal
from subprocess import Popen

import pytest
from tests.cli.script import ROOT, SCRIPT, deskhand

STARTER = ROOT / "src/deskhand/entrypoints/cli/init/starter"


def test_a_new_desk_has_every_file_of_the_starter(starter: Path) -> None:
    files = {file.relative_to(STARTER) for file in STARTER.rglob("*") if file.is_file()}

    made = {file.relative_to(starter) for file in starter.rglob("*") if file.is_file()}
    assert made == files | {Path(".env.example")}


def test_a_new_desk_trusts_the_assistant_with_nothing(starter: Path) -> None:
    table = tomllib.loads((starter / "desk.toml").read_text("utf-8"))

    assert table["rollout"] == {"default": "read-only", "procedures": {}}
    assert [name for name, system in table["systems"].items() if system != {"twin": True}] == []


@pytest.mark.parametrize("company", ['The "Quoted" \\ Firm # 1', "  Čokoláda\n & 日本 [b] "])
def test_a_company_is_named_as_it_is_written(tmp_path: Path, company: str) -> None:
    done = deskhand("init", tmp_path / "a desk", "--yes", "--company", company, "--json")

    name = " ".join(company.split())
    table = tomllib.loads((tmp_path / "a desk" / "desk.toml").read_text("utf-8"))
    assert done.code == 0, done.err
    assert done.json["folder"] == str(tmp_path / "a desk")
    assert "desk.toml" in done.json["files"]
    assert (table["company"], table["signature"]) == (name, f"{name} Support")
    assert tomllib.loads((tmp_path / "a desk" / "twins.toml").read_text("utf-8"))["company"] == name


@pytest.mark.parametrize("company", [b"  ", b"caf\xe9"])
def test_a_name_that_nobody_could_read_is_refused_before_anything_is_written(tmp_path: Path, company: bytes) -> None:
    done = deskhand("init", tmp_path / "desk", "--yes", "--company", company)

    assert (done.code, done.out) == (1, "")
    assert "printable" in done.err
    assert not (tmp_path / "desk").exists()


def test_a_folder_with_anything_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text("mine", "utf-8")

    done = deskhand("init", tmp_path, "--company", "Example")

    assert done.code == 1
    assert "is not empty; nothing was written" in done.err
    assert [(file.name, file.read_text("utf-8")) for file in tmp_path.iterdir()] == [("desk.toml", "mine")]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    done = deskhand("init", tmp_path, "--yes")

    assert done.code == 0
    assert (tmp_path / "desk.toml").is_file()
    assert f"--desk {tmp_path}" in done.out


@pytest.mark.parametrize("place", ["file", "file/desk"])
def test_a_place_where_nothing_can_be_written_is_told_in_one_line(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()

    done = deskhand("init", tmp_path / place, "--yes")

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(str(tmp_path / "file"))
    assert done.err.count("\n") == 1


ANSWERS = """\
Nord & Co

en xx1
en, de
zendesck
freshdesk
hubspot
none
postgresql://reader@db.example:5432/app
shop
Europe/Nowhere
Europe/Berlin
mon-fri 9-17
mon-fri 09:00-12:00 13:00-17:00, sat 10:00-12:00
jpy
eur
none
none
"""


def test_questions_are_asked_again_until_an_answer_can_be_used(tmp_path: Path) -> None:
    done = deskhand("init", tmp_path / "desk", "--json", stdin=ANSWERS.encode())

    assert done.code == 0, done.err
    for wrong in ("'en xx1'", "'zendesck'", "'Europe/Nowhere'", "'mon-fri 9-17'", "'jpy'"):
        assert f"{wrong} is " in done.err
    table = tomllib.loads((tmp_path / "desk" / "desk.toml").read_text("utf-8"))
    assert (table["company"], table["signature"]) == ("Nord & Co", "Nord & Co Support")
    assert table["languages"] == ["en", "de"]
    assert table["systems"] == {"freshdesk": {"twin": True}, "hubspot": {"twin": True}, "own": {"shop": {"twin": True}}}
    assert table["calendar"]["zone"] == "Europe/Berlin"
    hours = table["calendar"]["hours"]
    assert (hours["friday"], hours["saturday"]) == (["09:00-12:00", "13:00-17:00"], ["10:00-12:00"])
    assert table["rollout"] == {"default": "read-only", "procedures": {}}
    variables = (tmp_path / "desk" / ".env.example").read_text("utf-8").splitlines()
    assert {"DESKHAND_FRESHDESK_KEY=", "DESKHAND_SECRETS_KEY=", "DESKHAND_RECORDS_PASSWORD="} <= set(variables)
    assert not [one for one in variables if "=" in one and not one.startswith("#") and not one.endswith("=")]
    assert not list((tmp_path / "desk").rglob("billing.yaml")), "there is no billing system"
    article = (tmp_path / "desk" / "articles" / "support-hours.md").read_text("utf-8")
    assert "- Saturday: 10:00-12:00" in article
    tested = deskhand("policy", "test", "--desk", tmp_path / "desk", "--json")
    assert tested.json["ok"] is True


def test_answers_that_end_too_soon_leave_nothing(tmp_path: Path) -> None:
    done = deskhand("init", tmp_path / "desk", stdin=b"Nord\n\n")

    assert (done.code, done.out) == (1, "")
    assert "the answers ended before the questions did; nothing was written" in done.err
    assert list(tmp_path.iterdir()) == []


def test_somebody_at_a_terminal_is_asked_and_may_stop(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    before = signal(SIGINT, default_int_handler)  # what a run in the background ignores, its children do, too
    try:
        asking = Popen([SCRIPT, "init", tmp_path / "desk"], stdin=theirs, stdout=theirs, stderr=theirs)
    finally:
        signal(SIGINT, before)
    with asking:
        os.close(theirs)
        shown = b""
        while b"The company's name" not in shown:
            shown += os.read(ours, 4096)
        asking.send_signal(SIGINT)
        assert asking.wait(60) == 130
        while b"nothing was written" not in shown:
            shown += os.read(ours, 4096)
    os.close(ours)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("currency", ["EUR", "CHF"])
def test_limits_and_their_tests_are_in_the_currency_of_the_company(tmp_path: Path, currency: str) -> None:
    made = deskhand("init", tmp_path / "desk", "--yes", "--currency", currency)
    tested = deskhand("policy", "test", "--desk", tmp_path / "desk", "--json")

    assert made.code == 0, made.err
    assert (tested.json["ok"], tested.json["failed"]) == (True, [])
    assert f"{{{currency}: 100.00}}" in (tmp_path / "desk" / "policies" / "billing.yaml").read_text("utf-8")
    table = tomllib.loads((tmp_path / "desk" / "desk.toml").read_text("utf-8"))
    assert table["breakers"] == {"money_per_day": {currency: "500.00"}}


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--system", "zendsek"], "no connector 'zendsek' is installed; there are freshdesk, "),
        (["--hours", "mon-fri 09:00-17:00"], "say in which time zone"),
        (["--records", "postgresql://me:secret@db/app"], "without a password"),
        (["--articles", "nowhere"], "a folder that is there"),
        (["--tickets", "nowhere.csv"], "a file that is there"),
        (["--languages", "english"], "two letters"),
    ],
)
def test_a_flag_that_cannot_be_meant_is_refused_before_anything_is_written(
    tmp_path: Path, flags: list[str], told: str
) -> None:
    done = deskhand("init", tmp_path / "desk", "--yes", *flags, folder=tmp_path)

    assert (done.code, done.out) == (1, "")
    assert told in done.err
    assert "nothing was written" in done.err
    assert list(tmp_path.iterdir()) == []


ASKED = ("Where is my parcel {}?", "My parcel {} has not come yet, where is it?", "Parcel {} is late, where is it now?")


def test_a_company_brings_its_articles_and_its_past(tmp_path: Path) -> None:
    """Its articles in place of ours, drafts from what was asked often, and a replay that says what it rests on."""
    (tmp_path / "help").mkdir()
    (tmp_path / "help" / "parcels.md").write_text("# Where is my parcel?\n\nIt takes three days.\n", "utf-8")
    (tmp_path / "help" / "untitled.md").write_text("no heading", "utf-8")
    past = [
        {
            "id": str(number),
            "from": f"customer{number}@example.com",
            "name": "Ada Lovelace",
            "created_at": f"2026-03-0{number + 1}T10:00:00Z",
            "text": f"{ASKED[number % 3].format(1000 + number)} I am Ada Lovelace, ada@example.com",
            "agent_reply": f"It is at the depot, Ada Lovelace. Number {number}.",
        }
        for number in range(6)
    ]
    past.append({"id": "9", "from": "bo@example.com", "created_at": "2026-03-09T10:00:00Z", "text": "Please fax me"})
    (tmp_path / "past.jsonl").write_text("\n".join(map(json.dumps, past)), "utf-8")
    flags = ("--articles", tmp_path / "help", "--tickets", tmp_path / "past.jsonl", "--system", "zendesk")

    done = deskhand("init", tmp_path / "desk", "--yes", *flags, "--json")

    assert done.code == 0, done.err
    desk = tmp_path / "desk"
    assert (done.json["articles"], done.json["procedures"]) == (1, 0)
    assert [one.partition(":")[0] for one in done.json["left_out"]] == ["articles/untitled.md"]
    assert (tmp_path / "help" / "untitled.md").exists()
    assert done.json["replay"]["tickets"] == 7
    (draft,) = done.json["drafts"]
    text = Path(draft).read_text("utf-8")
    assert Path(draft).parent == desk / "drafts"
    assert "A draft from 6 tickets of past.jsonl" in text
    assert "It is at the depot" in text
    assert "Lovelace" not in text
    assert "ada@example.com" not in text
    checked = deskhand("check", "--desk", desk, "--json")
    assert checked.json["ok"] is True
    assert (checked.json["procedures"], checked.json["drafts"]) == (0, 2), "that of the past, and one of the starter"
    notes = [one for one in checked.json["notes"] if one["file"].startswith("drafts/")]
    assert [one["what"] for one in notes if "password-reset" not in one["file"]] == []
    assert all("a draft" in one["what"] for one in notes)

    again = deskhand("draft", tmp_path / "past.jsonl", "--desk", desk, "--json")
    assert [Path(one).name for one in again.json["drafts"]] == [f"{Path(draft).stem}-2.yaml"]
    Path(draft).rename(desk / "procedures" / Path(draft).name)
    moved = deskhand("check", "--desk", desk, "--json")
    assert (moved.code, moved.json["procedures"]) == (0, 1)


def test_a_past_that_cannot_be_read_leaves_a_whole_desk_and_says_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "past.csv").write_text("\n", "utf-8")

    done = deskhand("init", tmp_path / "desk", "--yes", "--tickets", tmp_path / "past.csv", "--json")

    assert done.code == 1
    assert len(done.json["failed"]) == 2
    assert "deskhand replay" in done.json["failed"][1]
    assert deskhand("check", "--desk", tmp_path / "desk").code == 0
