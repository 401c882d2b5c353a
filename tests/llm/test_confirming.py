"""A deed that the customer has to confirm: the question is ours, in the customer's language."""

from collections.abc import Callable
from dataclasses import replace

from tests.llm.conftest import Open
from tests.llm.desks import Twin, using
from tests.llm.thoughts import Body, planning

from deskhand.domain.outcome import RunOutcome
from deskhand.infrastructure.llm.twin_answers import Answer
from deskhand.settings import Settings

CANCEL = "Bitte kündigen Sie mein Abonnement."


def in_german(change: Callable[[Settings], Settings]) -> Callable[[Settings], Settings]:
    """The desk answers in German, too."""

    def changed(settings: Settings) -> Settings:
        settings = change(settings)
        return replace(settings, table=settings.table.model_copy(update={"languages": ["en", "de"]}))

    return changed


def cancels(body: Body) -> Answer:
    if planning(body):
        text = "Gern kümmere ich mich darum."
        return Answer("reply", {"text": text, "end": "asked", "do": ["P1"], "asks": "confirmation"})
    wish = {"quote": CANCEL, "english": "Please cancel my subscription.", "kind": "procedure"}
    wish |= {"procedure": "cancel-subscription", "sure": "sure"}
    return Answer("reading", {"language": "de", "requests": [wish], "sentiment": "calm", "urgency": "normal"})


def test_the_question_that_a_yes_answers_ends_in_the_customers_language(desk: Open, twin: Twin) -> None:
    lumen = desk(in_german(using(twin.name())))
    twin.model.think = cancels
    told = lumen.say(lumen.customer("single_charge"), CANCEL)
    assert told.result.outcome is RunOutcome.ASKED
    (letter,) = lumen.replies(told.number)
    assert "Bitte antworten Sie mit Ja oder Nein." in letter
    assert "Please answer" not in letter
