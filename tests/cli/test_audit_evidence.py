"""What is taken out of the journal for a SIEM and for an auditor, and what is said to be missing."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Shown
from tests.cli.script import deskhand
from tests.cli.test_audit import tamper

KEY = {"DESKHAND_BACKUP_KEY": "a pass phrase of the tests"}


@pytest.fixture(scope="module")
def desk(shown: Shown, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that was paused, signed and backed up."""
    folder = Path(shutil.copytree(shown.folder, tmp_path_factory.mktemp("evidence") / "desk"))
    assert deskhand("pause", "--why", "odd", "--by", "mei", "--desk", folder).code == 0
    assert deskhand("resume", "--by", "mei", "--desk", folder).code == 0
    assert deskhand("audit", "checkpoint", "--desk", folder).code == 0
    to = folder.with_name("x.backup")
    assert deskhand("backup", "--to", to, "--desk", folder, environment=KEY).code == 0
    return folder


def test_each_line_is_exported_once_with_its_hash(desk: Path, tmp_path: Path) -> None:
    done = deskhand("audit", "export", "--desk", desk)
    events = [json.loads(line) for line in done.out.splitlines()]
    lines = deskhand("audit", "show", "--last", "1000", "--desk", desk, "--json").json["lines"]
    assert lines[-1]["kind"] == "journal.exported"
    assert [one["raw_data_hash"]["value"] for one in events] == [line["hash"] for line in lines[:-1]]
    pause = next(one for one in events if one["metadata"]["event_code"] == "desk.paused")
    assert (pause["class_name"], pause["severity"], pause["actor"]) == (
        "Detection Finding",
        "Medium",
        {"user": {"name": "mei"}},
    )
    told = deskhand("audit", "export", "--kind", "desk.paused", "--to", tmp_path / "x.jsonl", "--desk", desk)
    assert told.code == 0
    assert (tmp_path / "x.jsonl").read_text("utf-8").count("\n") == 1
    none = deskhand("audit", "export", "--since", "2099-01-01", "--desk", desk)
    assert (none.code, none.out) == (0, "")
    assert deskhand("audit", "export", "--to", tmp_path / "x.jsonl", "--desk", desk).code == 1


def test_the_evidence_says_for_each_control_what_there_is_and_what_is_missing(desk: Path, tmp_path: Path) -> None:
    scan = tmp_path / "audit"
    scan.mkdir()
    for name in ("code.json", "packages.json"):
        (scan / name).write_text("[]", "utf-8")
    done = deskhand("audit", "evidence", "--to", tmp_path / "out", "--scan", scan, "--desk", desk, "--json")
    assert done.code == 0, done.err
    told = {one["control"]: one for one in done.json["controls"]}
    assert told["A1, CC9"]["lines"] == 1
    assert told["A1, CC9"]["missing"] == [
        "this desk was never put back from a backup: test it, and keep what `restore --json` prints"
    ]
    assert told["CC7.1-CC7.4"]["lines"] >= 2
    assert told["C1, P"]["missing"] == ["no line about retention or erasure"]
    out = tmp_path / "out"
    assert done.json["scan"] == ["vulnerability-scan-code.json", "vulnerability-scan-packages.json"]
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert set(manifest) == {one.name for one in out.iterdir()} - {"manifest.json"}
    assert all(hashlib.sha256((out / name).read_bytes()).hexdigest() == told for name, told in manifest.items())
    for name in ("README.md", "index.html"):
        text = (out / name).read_text("utf-8")
        assert all(control in text for control in told)
        assert "never put back" in text
    incidents = [json.loads(line) for line in (out / "incidents.jsonl").read_text("utf-8").splitlines()]
    assert {"desk.paused", "desk.resumed"} <= {one["metadata"]["event_code"] for one in incidents}
    assert deskhand("audit", "evidence", "--to", out, "--desk", desk).code == 1, "nothing is overwritten"


@pytest.mark.sqlite("tampers with its file")
def test_a_journal_that_was_cut_after_it_was_signed_is_found_with_a_copy(desk: Path, tmp_path: Path) -> None:
    kept = Path(shutil.copy(desk / ".deskhand" / "checkpoints.jsonl", tmp_path))
    assert deskhand("audit", "verify", "--checkpoints", kept, "--desk", desk, "--json").json["checkpoints"] == 1
    public = deskhand("audit", "key", "--desk", desk, "--json").json["public"]
    assert json.loads(kept.read_text("utf-8"))["public"] == public
    assert deskhand("audit", "checkpoint", "--desk", desk, "--json").json["checkpoint"]["seq"] > 1
    other = Path(shutil.copytree(desk, tmp_path / "desk"))
    assert tamper(other, "delete from journal where kind = 'checkpoint.made' and seq > 1") >= 1
    done = deskhand("audit", "verify", "--checkpoints", kept, "--desk", other, "--json")
    assert (done.code, done.json["verified"]) == (1, False)
    folder = deskhand("audit", "evidence", "--to", tmp_path / "out", "--desk", other, "--json")
    assert (folder.code, folder.json["verified"]) == (1, False), "the folder says so, and so does the exit code"
