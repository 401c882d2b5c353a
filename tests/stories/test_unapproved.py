"""By a desk folder that nobody approved nothing is done alone, whatever desk.toml or an operator says of the stage."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from tests.stories.lumen import TWICE, Lumen, opened, trusted

from deskhand.bootstrap.versions import approving, examined, snapshot
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Person
from deskhand.settings import Settings
from deskhand.settings.changes import ChangesTable
from deskhand.workflows.changes import approve, submit

WAITS = {RunOutcome.SUGGESTED, RunOutcome.AWAITING_APPROVAL}


def careful(settings: Settings) -> Settings:
    """The assistant may act alone, by an approved folder."""
    settings = trusted(settings)
    return replace(settings, table=settings.table.model_copy(update={"changes": ChangesTable(required=True)}))


@pytest.fixture(scope="module")
def edited(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    """Somebody wrote a line into it since it was first opened."""
    folder = copytree(prepared, tmp_path_factory.mktemp("edited") / "desk")
    file = next((folder / "policies").glob("*.yaml"))
    file.write_text(file.read_text("utf-8") + "\n# a remark\n", "utf-8")
    with opened(folder, careful) as lumen:
        yield lumen


def page(lumen: Lumen, path: str, person: str = "ana") -> str:
    token = lumen.installation.tokens[person]
    answer = lumen.http.get(path, headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    return answer.text


def test_nothing_is_done_alone_until_a_second_person_approves_the_folder(edited: Lumen) -> None:
    email, other, last = (edited.customer("double_charge_small") for _ in range(3))
    told = edited.say(email, TWICE)
    assert told.result.outcome in WAITS
    forced = edited.say(other, TWICE, stage=Stage.AUTONOMOUS)
    assert forced.result.outcome in WAITS
    assert edited.refunds(email) == edited.refunds(other) == []
    assert "Nothing is autonomous until a second person approves" in page(edited, "/rollout")

    installation = edited.installation
    here, rules, now = snapshot(installation.settings), approving(installation.settings), edited.clock()
    tests = examined(installation.settings)
    made = submit(installation.store, here, tests, rules, person=Person("ana", frozenset()), why="a remark", now=now)
    assert made.done, made.told
    assert "Approve this version" not in page(edited, "/changes", "ana")
    shown = page(edited, "/changes", "tom")
    assert "Approve this version" in shown
    assert "# a remark" in shown
    assert approve(installation.store, here.id, rules, person=Person("tom", frozenset()), now=now).done
    assert "Nothing is autonomous" not in page(edited, "/rollout")
    assert edited.say(last, TWICE).result.outcome is RunOutcome.RESOLVED
    assert len(edited.refunds(last)) == 1
