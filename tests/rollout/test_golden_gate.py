"""A promotion may ask for golden tickets that pass on the desk as it is: an old run or a failed one is not enough."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.rollout.desk_of_stages import Stages, stages

from deskhand.bootstrap import desk_digest, rules_of
from deskhand.rollout.evidence import Gates, Lacks
from deskhand.settings import read_settings
from deskhand.workflows.promote import EVALUATED

GOOD = {"approved": 190, "edited": 6, "rejected": 4}
NOW, THEN = "the desk as it is", "the desk of yesterday"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Stages]:
    made = stages(tmp_path, gates=Gates(golden=NOW))
    made.decide(GOOD)
    yield made
    made.store.engine.dispose()


@pytest.mark.parametrize(
    "runs",
    [[], [(THEN, 20, 0)], [(NOW, 19, 1)], [(NOW, 0, 0)], [(NOW, 20, 0), (NOW, 19, 1)], [(NOW, 20, 0), (THEN, 20, 0)]],
    ids=["none", "another desk", "one failed", "no ticket", "failed since", "another desk since"],
)
def test_without_them_it_cannot_even_be_asked_for(desk: Stages, runs: list[tuple[str, int, int]]) -> None:
    for digest, passed, failed in runs:
        desk.note(EVALUATED, ticket="", digest=digest, passed=passed, failed=failed)

    assert desk.ask().lacks == (Lacks.GOLDEN,)


def test_with_them_it_can_be_had_and_the_line_says_on_which_desk(desk: Stages) -> None:
    desk.note(EVALUATED, ticket="", digest=NOW, passed=20, failed=0)

    assert desk.ask().done
    assert desk.approve().done
    assert desk.told[-1].body["evidence"]["golden"] == NOW


def test_a_run_that_fails_after_it_was_asked_for_ends_the_request(desk: Stages) -> None:
    desk.note(EVALUATED, ticket="", digest=NOW, passed=20, failed=0)
    assert desk.ask().done
    desk.note(EVALUATED, ticket="", digest=NOW, passed=19, failed=1)

    assert desk.approve().lacks == (Lacks.GOLDEN,)


def test_a_desk_that_does_not_ask_for_them_goes_without(tmp_path: Path) -> None:
    made = stages(tmp_path)
    made.decide(GOOD)

    assert made.ask().done
    made.store.engine.dispose()


def test_desk_toml_asks_for_the_desk_as_its_files_are_now(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text(
        'company = "A"\nsignature = "A"\ndefault_queue = "support"\n[rollout.gates]\ngolden = true\n', "utf-8"
    )
    (tmp_path / "policies").mkdir()
    settings = read_settings(tmp_path)
    before = rules_of(settings, ()).gates.golden
    (tmp_path / "policies" / "a.yaml").write_text("rules: []", "utf-8")

    assert before
    assert rules_of(settings, ()).gates.golden == desk_digest(settings) != before
