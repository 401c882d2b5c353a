"""An agent says what a message was about: the next one like it is routed so, and a person looks at it first."""

from pathlib import Path
from typing import Any

from tests.api.visitor import bearer
from tests.stories.lumen import Lumen, Told, apart, opened

from deskhand.bootstrap import now
from deskhand.domain.example import Example
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.stage import Stage
from deskhand.workflows.forget_examples import forget_customers

OWED = "is the money back that you owe me"
LIKE = "is the money back yet that you owe me?"
SOMEBODY = "single_charge"


def corrected(lumen: Lumen, decision: str = "rejected", text: str = "") -> Told:
    """A message that is taken for a wish to have money back, and asks where it is."""
    told = lumen.say(lumen.customer(SOMEBODY), OWED, stage=Stage.READ_ONLY)
    suggestion = lumen.suggestion(told.ticket)
    assert lumen.decide(suggestion, decision, by="tom", text=text, about="refund-status").stands
    lumen.settled(suggestion)
    return told


def considered(lumen: Lumen, told: Told) -> dict[str, Any]:
    (line,) = [one for one in lumen.installation.queries.timeline(told.ticket) if one.kind == "message.considered"]
    return dict(line.body)


def routed(lumen: Lumen, told: Told) -> list[str]:
    return [one["procedure"] for one in considered(lumen, told)["requests"]]


def kept(lumen: Lumen) -> list[Example]:
    with lumen.installation.store.begin() as tx:
        return list(tx.examples.all())


def test_the_next_message_like_it_goes_where_the_agent_said_and_the_journal_tells_the_version(lumen: Lumen) -> None:
    first = corrected(lumen)
    assert routed(lumen, first) == ["refund-request"]
    again = lumen.say(lumen.customer(SOMEBODY), LIKE, stage=Stage.ASSISTED)

    assert routed(lumen, again) == ["refund-status"]
    before, after = considered(lumen, first), considered(lumen, again)
    assert (before["taught"], after["taught"]) == (False, True)
    assert before["router"] != after["router"]
    (line,) = [one for one in lumen.installation.queries.timeline(first.ticket) if one.kind == "example.kept"]
    assert line.body["about"] == "refund-status"


def test_where_the_assistant_acts_alone_a_person_looks_at_what_is_routed_otherwise(lumen: Lumen) -> None:
    corrected(lumen)
    plain = lumen.say(lumen.customer(SOMEBODY), "where is my refund?")
    again = lumen.say(lumen.customer(SOMEBODY), LIKE)

    assert (routed(lumen, plain), considered(lumen, plain)["stage"]) == (["refund-status"], "autonomous")
    assert plain.result.outcome is not RunOutcome.AWAITING_APPROVAL
    assert (routed(lumen, again), considered(lumen, again)["stage"]) == (["refund-status"], "assisted")
    assert again.result.outcome is RunOutcome.AWAITING_APPROVAL
    assert lumen.replies(again.number) == []


def test_an_edit_may_say_it_too(lumen: Lumen) -> None:
    corrected(lumen, "edited", "Your money is on its way.")

    (example,) = kept(lumen)
    assert (str(example.judged), example.about, example.rerouted) == ("edited", "refund-status", True)


def test_erased_with_the_customer_it_is_routed_as_before(lumen: Lumen) -> None:
    first = corrected(lumen)
    desk = lumen.installation.desk
    assert forget_customers(desk.store, desk.precedents, [kept(lumen)[0].customer], now()).examples == 1
    again = lumen.say(lumen.customer(SOMEBODY), OWED, stage=Stage.ASSISTED)

    assert routed(lumen, again) == routed(lumen, first)
    assert considered(lumen, again)["router"] == considered(lumen, first)["router"]


def test_turned_off_nothing_is_learned_nor_looked_at(folder: Path) -> None:
    with opened(folder) as lumen:
        corrected(lumen)
        assert len(kept(lumen)) == 1
    with opened(folder, apart) as lumen:
        lumen.customer(SOMEBODY)
        again = corrected(lumen)
        assert (routed(lumen, again), considered(lumen, again)["taught"]) == (["refund-request"], False)
        assert len(kept(lumen)) == 1


def test_an_approval_or_a_procedure_that_is_not_there_changes_nothing(lumen: Lumen) -> None:
    told = lumen.say(lumen.customer(SOMEBODY), OWED, stage=Stage.READ_ONLY)
    suggestion = lumen.suggestion(told.ticket)

    assert not lumen.decide(suggestion, "approved", by="ana", about="refund-status").stands
    assert not lumen.decide(suggestion, "rejected", by="ana", about="no-such-procedure").stands
    assert lumen.pending(told.ticket) == [suggestion]


def test_it_can_be_said_over_http(lumen: Lumen) -> None:
    told = lumen.say(lumen.customer(SOMEBODY), OWED, stage=Stage.READ_ONLY)
    suggestion = lumen.suggestion(told.ticket)
    address = f"/api/suggestions/{suggestion.id}/decision"
    body = {"decision": "rejected", "seen": suggestion.digest, "about": "refund-status"}

    assert lumen.http.post(address, headers=bearer(lumen, "ana"), json=body).status_code == 200
    assert [one.about for one in kept(lumen)] == ["refund-status"]
