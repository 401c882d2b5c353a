"""What writing first was good for, and when nobody can tell."""

from hypothesis import given
from hypothesis import strategies as st

from deskhand.measurement.outreach import ENOUGH, Effect, Followed, effects


def group(held_out: bool, people: int, solved: int) -> list[Followed]:
    return [Followed("f", held_out, wrote=number % 2 == 0, solved=number < solved) for number in range(people)]


def effect(*every: Followed) -> Effect:
    (found,) = effects(every)
    return found


def test_the_difference_is_that_of_the_shares() -> None:
    found = effect(*group(False, 100, 80), *group(True, 50, 20))

    assert (found.contacted.people, found.contacted.wrote, found.contacted.solved) == (100, 50, 80)
    assert (found.held_out.people, found.held_out.solved) == (50, 20)
    assert found.difference is not None
    assert found.between is not None
    assert round(found.difference, 9) == 0.4
    assert tuple(round(one, 3) for one in found.between) == (0.243, 0.557)


def test_below_the_bound_there_is_not_enough_data_and_at_it_there_is() -> None:
    assert effect(*group(False, 100, 80), *group(True, ENOUGH - 1, 9)).difference is None
    assert effect(*group(False, ENOUGH - 1, 9), *group(True, 100, 80)).difference is None
    assert effect(*group(False, ENOUGH, 9), *group(True, ENOUGH, 9)).difference == 0


def test_whom_nobody_has_looked_at_again_counts_as_neither() -> None:
    unseen = [Followed("f", True, wrote=False, solved=None)] * 100
    found = effect(*group(False, ENOUGH, 9), *group(True, ENOUGH - 1, 9), *unseen)

    assert (found.held_out.people, found.held_out.looked_at, found.difference) == (ENOUGH + 99, ENOUGH - 1, None)


def test_families_are_apart_and_in_order() -> None:
    assert [one.family for one in effects([Followed(name, False, False, None) for name in "bab"])] == ["a", "b"]


counts = st.integers(ENOUGH, 200).flatmap(lambda people: st.tuples(st.just(people), st.integers(0, people)))


@given(counts, counts)
def test_the_interval_holds_the_difference(ours: tuple[int, int], theirs: tuple[int, int]) -> None:
    found = effect(*group(False, *ours), *group(True, *theirs))
    assert found.difference is not None
    assert found.between is not None
    low, high = found.between

    assert -1 <= found.difference <= 1
    assert low <= found.difference <= high
