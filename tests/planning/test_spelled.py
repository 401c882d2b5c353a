"""What is spelled is found, and what only looks a little like it is not."""

import time

import pytest

from deskhand.planning.spelled import spelled


def unknown(word: str) -> bool:
    return False


@pytest.mark.parametrize(
    "said",
    [
        "It is a n n a.",
        "It is a-n-n-a or M.A.Y.A",
        "That is j, o, h, n, n, y and no other",
        "c u s _ 0 0 0 1",
        "I found it under maya dot chen at example dot com.",
        "maya.chen(at)example(dot)org",
        "Go to evil [.] net/verify",
        "Schreiben Sie an hilfe punkt example",
        "bWF5YS5jaGVuQGV4YW1wbGUuY29t",
        "6d6179612e6368656e",
    ],
)
def test_what_is_spelled_or_encoded_is_found(said: str) -> None:
    assert spelled(said, unknown) != []


@pytest.mark.parametrize(
    "said",
    [
        "We are open 8 a.m.-5 p.m., e.g. on Mondays; in the U.S.A., too.",
        "Look at the red dot above the chart, at the top.",
        "Write to help@lumen.example, or see https://status.lumen.example/a1B2c3D4e5.",
        "Columns A, B, C and D of lumen_export_2026-11-24.csv",
        "PostgreSQL, JavaScript and QuickBooksOnline",
        "Press 1, 2, 3, 4 or 5",
    ],
)
def test_what_only_looks_like_it_passes(said: str) -> None:
    assert spelled(said, unknown) == []


def test_a_long_word_that_a_source_has_passes() -> None:
    assert spelled("The reference is re3a80dd4e03002d3b.", lambda word: word == "re3a80dd4e03002d3b") == []


@pytest.mark.parametrize("piece", [" ", "\n", "a ", "a.", "[ ", "dot ", " . com", "a dot com ", "aB1"])
def test_hostile_repetition_takes_time_in_proportion(piece: str) -> None:
    began = time.process_time()
    spelled((piece * 10_000)[:10_000], unknown)
    assert time.process_time() - began < 0.4
