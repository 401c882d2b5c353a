"""`deskhand eval`: golden tickets from the command line, what CI reads of them, and drafts from past tickets."""

from pathlib import Path
from shutil import copytree, rmtree
from xml.etree import ElementTree as Xml

from tests.cli.conftest import Shown
from tests.cli.script import deskhand

TWICE = """\
id: twice
about: A small double charge waits for a person.
from: robin@example.com
stage: autonomous
messages:
  - says: I was charged twice this month
must:
  outcome: awaiting_approval
  procedures: [duplicate-charge]
  actions:
    - {action: refund_charge, verdict: approve, done: "no"}
"""
ONCE = """\
id: once
about: Wants a refund where there is none to give.
from: jo@example.com
stage: autonomous
messages:
  - says: I was charged twice this month <b>
must:
  outcome: resolved
"""


def test_a_failed_ticket_fails_the_command_and_every_report_says_how(starter: Path, tmp_path: Path) -> None:
    desk = with_golden(starter, tmp_path, twice=TWICE, once=ONCE)
    page, xml = tmp_path / "report.html", tmp_path / "golden.xml"

    done = deskhand("eval", "--desk", desk, "--json", "--record", "--html", page, "--junit", xml)

    assert done.code == 1
    assert (done.json["passed"], done.json["failed"], done.json["changes"]) == (1, 1, None)
    (failed,) = [one for one in done.json["tickets"] if not one["passed"]]
    assert failed["differences"] == [{"what": "outcome", "expected": "resolved", "got": "answered"}]
    suite = Xml.parse(xml).getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert [one.get("name") for one in suite if one.find("failure") is not None] == ["once"]
    assert "expected resolved, got answered" in page.read_text("utf-8")
    (line,) = deskhand("audit", "show", "--desk", desk, "--json").json["lines"]
    assert (line["kind"], line["body"]["failed"], line["body"]["digest"]) == ("evaluated", 1, done.json["desk"])

    (desk / "golden" / "once.yaml").write_text(ONCE.replace("resolved", "answered"), "utf-8")
    again = deskhand("eval", "--desk", desk, "--k", "2")

    assert again.code == 0
    assert "Failed before and passes now" in again.out
    assert "deterministic" in again.out
    assert "2 of 2 golden tickets passed, each 2 times (pass^2 100.0 %)" in again.out
    assert len(deskhand("audit", "show", "--desk", desk, "--json").json["lines"]) == 1


def test_check_tells_a_faulty_ticket_and_counts_sound_ones(starter: Path, tmp_path: Path) -> None:
    desk = with_golden(starter, tmp_path, twice=TWICE, once=ONCE.replace("resolved", "solved"))

    done = deskhand("check", "--desk", desk)

    assert done.code == 1
    assert "golden/once.yaml:8: unknown outcome 'solved'" in done.out
    assert deskhand("eval", "--desk", desk).code == 1


def test_what_cannot_be_run_is_told_and_nothing_is(starter: Path, tmp_path: Path) -> None:
    bare, desk = with_golden(starter, tmp_path / "bare"), with_golden(starter, tmp_path, twice=TWICE)

    assert "there is no golden ticket here" in deskhand("eval", "--desk", bare).err
    assert "no golden ticket fits 'thrice'" in deskhand("eval", "--desk", desk, "--golden", "thrice").err
    assert "only a run of all golden tickets" in deskhand("eval", "--desk", desk, "--golden", "t*", "--record").err
    assert "no simulated customer 'sad'" in deskhand("eval", "--desk", desk, "--personas", "sad").err
    assert "is no run of" in deskhand("eval", "--desk", desk, "--baseline", desk / "desk.toml").err
    assert not (desk / ".deskhand" / "evals").exists()


def test_a_past_ticket_becomes_a_draft_without_what_is_personal(shown: Shown, tmp_path: Path) -> None:
    desk = Path(copytree(shown.folder, tmp_path / "desk"))
    said = "I am Maya Chen, maya.chen@example.com or +1 212 555 0187. How long does a refund take?"
    asked = deskhand("ask", said, "--as", "maya.chen@example.com", "--desk", desk, "--json").json
    ticket = deskhand("audit", "show", "--desk", desk, "--json").json["lines"][-1]["ticket"]

    made = deskhand("eval", "add", ticket, "--desk", desk, "--json")

    assert made.code == 0, made.err
    text = Path(made.json["file"]).read_text("utf-8")
    for personal in ("Maya", "Chen", "maya.chen", "212"):
        assert personal not in text.replace(ticket, "")
    assert "How long does a refund take?" in text
    assert f"outcome: {asked['outcome']}" in text
    checked = deskhand("check", "--desk", desk, "--json").json
    assert checked["golden"] == checked["golden_drafts"] + len(list((desk / "golden").glob("*.yaml")))
    assert checked["golden_drafts"] == 1
    assert "is there already" in deskhand("eval", "add", ticket, "--desk", desk).err
    assert "tells of no answer" in deskhand("eval", "add", "zendesk:ticket:999", "--desk", desk).err


def with_golden(starter: Path, place: Path, **texts: str) -> Path:
    desk = Path(copytree(starter, place / "desk"))
    rmtree(desk / "golden")  # a new desk has one of its own
    (desk / "golden").mkdir()
    for name, text in texts.items():
        (desk / "golden" / f"{name}.yaml").write_text(text, "utf-8")
    return desk
