"""Which suggestions one click may approve: never one that acts, or that differs in more than whom it greets."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.storage.values import HEARD, RESOLUTION, SUGGESTION

from deskhand.domain.article import Citation
from deskhand.domain.outreach import CHANNEL
from deskhand.domain.phrases import PHRASES, phrases_in
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Suggestion
from deskhand.workflows.alike import MOST, groups, shape

CITED = (Citation("limits.md", "CSV files: 100 MB.", "d1"),)
BODY = "A CSV file may have 100 MB.\n\nLumen Support"


def simple(reply: str = f"Hi Maya,\n\n{BODY}", id: str = "s1", language: str = "en") -> Suggestion:
    """One that may be offered with others like it."""
    heard = replace(HEARD, attachments=(), channel="email")
    heard = replace(heard, understanding=replace(heard.understanding, language=language))
    plan = replace(RESOLUTION, reply=reply, proposals=(), citations=CITED, step_up=None, elsewhere="")
    return replace(SUGGESTION, id=id, heard=heard, resolution=plan, roles=(), stage=Stage.ASSISTED)


@st.composite
def any_suggestion(draw: st.DrawFn) -> Suggestion:
    one = simple(draw(st.sampled_from([f"Hi Maya,\n\n{BODY}", f"Hi Tom,\n\n{BODY}", "Yes.", "No.", BODY])))
    plan = replace(
        one.resolution,
        proposals=draw(st.sampled_from([(), (), RESOLUTION.proposals])),
        citations=draw(st.sampled_from([CITED, CITED, ()])),
        elsewhere=draw(st.sampled_from(["", "", "It is on ticket 7 already."])),
    )
    return replace(
        one,
        id=draw(st.uuids()).hex,
        resolution=plan,
        heard=replace(one.heard, channel=draw(st.sampled_from(["email", "chat", CHANNEL]))),
        roles=draw(st.sampled_from([(), (), ("team_lead",)])),
        stage=draw(st.sampled_from(Stage)),
    )


@given(st.lists(any_suggestion(), max_size=60))
def test_nothing_that_acts_or_wants_a_role_is_ever_offered(pending: list[Suggestion]) -> None:
    for group in groups(pending):
        assert 2 <= len(group) <= MOST
        assert len({one.id for one in group}) == len(group)
        for one in group:
            assert not one.resolution.proposals
            assert not one.roles
            assert one.resolution.citations
            assert one.stage is not Stage.READ_ONLY
            assert one.heard.channel != CHANNEL
            assert one.stage is group[0].stage
            assert _body(one) == _body(group[0])


def _body(one: Suggestion) -> str:
    return one.resolution.reply.removeprefix("Hi Maya,\n\n").removeprefix("Hi Tom,\n\n")


def test_those_that_differ_in_whom_they_greet_are_the_same() -> None:
    for language, phrases in PHRASES.items():
        letters = [f"{phrases.greeting(name)}\n\n{BODY}" for name in ("Maya Chen", "Tom", "Ænne Ó Briain-Groß", "")]
        assert len({shape(simple(letter, language=language)) for letter in letters}) == 1
        assert shape(simple(letters[0], language=language)) is not None


def test_a_first_line_that_is_no_greeting_is_a_part_of_the_answer() -> None:
    letters = ["Yes, you can.\n\nLumen Support", "No, you cannot.\n\nLumen Support", "Yes.", "No."]
    letters += [f"Hi Maya, you can.\n\n{BODY}", f"Hi Maya, you cannot.\n\n{BODY}"]
    assert len({shape(simple(one)) for one in letters}) == len(letters)


def test_only_so_many_are_decided_by_one_click() -> None:
    pending = [simple(f"{phrases_in('en').greeting(f'N{number}')}\n\n{BODY}", str(number)) for number in range(30)]
    (group,) = groups(pending)
    assert [one.id for one in group] == [str(number) for number in range(MOST)]
