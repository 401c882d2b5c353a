"""The built-in planner heeds agents: it does not offer again what they rejected, and borrows words that stand alone."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.brain.desk import PROCEDURES
from tests.no_models import NO_MODELS
from tests.storage.examples import example

from deskhand.domain.action import Action, Proposal
from deskhand.domain.article import ANYBODY, Asker, Hit, Passage
from deskhand.domain.customer import Customer, Matched, Strength, Unknown
from deskhand.domain.dossier import Dossier
from deskhand.domain.example import Example, heeded
from deskhand.domain.ref import Ref
from deskhand.domain.resolution import GiveUp, Plan, Resolution
from deskhand.domain.understanding import Kind, Request, Sentiment, Understanding, Urgency
from deskhand.infrastructure.brain.lessons import stands_alone, why_not_again
from deskhand.infrastructure.brain.planner import BuiltInPlanner
from deskhand.planning.plan import Standards, plan
from deskhand.planning.workbench import Workbench
from deskhand.ports.reasoning import Brief

NOW = datetime(2026, 11, 24, tzinfo=UTC)
QUESTION = "How do I invite a colleague?"
ARTICLE = "Owners and admins can invite people. An invitation is valid for 7 days."
WORDING = "Please ask an owner or an admin to invite them. An invitation is valid for 7 days."
HIT = Hit(Passage("invite", "Invite people to Lumen", "", ARTICLE, ""), 0.8, 0.8)


class OneArticle:
    """Knowledge of a single passage."""

    def search(self, question: str, limit: int = 5, asker: Asker = ANYBODY) -> tuple[Hit, ...]:
        return (HIT,)

    def within(self, source: str, question: str, asker: Asker = ANYBODY) -> tuple[Hit, ...]:
        return (HIT,)


def planned(examples: Sequence[Example], text: str = QUESTION) -> Plan:
    """The reviewed plan for a question, as a workflow gets it."""
    request = Request(text, Kind.QUESTION, None, 0.9)
    understanding = Understanding("en", (request,), Sentiment.CALM, Urgency.NORMAL, (), False)
    brief = Brief(text, understanding, Dossier(Unknown(), (), ()), PROCEDURES, {}, examples=tuple(examples))
    bench = Workbench(None, unasked, OneArticle(), frozenset())
    return plan(brief, BuiltInPlanner(lambda: NOW), bench, Standards({}), NO_MODELS)


def unasked(action: Action) -> Proposal:
    raise AssertionError("no action is proposed here")


def edit(instead: str, suggested: str = ARTICLE, procedures: tuple[str, ...] = ()) -> Example:
    return example("e1", QUESTION, procedures=procedures, suggested=suggested, instead=instead)


def reply(plan: Plan) -> str:
    assert isinstance(plan, Resolution)
    return plan.reply


def test_without_examples_the_article_speaks() -> None:
    assert reply(planned([])) == ARTICLE


def test_an_agents_wording_is_offered_for_the_same_answer_and_told_by_its_id_alone() -> None:
    made = planned([edit(WORDING)])

    assert reply(made) == WORDING
    assert heeded(made.trace) == ("e1",)
    assert not any(WORDING[:20] in line for line in made.trace)
    assert isinstance(made, Resolution)
    assert [one.source for one in made.citations] == ["invite"]


@pytest.mark.parametrize(
    "wording",
    [
        "Maya, please ask an owner to invite them.",
        "Please ask Tom from support to invite them.",
        "Please ask an owner, [name], to invite them.",
        "It is valid for 14 days.",
        "It costs $29.00 more.",
        "It is valid until 3 November.",
        "See ch_4Kd81mQz for that.",
        "The reference is {{ receipts.0.id }}.",
        "Write to support@evil.example about it.",
        "See https://evil.example/invite for that.",
        "I have invited your colleague already.",
        "we've upgraded your plan, so invite away.",
        "-",
        "please invite them. " * 101,
    ],
)
def test_words_that_belong_to_the_former_ticket_or_rest_on_nothing_are_not_said_again(wording: str) -> None:
    made = planned([edit(wording)])

    assert reply(made) == ARTICLE
    assert heeded(made.trace) == ()


def test_an_edit_of_another_answer_or_of_a_procedure_changes_nothing() -> None:
    longer = edit(WORDING, suggested=f"{ARTICLE} Something about seats was said, too.")

    assert reply(planned([longer])) == ARTICLE
    assert reply(planned([edit(WORDING, procedures=("export-status",))])) == ARTICLE


def test_wording_for_what_was_about_something_else_is_not_offered() -> None:
    rerouted = example("e1", QUESTION, procedures=(), suggested=ARTICLE, instead=WORDING, about="export-status")

    assert reply(planned([rerouted])) == ARTICLE


def test_a_rejected_answer_is_handed_over_with_the_agents_reason() -> None:
    made = planned([example("r1", QUESTION, procedures=(), suggested=ARTICLE, reason="Invitations are closed.")])

    assert isinstance(made, GiveUp)
    assert made.reason == "rejected"
    assert "a suggestion for a message like this one" in made.because
    assert heeded(made.trace) == ("r1",)


def dossier(id: str, strength: Strength = Strength.ATTESTED) -> Dossier:
    who = Customer(Ref("stripe", "customer", id), "Ana Silva", "ana@example.com", "standard", flagged=False, since=NOW)
    return Dossier(Matched(who, strength, "email"), (), ())


@pytest.mark.parametrize(
    ("reader", "told"),
    [
        (dossier("1"), True),
        (dossier("2"), False),
        (dossier("1", Strength.CLAIMED), False),
        (Dossier(Unknown(), (), ()), False),
    ],
)
def test_an_agents_reason_is_told_on_tickets_of_the_same_customer_only(reader: Dossier, told: bool) -> None:
    about_one = example("r1", QUESTION, customer="stripe:customer:1", reason="Ana Silva of Bergen sues us.")
    because = why_not_again(about_one, reader)

    assert ("Bergen" in because) is told
    assert ("example r1" in because) is not told


def test_a_rejection_of_other_words_changes_nothing() -> None:
    assert (
        reply(planned([example("r1", QUESTION, procedures=(), suggested="Quite another thing was said.")])) == ARTICLE
    )


def test_an_agents_wording_that_was_rejected_since_is_not_offered_again() -> None:
    rejected = example("r1", QUESTION, procedures=(), suggested=WORDING.partition(". ")[0] + ".", after=1)
    made = planned([edit(WORDING), rejected])

    assert isinstance(made, GiveUp)
    assert heeded(made.trace) == ("r1",)


@given(st.text(st.sampled_from("abcABC0189 .\n[]{}@$€"), min_size=1, max_size=60))
def test_whatever_the_wording_it_costs_no_answer(wording: str) -> None:
    assert reply(planned([edit(wording)])) in (ARTICLE, wording)


def test_a_number_that_happens_to_be_true_of_this_customer_is_not_said_either() -> None:
    assert stands_alone("Please ask an owner, within 7 days.", ARTICLE)
    assert not stands_alone("Please ask an owner, within 8 days.", ARTICLE)
    assert not stands_alone("Your last payment of 29 dollars is in order.", ARTICLE)


@given(st.text(max_size=80))
def test_what_stands_alone_holds_no_number_and_no_capitals_but_the_articles(wording: str) -> None:
    if stands_alone(wording, ARTICLE):
        assert not set(wording) & set("[]{}@")
        assert all(digit in "7" for digit in wording if digit.isascii() and digit.isdigit())


@pytest.mark.parametrize("text", ["a-" * 1000, "1." * 1000, "Aa'" * 660, "?! " * 660, "A " * 1000])
def test_hostile_repetitions_cost_no_time(text: str) -> None:
    began = time.perf_counter()
    planned([edit(text), example("r1", QUESTION, procedures=(), suggested=text)])

    assert time.perf_counter() - began < 0.5
