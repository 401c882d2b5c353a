"""The messages of the check: as many as promised, nobody's examples, and each expectation can be met."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from deskhand.bootstrap import Folder, load_folder
from deskhand.connectors.world import SITUATIONS
from deskhand.domain.errors import DeskFault
from deskhand.domain.verdict import Verdict
from deskhand.entrypoints.model_check.suite import read_suite
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.settings import read_settings

LUMEN = Path(__file__).parents[2] / "examples" / "lumen"
CASES = read_suite(LUMEN / "model-check.jsonl")
ABOUT = "slang typos anger several language injection article no-article foreign policy turns".split()
LANGUAGES = "en de fr es it nl pt pl".split()
LINE = '{"from": "a@example.com", "text": "hello", "expect": {"outcomes": ["answered"], "language": "en"}}'


@cache
def folder() -> Folder:
    return load_folder(read_settings(LUMEN))


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def test_there_are_sixty_cases_and_no_message_twice() -> None:
    said = [words(text) for case in CASES for text in case.said]

    assert len(CASES) == 60
    assert max(Counter(said).values()) == 1


def test_no_message_is_known_to_the_desk_or_to_its_demo() -> None:
    known = {words(example) for procedure in folder().procedures for example in procedure.examples}
    known |= {words(line.split('"text": "')[1]) for line in (LUMEN / "messages.jsonl").read_text("utf-8").splitlines()}

    assert not known & {words(text) for case in CASES for text in case.said}


def test_everything_that_is_hard_about_messages_is_tried_at_least_three_times() -> None:
    tried = Counter(case.about for case in CASES)

    assert set(tried) == set(ABOUT)
    assert min(tried.values()) >= 3


def test_every_language_of_the_check_is_tried_twice() -> None:
    spoken = Counter(case.expect.language for case in CASES)

    assert set(spoken) == set(LANGUAGES)
    assert min(spoken.values()) >= 2


def test_every_expectation_names_a_procedure_an_action_and_a_verdict_that_exist() -> None:
    procedures = {one.id for one in folder().procedures}
    effects = {kind.effect for kind in Verdict.__args__}

    for case in CASES:
        assert set(case.expect.procedures or ()) <= procedures
        assert set(case.expect.actions) <= set(ACTIONS)
        assert set(case.expect.actions.values()) <= effects


def test_an_expected_deed_is_one_that_an_expected_procedure_may_propose() -> None:
    reach = {one.id: set(one.may_propose) for one in folder().procedures}

    for case in CASES:
        allowed = {name for one in case.expect.procedures or () for name in reach[one]}
        assert set(case.expect.actions) <= allowed


def test_a_case_that_ends_resolved_expects_a_deed() -> None:
    for case in CASES:
        if "resolved" in case.expect.outcomes:
            assert "allow" in case.expect.actions.values()


def test_every_case_comes_from_somebody_who_exists() -> None:
    assert {case.sender for case in CASES} <= {f"customer:{one}" for one in SITUATIONS} | {"unknown@example.com"}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{}", "from: Field required"),
        ("no JSON", "Invalid JSON"),
        (LINE.replace('"hello"', '""'), 'either "text" or "texts"'),
        (LINE.replace('"text"', '"texts": ["hi"], "text"'), 'either "text" or "texts"'),
        (LINE.replace('"answered"', '"solved"'), "expect.outcomes.0"),
        (LINE.replace('"en"', '"English"'), "expect.language"),
        (LINE.replace('"language"', '"nevr": [], "language"'), "expect.nevr"),
    ],
)
def test_a_line_that_is_no_case_is_named(tmp_path: Path, line: str, fault: str) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(f"{LINE}\n\n{line}\n", "utf-8")

    with pytest.raises(DeskFault) as caught:
        read_suite(file)

    assert f"{file}:3: " in str(caught.value)
    assert fault in str(caught.value)


def test_a_file_without_a_case_is_no_suite(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text("\n\n", "utf-8")

    with pytest.raises(DeskFault, match="there is no message in it"):
        read_suite(file)
