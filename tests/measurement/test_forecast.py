"""Figures of predictions, where they can be counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.measurement.forecast import Scored, forecast, ranked

SCORED = st.lists(
    st.builds(
        Scored,
        ticket=st.sampled_from("abcdefgh"),
        probability=st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9, 1.0]),
        person=st.booleans(),
        at_once=st.booleans(),
    ),
    max_size=40,
)


def of(*said: tuple[float, bool]) -> list[Scored]:
    return [Scored(f"t{place}", probability, person) for place, (probability, person) in enumerate(said)]


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    assert ranked(of((0.9, True), (0.5, True), (0.5, False), (0.1, False))).auroc == pytest.approx(3.5 / 4)
    assert ranked(of((0.9, True), (0.1, False))).auroc == 1.0
    assert ranked(of((0.1, True), (0.9, False))).auroc == 0.0


def test_what_cannot_be_measured_is_none_and_not_a_number() -> None:
    assert ranked(of((0.9, True))).auroc is None
    assert ranked(of((0.9, False))).recall_top is None
    assert (forecast([]).brier, forecast([]).deciles) == (None, ())


def test_the_interval_counts_tickets_and_not_messages() -> None:
    said = of(*[(0.2 + 0.01 * place, place % 3 == 0) for place in range(60)])
    once = ranked(said)
    often = ranked([one for one in said for _ in range(9)])

    assert (often.messages, often.tickets) == (540, 60)
    assert often.auroc == pytest.approx(once.auroc)
    assert often.auroc_low == pytest.approx(once.auroc_low)
    assert once.auroc is not None
    assert once.auroc_low is not None
    assert once.auroc_low < once.auroc - 0.1


def test_recall_is_of_tickets_by_their_highest_prediction() -> None:
    said = of(*[(0.1, False)] * 17, (0.3, True), (0.2, True))
    said += [Scored("often", 0.0, True), Scored("often", 0.9, True)]
    found = ranked(said)

    assert (found.tickets, found.people) == (20, 3)  # two of them can be looked at
    assert found.recall_top == pytest.approx(2 / 3)
    assert found.recall_best == pytest.approx(2 / 3)


def test_of_equals_at_the_end_of_the_first_tenth_the_share_that_has_room_counts() -> None:
    found = ranked(of(*[(0.5, True)] * 5, *[(0.5, False)] * 5, *[(0.1, False)] * 10))

    assert found.recall_top == pytest.approx(2 * 0.5 / 5)  # two of ten equals have room, and half of those are people's


def test_deciles_and_errors_can_be_counted() -> None:
    found = forecast(of(*[(0.2, False)] * 8, *[(0.2, True)] * 2, *[(0.8, True)] * 5, *[(0.8, False)] * 5))

    assert [(one.messages, one.was) for one in found.deciles] == [(10, 0.2), (10, 0.5)]
    assert [one.said for one in found.deciles] == pytest.approx([0.2, 0.8])
    assert found.calibration_error == pytest.approx((0.0 * 10 + 0.3 * 10) / 20)
    assert found.brier == pytest.approx((8 * 0.04 + 2 * 0.64 + 5 * 0.04 + 5 * 0.64) / 20)
    assert found.brier_base == pytest.approx(0.35 * 0.65)


def test_ahead_leaves_out_what_gave_its_ticket_away_at_once() -> None:
    said = [Scored("a", 0.9, True, at_once=True), Scored("b", 0.2, True), Scored("c", 0.1, False)]

    assert (forecast(said).all.messages, forecast(said).ahead.messages) == (3, 2)
    assert forecast(said).ahead.people == 1


@given(SCORED)
def test_every_figure_is_a_share_and_the_order_of_messages_changes_none(said: list[Scored]) -> None:
    found = forecast(said)
    for part in (found.all, found.ahead):
        shares = (part.auroc, part.auroc_low, part.auroc_high, part.recall_top, part.recall_best)
        assert all(one is None or 0.0 <= one <= 1.0 for one in shares)
        assert part.recall_top is None or part.recall_best is None or part.recall_top <= part.recall_best + 1e-9
    assert sum(one.messages for one in found.deciles) == len(said)
    assert len(found.deciles) <= 10
    assert forecast(sorted(said, key=lambda one: one.ticket, reverse=True)).all.auroc == pytest.approx(found.all.auroc)
