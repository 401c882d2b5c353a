"""Whether a desk can do its work, from the command line."""

import json
from pathlib import Path
from shutil import copytree

from typer.testing import CliRunner

from deskhand.bootstrap.storage.store import engine_at_rest
from deskhand.entrypoints.cli import app
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.settings import read_settings

RUN = CliRunner()


def test_a_desk_that_was_never_started_is_not_ready_and_one_that_was_is(starter: Path, tmp_path: Path) -> None:
    folder = copytree(starter, tmp_path / "desk")
    told = RUN.invoke(app, ["ready", "--desk", str(folder)])
    assert told.exit_code == 1
    assert "nothing was ever started on this desk" in told.stdout
    settings = read_settings(folder)
    assert not settings.state.exists()
    settings.state.mkdir()
    with engine_at_rest(settings) as engine:
        engine.migrate()
        migrate(engine.database)
    told = RUN.invoke(app, ["ready", "--desk", str(folder), "--json"])
    found = json.loads(told.stdout)
    assert (told.exit_code, found["ok"]) == (0, True)
    assert [one["name"] for one in found["checks"]] == ["database", "schema", "work", "disk"]


def test_a_tickets_name_in_traces_is_the_same_each_time(starter: Path, tmp_path: Path) -> None:
    folder = copytree(starter, tmp_path / "desk")
    command = ["trace-name", "zendesk:ticket:7", "--desk", str(folder)]
    first, second = RUN.invoke(app, command).stdout, RUN.invoke(app, [*command, "--json"]).stdout
    assert json.loads(second) == {"ticket": "zendesk:ticket:7", "name": first.strip()}
    assert len(first.strip()) == 16
