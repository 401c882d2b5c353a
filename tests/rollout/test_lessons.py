"""One agent's word makes the assistant more careful; it never changes what is said when nobody looks."""

from hypothesis import given
from hypothesis import strategies as st
from tests.storage.examples import example

from deskhand.domain.example import Example, Judged
from deskhand.domain.stage import Stage
from deskhand.rollout.lessons import lessons, watched

ANSWER = "Exports are ready within an hour. You get a mail with a link to the file."
PROCEDURES = st.sampled_from([(), ("a",), ("b",), ("a", "b")])
EXAMPLES = st.lists(
    st.builds(
        example,
        id=st.uuids().map(lambda number: number.hex[:8]),
        procedures=PROCEDURES,
        suggested=st.sampled_from([ANSWER, "Something else that was said at length."]),
        instead=st.sampled_from(["", "In other words, it is so."]),
        after=st.integers(0, 5),
    ),
    max_size=3,
)


@given(EXAMPLES)
def test_where_the_assistant_acts_alone_only_rejections_are_left(near: list[Example]) -> None:
    assert all(one.judged is Judged.REJECTED for one in lessons(near, Stage.AUTONOMOUS))


@given(EXAMPLES, st.sampled_from(Stage))
def test_nothing_is_added_and_the_order_stays(near: list[Example], stage: Stage) -> None:
    left = lessons(near, stage)

    assert list(left) == [one for one in near if one in left]


@given(EXAMPLES, st.sampled_from(Stage))
def test_a_rejection_is_left_out_only_for_a_newer_edit(near: list[Example], stage: Stage) -> None:
    for gone in set(near) - set(lessons(near, stage)):
        newer = [one for one in near if one.judged is Judged.EDITED and one.at > gone.at]
        assert newer or gone.judged is Judged.EDITED


def test_a_newer_edit_of_the_same_procedure_takes_a_rejection_back() -> None:
    rejected, edited = example("r"), example("e", instead="Better.", after=1)

    assert lessons([rejected, edited], Stage.ASSISTED) == (edited,)
    assert lessons([rejected, edited], Stage.AUTONOMOUS) == ()


def test_an_edit_that_says_it_was_about_something_else_takes_nothing_back() -> None:
    rejected, rerouted = example("r"), example("e", instead="Better.", after=1, about="another")

    assert rejected in lessons([rejected, rerouted], Stage.ASSISTED)


def test_what_agents_taught_is_looked_at_by_a_person_and_makes_no_stage_looser() -> None:
    assert [watched(stage, True) for stage in Stage] == [
        Stage.ASSISTED if stage is Stage.AUTONOMOUS else stage for stage in Stage
    ]
    assert [watched(stage, False) for stage in Stage] == list(Stage)


def test_an_older_edit_or_one_of_other_things_takes_nothing_back() -> None:
    rejected = example("r", procedures=("a", "b"), after=1)
    older = example("o", procedures=("a", "b"), instead="Better.")
    half = example("h", procedures=("a",), instead="Better.", after=2)

    assert rejected in lessons([rejected, older, half], Stage.ASSISTED)


def test_an_answer_is_taken_back_only_by_an_edit_of_the_same_answer() -> None:
    rejected = example("r", procedures=(), suggested=ANSWER)
    same = example("s", procedures=(), suggested=ANSWER, instead="Better.", after=1)
    other = example("o", procedures=(), suggested="Reports are sent on Mondays.", instead="Better.", after=1)

    assert lessons([rejected, same], Stage.READ_ONLY) == (same,)
    assert lessons([rejected, other], Stage.READ_ONLY) == (rejected, other)
