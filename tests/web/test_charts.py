"""Charts: marks that enclose the data, gaps that stay gaps, and words that are never markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.entrypoints.web.charts import MOST_POINTS, line_chart, thin, ticks

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).filter(lambda one: one == 0 or abs(one) > 1e-6)


@given(NUMBERS, NUMBERS)
def test_marks_enclose_what_is_drawn(one: float, other: float) -> None:
    low, high = sorted((one, other))
    marks = ticks(low, high)
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert marks[0] <= low + slack
    assert marks[-1] >= high - slack
    assert marks == sorted(set(marks))
    assert 2 <= len(marks) <= 8


@pytest.mark.parametrize("series", [[5.0], [5.0, 5.0], [0.0, 0.0, 0.0], [None, 1.0, None], [0.001, 0.002], [1e7, 3e7]])
def test_few_and_equal_values_are_drawn(series: list[float | None]) -> None:
    drawn = line_chart([str(place) for place in range(len(series))], series, title="Tickets")
    assert drawn.startswith("<svg")
    assert drawn.count("<title>") == sum(one is not None for one in series)
    assert "nan" not in drawn
    for _, _, y in re.findall(r'<(line|circle)[^>]* (y1|cy)="([-0-9.]+)"', drawn):
        assert 0 <= float(y) <= 190


def test_nothing_known_says_so() -> None:
    assert line_chart(["a"], [None], title="t", empty="<none>") == '<p class="muted">&lt;none&gt;</p>'


def test_a_gap_is_a_gap_and_not_zero() -> None:
    drawn = line_chart(list("abcde"), [1.0, 2.0, None, 3.0, 4.0], title="t")
    assert drawn.count('<polyline class="line"') == 2


def test_a_share_has_no_mark_outside_of_0_to_100() -> None:
    drawn = line_chart(list("abc"), [97.0, 100.0, 99.0], title="t", unit="%", goal=3.0, share=True)
    marks = [float(one) for one in re.findall(r'text-anchor="end">([-0-9.]+)<', drawn)]
    assert (min(marks), max(marks)) == (0, 100)
    assert 'class="target"' in drawn


def test_words_are_never_markup() -> None:
    drawn = line_chart(["<b>", '"><i>'], [1.0, 2.0], title="<script>", unit="<u>")
    assert not re.search(r"<(?:b|i|script|u)>", drawn)


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), max_size=1000))
def test_a_long_series_is_thinned_to_means(series: list[float | None]) -> None:
    labels, fewer = thin([str(place) for place in range(len(series))], series)
    assert len(labels) == len(fewer) <= MOST_POINTS
    known = [one for one in series if one is not None]
    assert all(min(known) - 1e-9 <= one <= max(known) + 1e-9 for one in fewer if one is not None)
