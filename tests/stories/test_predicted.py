"""After a message a desk knows how likely its ticket is to end with a person, from the signs that it learns from."""

from dataclasses import replace
from random import Random

import pytest
from tests.stories.lumen import TWICE, Lumen, Told

from deskhand.context.gather import gather
from deskhand.domain.prediction import Prediction
from deskhand.domain.stage import Stage
from deskhand.escalation.prediction.past_tickets import PastMessage, past_tickets
from deskhand.workflows.hear import hear
from deskhand.workflows.predict import PREDICTED, predict
from deskhand.workflows.who import case_of, proven

ANGRY = "This is the third time I write! You are useless, I am furious and we will switch to Globex. Where is my money?"
SAID = (
    TWICE,
    ANGRY,
    "Hello!",
    "Please cancel my plan today.",
    "I already asked for an invoice.",
    "Somebody else uses my account, I will call my lawyer.",
    "Wo ist mein Paket?",
    "xyzzy",
    "Can you bake me a cake?",
    "Thanks",
)


def learnt_from(lumen: Lumen, told: Told) -> PastMessage:
    """What training reads of this message."""
    (ticket,) = [one for one in past_tickets(lumen.installation.queries.lines()) if one.ticket == told.ticket]
    return next(one for one in ticket.messages if one.message == told.message)


def predicted(lumen: Lumen, told: Told, stage: Stage, learnt: PastMessage) -> Prediction | None:
    """As the story of a message asks for it, at the moment when that message was considered."""
    desk = lumen.installation.desk
    heard = hear(desk, told.ticket, told.message)
    dossier = gather(heard.requester, desk.customers, desk.look_ups)
    case = case_of(desk, heard, proven(desk, heard, dossier.identity), stage)
    foretold = predict(desk, heard, replace(case, now=learnt.at), dossier.missing)
    return foretold.made if foretold else None


@pytest.mark.parametrize("stage", [Stage.READ_ONLY, Stage.ASSISTED, Stage.AUTONOMOUS])
@pytest.mark.parametrize("text", [TWICE, "How long does a refund take?", "Please change my colours, and my plan too"])
def test_a_desk_predicts_from_the_signs_it_learns_from(shared: Lumen, text: str, stage: Stage) -> None:
    for email in (shared.customer("single_charge"), "nobody@example.org"):
        told = shared.say(email, text, stage=stage)
        learnt = learnt_from(shared, told)
        made = predicted(shared, told, stage, learnt)
        if shared.owner(told.ticket) != "assistant":
            assert made is None
            continue
        line = [one for one in shared.installation.queries.timeline(told.ticket) if one.kind == PREDICTED][-1]
        assert line.body["signs"] == learnt.signs
        assert made is not None
        assert line.body["probability"] == made.probability
        assert [one["words"] for one in line.body["reasons"]] == [one.words for one in made.reasons]
        assert (line.body["by"], line.body["why"]) == ("rules", "no model was trained yet")


@pytest.mark.parametrize("seed", range(10))  # no Hypothesis: the desk's own threads draw random numbers, too
def test_whatever_is_written_training_reads_what_was_predicted_from(shared: Lumen, seed: int) -> None:
    dice = Random(seed)
    email = shared.customer("single_charge") if seed % 2 else "nobody@example.org"
    number = None
    for _ in range(dice.randint(1, 3)):
        text = " ".join(dice.sample(SAID, dice.randint(1, 3)))
        told = shared.say(email, text, number, stage=Stage.READ_ONLY)
        number = told.number
        learnt = learnt_from(shared, told)
        assert predicted(shared, told, Stage.READ_ONLY, learnt) is not None
        line = [one for one in shared.installation.queries.timeline(told.ticket) if one.kind == PREDICTED][-1]
        assert line.body["signs"] == learnt.signs


def test_a_second_message_is_predicted_with_what_the_first_one_came_to(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    first = shared.say(email, "How long does a refund take?", stage=Stage.READ_ONLY)
    second = shared.say(email, ANGRY, first.number, stage=Stage.READ_ONLY)
    calm, angry = (learnt_from(shared, one) for one in (first, second))
    made = predicted(shared, second, Stage.READ_ONLY, angry)

    assert made is not None
    line = [one for one in shared.installation.queries.timeline(first.ticket) if one.kind == PREDICTED][-1]
    assert line.body["signs"] == angry.signs
    assert angry.signs["turns"] == 1.0
    assert angry.signs["past.waits"] == 1.0
    earlier = predicted(shared, first, Stage.READ_ONLY, calm)
    assert earlier is not None
    assert earlier.probability < made.probability
    assert "past.waits" not in calm.signs
    assert "Globex" not in str(line.body)


def test_nothing_is_predicted_on_a_ticket_that_people_have(shared: Lumen) -> None:
    told = shared.say(shared.customer("single_charge"), "I want to talk to a person", stage=Stage.AUTONOMOUS)
    learnt = learnt_from(shared, told)

    assert learnt.given_at_once
    assert learnt.signs["wants_human"] == 1.0
    assert predicted(shared, told, Stage.AUTONOMOUS, learnt) is None
