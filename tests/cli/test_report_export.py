"""`deskhand report export`, and the shape of what `report --json` prints."""

import csv
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from tests.cli.script import deskhand
from tests.measurement.histories import History

from deskhand.bootstrap import open_store
from deskhand.measurement.every_metric import METRICS
from deskhand.measurement.export_rows import MESSAGES, TICKETS, Kind
from deskhand.settings import read_settings

SECRET = "crm:customer:maya"


@pytest.fixture(scope="module")
def desk(starter: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(copytree(starter, tmp_path_factory.mktemp("export") / "desk"))
    history = (
        History().wrote("a", customer=SECRET).closed("a").wrote("b", "asked", channel="=2+5").later(days=3).wrote("c")
    )
    packet = {"reason": "no_source", "queue": "@tier2", "completeness": 1.0}
    history.ended("c", "m3", "handed_off", handoff=packet)
    with open_store(read_settings(folder)) as store, store.begin() as tx:
        for line in history.lines:
            tx.journal.append(line.kind, line.ticket, line.body, line.at)
    return folder


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_a_row_for_each_ticket_and_message_without_anybody_in_it(desk: Path, tmp_path: Path) -> None:
    done = deskhand("report", "export", tmp_path, "--desk", desk, "--json").json
    assert done["files"] == {"tickets.csv": 3, "messages.csv": 3}
    tickets, messages = rows(tmp_path / "tickets.csv"), rows(tmp_path / "messages.csv")
    assert [one["ticket"] for one in tickets] == ["a", "b", "c"]
    assert list(tickets[0]) == [one.name for one in TICKETS]
    assert list(messages[0]) == [one.name for one in MESSAGES]
    assert (tickets[0]["handler"], tickets[0]["outcome"], tickets[0]["mature"]) == ("assistant", "verified", "true")
    assert messages[2]["outcome"] == "handed_off"  # told again: the last one counts
    written = (tmp_path / "tickets.csv").read_text() + (tmp_path / "messages.csv").read_text()
    assert SECRET not in written
    before = [file.read_bytes() for file in sorted(tmp_path.iterdir())]
    deskhand("report", "export", tmp_path, "--desk", desk)
    assert [file.read_bytes() for file in sorted(tmp_path.iterdir())] == before


def test_no_cell_is_a_formula(desk: Path, tmp_path: Path) -> None:
    deskhand("report", "export", tmp_path, "--desk", desk)
    cells = [
        cell for name in ("tickets", "messages") for row in rows(tmp_path / f"{name}.csv") for cell in row.values()
    ]
    assert {"'=2+5", "'@tier2"} <= set(cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_days_bound_it_on_both_sides(desk: Path, tmp_path: Path) -> None:
    done = deskhand("report", "export", tmp_path, "--desk", desk, "--to", "2026-03-02", "--json").json
    assert done["files"] == {"tickets.csv": 2, "messages.csv": 2}
    done = deskhand("report", "export", tmp_path, "--desk", desk, "--from", "2026-03-03", "--json").json
    assert done["files"] == {"tickets.csv": 1, "messages.csv": 1}


def test_parquet_holds_the_same_with_its_types(desk: Path, tmp_path: Path) -> None:
    parquet: Any = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: Parquet was not tried")
    for form in ("csv", "parquet"):
        assert deskhand("report", "export", tmp_path, "--desk", desk, "--format", form).code == 0
    for name, columns in (("tickets", TICKETS), ("messages", MESSAGES)):
        found = parquet.read_table(tmp_path / f"{name}.parquet").to_pylist()
        kinds: dict[str, Kind] = {one.name: one.kind for one in columns}
        told = [{key: read(cell, kinds[key]) for key, cell in row.items()} for row in rows(tmp_path / f"{name}.csv")]
        assert found == told


def test_where_pyarrow_is_missing_it_says_what_to_install_and_writes_nothing(desk: Path, tmp_path: Path) -> None:
    """A module of that name stands before the real one, and cannot be imported."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "pyarrow.py").write_text("raise ImportError('it is not here')")
    places = f"{tmp_path / 'modules'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"  # noqa: TID251
    environment = {**os.environ, "PYTHONPATH": places}  # noqa: TID251
    command = ["report", "export", str(tmp_path / "out"), "--desk", str(desk), "--format", "parquet"]
    run = [sys.executable, "-c", "from deskhand.entrypoints.cli import main; main()", *command]
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    told = " ".join(done.stderr.split())
    assert 'pip install "deskhand[parquet]"' in told
    assert "--format csv" in told
    assert "Nothing was written" in told
    assert list((tmp_path / "out").iterdir()) == []


def read(cell: str, kind: Kind) -> str | int | float | bool | datetime | None:
    if cell == "":
        return None
    match kind:
        case Kind.TEXT:
            return cell.removeprefix("'")
        case Kind.WHOLE:
            return int(cell)
        case Kind.NUMBER:
            return float(cell)
        case Kind.FLAG:
            return cell == "true"
        case Kind.TIME:
            return datetime.fromisoformat(cell)


def test_the_report_as_json_is_complete(desk: Path) -> None:
    told = deskhand("report", "--desk", desk, "--json").json
    names = {
        "definition",
        "since",
        "until",
        "window_days",
        "maturing",
        "open_over_30_days",
        "upto_line",
        "lines_behind",
    }
    assert set(told) == names | {"metrics", "outcomes"}
    assert set(told["maturing"]) == {"n", "of", "share", "low", "high"}
    assert set(told["metrics"]) == {one.key for one in METRICS}
    metric = {"name", "unit", "guide", "ours", "cohort", "value", "n", "low", "high", "parts", "says", "enough", "met"}
    for one in told["metrics"].values():
        assert set(one) == metric | {"interval"}
        assert isinstance(one["n"], int)
