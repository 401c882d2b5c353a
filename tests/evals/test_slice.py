"""A fixed slice of the evals, held against the committed baseline: seconds, and the same on every run."""

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from evals.expected import EXPECTED
from evals.kept import BASELINE, figures_of
from evals.lumen import lumen_of, several
from evals.measures import auroc, calibration_error, places, ranked, reliability
from evals.printed import missed
from evals.run import SLICE, slices
from evals.sets import DATA, Remembered
from evals.words import languages, personal_data

BASE = figures_of(BASELINE)
POINTS = 0.02


@pytest.fixture(scope="module")
def embed() -> Remembered:
    return Remembered()


@pytest.fixture(scope="module")
def measured(embed: Remembered) -> Mapping[str, Mapping[str, float]]:
    return {one.name: one.figures for _, part in slices(embed) for one in [part()]}


def test_routing_is_as_good_as_it_was(measured: Mapping[str, Mapping[str, float]]) -> None:
    routed = [name for name in measured if "examples" in name]
    assert len(routed) == 2
    for name in routed:
        now, before = measured[name], BASE[name]
        assert now["accuracy"] >= before["accuracy"] - POINTS, name
        assert now["act precision"] >= before["act precision"] - POINTS, name
        assert now["acted"] >= before["acted"] - 2 * POINTS, name
        assert now["calibration error"] <= before["calibration error"] + POINTS, name
        assert now.get("foreign acted", 0.0) <= 0.01, name


def test_search_is_as_good_as_it_was(measured: Mapping[str, Mapping[str, float]]) -> None:
    now, before = measured[f"{SLICE}dstc11faq"], BASE[f"{SLICE}dstc11faq"]

    for name in ("recall@1", "recall@5", "MRR@10"):
        assert now[name] >= before[name] - 0.05, name  # a question is five points here
    assert now["false answers to foreign questions"] <= 0.02


def test_words_and_wishes_are_found_as_they_were(embed: Remembered) -> None:
    lumen = lumen_of(embed)
    for one in (languages(lumen), personal_data()):
        assert missed([one]) == []
        assert one.figures.get("accuracy", 1.0) >= BASE[one.name].get("accuracy", 1.0) - POINTS
    for looked_at in (True, False):
        wishes = several(lumen, looked_at)
        for name in ("parts right", "messages split right"):
            assert wishes.figures[name] >= BASE[wishes.name][name] - POINTS, name


def test_the_baseline_reaches_what_is_expected() -> None:
    for name, figures in EXPECTED.items():
        for figure, wanted in figures.items():
            if not (wanted.known_miss or "ms" in figure):
                assert wanted.reached(BASE[name][figure]), f"{name}: {figure}"


def test_every_data_file_has_its_origin_and_licence() -> None:
    told = (DATA / "README.md").read_text("utf-8")
    named = set(re.findall(r"`(\w+\.jsonl)`", told))

    assert {file.name for file in DATA.glob("*") if file.name != "README.md"} == named


def test_the_wheel_holds_no_data_of_others() -> None:
    project = Path(__file__).parents[2] / "pyproject.toml"

    assert '[tool.hatch.build.targets.wheel]\npackages = ["src/deskhand"]' in project.read_text("utf-8")


def test_figures_are_right_where_they_can_be_counted_by_hand() -> None:
    said, right = np.array([0.95, 0.95, 0.15, 0.15]), np.array([True, False, False, False])
    bins = reliability(said, right)

    assert [(one.low, one.messages, one.right) for one in bins] == [(0.1, 2, 0.0), (0.9, 2, 0.5)]
    assert calibration_error(bins) == pytest.approx((0.15 + 0.45) / 2)
    assert auroc(np.array([0.9, 0.5]), np.array([0.5, 0.1])) == pytest.approx(3.5 / 4)
    at = places([["a", "b"], ["c", "d"], ["e"]], [["b"], ["c"], ["x"]])
    assert ranked(at) == pytest.approx({"recall@1": 1 / 3, "recall@5": 2 / 3, "recall@10": 2 / 3, "MRR@10": 0.5})
