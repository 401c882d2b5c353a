"""`deskhand proactive`: who would be written to, the round itself, opting out, and what came of it."""

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Shown
from tests.cli.script import Done, deskhand

RULE = """\
id: outage
on: incident
service: true
channel: ticket
message: {subject: "About {{ incident.name }}", text: "{{ incident.note }}"}
caps: {per_customer: 1, days: 7, desk_per_day: 50}
quiet_hours: none
"""
MORE = '\n[receipts]\naddress = "https://desk.lumen.example"\n\n[rollout.proactive]\noutage = "autonomous"\n'
MAYA, GRACE = "maya.chen@example.com", "grace.kim@example.com"


@pytest.fixture
def desk(shown: Shown, tmp_path: Path) -> Path:
    """A desk that may write to customers about incidents."""
    folder = Path(shutil.copytree(shown.folder, tmp_path / "desk"))
    shutil.rmtree(folder / "proactive")
    (folder / "proactive").mkdir()
    (folder / "proactive" / "outage.yaml").write_text(RULE, "utf-8")
    (folder / "desk.toml").write_text((folder / "desk.toml").read_text("utf-8") + MORE, "utf-8")
    (folder / "accounts.txt").write_text(f"{MAYA}\n{GRACE}\n\nnobody@else.example\n", "utf-8")
    return folder


def proactive(desk: Path, *words: str) -> Done:
    return deskhand("proactive", *words, "--desk", desk, "--json")


def test_an_incident_from_its_name_to_the_report(desk: Path) -> None:
    named = ("incident", "exports-1", "--note", "Exports are late.", "--accounts", str(desk / "accounts.txt"))
    first = proactive(desk, *named)
    assert (first.code, first.json["filed"]) == (0, 2)
    assert "nobody has this address" in first.err
    assert proactive(desk, *named).json["filed"] == 0

    seen = proactive(desk, "preview").json["preview"]
    assert [one["would"] for one in seen] == ["send it", "send it"]
    assert proactive(desk, "optout", seen[0]["customer"], "--by", "ana").json["changed"]
    assert proactive(desk, "optout", seen[0]["customer"]).code == 1
    again = {one["customer"]: one["would"] for one in proactive(desk, "preview", "--rule", "outage").json["preview"]}
    assert again == {seen[0]["customer"]: "wait", seen[1]["customer"]: "send it"}

    ran = proactive(desk, "run")
    assert ran.json["now"] == {"contacted": 1, "open": 1}
    assert "2/2 proactive/outage/" in ran.err
    assert proactive(desk, "optout", seen[0]["customer"], "--undo").json["changed"]
    assert [proactive(desk, "run").json["now"] for _ in range(2)] == [{"contacted": 1}, {}]

    (family,) = proactive(desk, "report").json["families"]
    assert (family["family"], family["contacted"]["people"], family["difference"]) == ("outage", 2, None)
    assert "not enough data" in deskhand("proactive", "report", "--desk", desk).out
    journal = deskhand("audit", "show", "--desk", desk, "--json").out
    assert MAYA not in journal
    assert deskhand("audit", "verify", "--desk", desk).code == 0
    assert deskhand("audit", "replay", "--desk", desk).code == 0


def test_what_makes_no_sense_is_refused(desk: Path) -> None:
    accounts = ("--note", "x", "--accounts", str(desk / "accounts.txt"))
    for words, told in (
        (("preview", "--rule", "no-rule"), "there is no rule 'no-rule'"),
        (("optout", "cus_1"), "write system:kind:id"),
        (("incident", "two words", *accounts), "is no name of an incident"),
        (("incident", "x1", "--note", "x", "--accounts", str(desk / "none.txt")), "cannot be read"),
    ):
        done = proactive(desk, *words)
        assert done.code != 0
        assert told in " ".join(done.err.split())


def test_the_faults_of_a_rule_are_told_by_check_and_by_policy_check(desk: Path) -> None:
    (desk / "proactive" / "outage.yaml").write_text(RULE.replace("service: true", "service: maybe"), "utf-8")
    for command in (("check",), ("policy", "check")):
        done = deskhand(*command, "--desk", desk)
        assert done.code == 1
        assert "proactive/outage.yaml:3: `service` is `true` or `false`" in " ".join(done.out.split())


def test_a_family_can_be_paused_by_its_name(desk: Path) -> None:
    pause = ("pause", "--why", "a drill", "--desk", desk)
    assert deskhand(*pause, "--procedure", "proactive/outage").code == 0
    assert deskhand(*pause, "--procedure", "proactive/outages").code == 1
