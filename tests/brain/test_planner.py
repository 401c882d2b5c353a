"""The built-in planner: what it cannot read goes to people, in words the customer can read; what was taken back is not
answered again."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from deskhand.domain.action import Action, Proposal
from deskhand.domain.article import Hit
from deskhand.domain.customer import Unknown
from deskhand.domain.dossier import Dossier
from deskhand.domain.expression import Language
from deskhand.domain.finding import Finding
from deskhand.domain.phrases import PHRASES
from deskhand.domain.resolution import End, GiveUp, Plan, Resolution
from deskhand.domain.standing import WHICH_ONE
from deskhand.domain.thread import Former, Thread
from deskhand.domain.understanding import Kind, Request, Sentiment, Understanding, Urgency
from deskhand.infrastructure.brain.planner import BuiltInPlanner
from deskhand.ports.reasoning import Brief
from deskhand.procedures.procedure import Procedure

AT = datetime(2026, 11, 3, tzinfo=UTC)
REFUND = Procedure("refund", "Getting money back", "", (), (), (), (), (), (), Language({}), "")


class Nothing:
    """Tools of a desk that must not be asked."""

    def look_up(self, name: str, arguments: Mapping[str, str | int]) -> Finding:
        raise AssertionError(name)

    def propose(self, action: Action) -> Proposal:
        raise AssertionError(action)

    def search(self, question: str) -> tuple[Hit, ...]:
        return ()

    def passages(self, source: str, question: str) -> tuple[Hit, ...]:
        return ()


def plan(message: str, language: str, kind: Kind, *, thread: Thread | None = None, **told: Any) -> Plan:
    slots = {"date": "March"} if "March" in message else {}
    request = Request(message, kind, "refund" if kind is Kind.PROCEDURE else None, 1.0, slots=slots)
    understanding = Understanding(language, (request,), Sentiment.CALM, Urgency.NORMAL, (), False, **told)
    dossier = Dossier(Unknown(), (), ())
    brief = Brief(message, understanding, dossier, (REFUND,), {}, thread=thread or Thread())
    return BuiltInPlanner(lambda: AT).plan(brief, Nothing())


@pytest.mark.parametrize("language", sorted(set(PHRASES) - {"en"}))
@pytest.mark.parametrize("kind", [Kind.PROCEDURE, Kind.QUESTION, Kind.UNSURE, Kind.UNFORESEEN])
def test_what_is_not_english_goes_to_people_in_its_own_language(language: str, kind: Kind) -> None:
    made = plan("…", language, kind)

    assert isinstance(made, GiveUp)
    assert (made.reason, made.says) == ("language", PHRASES[language].needs_a_person)
    assert any(language in line for line in made.trace)


def test_a_language_without_phrases_is_told_so_in_english() -> None:
    made = plan("返金してください", "ja", Kind.UNFORESEEN)

    assert isinstance(made, GiveUp)
    assert (made.reason, made.says) == ("language", PHRASES["en"].needs_a_person)


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_a_no_and_a_hello_are_answered_in_any_language(language: str) -> None:
    no, hello = plan("no", language, Kind.SMALL_TALK, says_no=True), plan("hello", language, Kind.SMALL_TALK)

    assert isinstance(no, Resolution)
    assert isinstance(hello, Resolution)
    assert no.reply == PHRASES[language].nothing_changed
    assert hello.reply == PHRASES[language].how_can_i_help


def test_a_correction_that_names_nothing_is_asked_about() -> None:
    made = plan("no, not that one", "en", Kind.PROCEDURE, corrects=True)

    assert isinstance(made, Resolution)
    assert (made.reply, made.end, made.asks) == (PHRASES["en"].which_one, End.ASKED, WHICH_ONE)


def test_a_correction_that_the_procedure_cannot_follow_goes_to_people_with_what_was_named() -> None:
    made = plan("not that one, the one from March", "en", Kind.PROCEDURE, corrects=True)

    assert isinstance(made, GiveUp)
    assert (made.reason, "March" in made.because) == ("unforeseen", True)


def test_people_are_told_of_former_tickets() -> None:
    told = Former("zendesk:ticket:1", AT, ("charged twice",), "resolved", ("refund charge (amount 29.00 USD)",))

    made = plan("translate our website into Latin", "en", Kind.UNFORESEEN, thread=Thread(former=(told,)))

    assert isinstance(made, GiveUp)
    assert "2026-11-03 on zendesk:ticket:1" in made.trace[0]
    assert "refund charge (amount 29.00 USD)" in made.trace[0]
