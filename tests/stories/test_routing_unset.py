"""A desk that says nothing of hours and queues: handoffs are kept as they were, and nothing is promised or timed."""

from tests.stories.lumen import Lumen

from deskhand.domain.stage import Stage

ASKED = "can i talk to an actual person about this"


def test_without_hours_nothing_is_promised_and_nothing_is_timed(shared: Lumen) -> None:
    told = shared.say(shared.customer("single_charge"), ASKED)
    (line,) = [one for one in shared.installation.queries.timeline(told.ticket) if one.kind == "ticket.routed"]
    assert (line.body["queue"], line.body["person"]) == ("support", "")
    assert (line.body["due"], line.body["promised"]) == (None, None)
    assert len(shared.replies(told.number)) == 1
    assert "again" not in shared.replies(told.number)[0]


def test_without_ids_nothing_is_set_at_the_help_desk(shared: Lumen) -> None:
    told = shared.say(shared.customer("single_charge"), ASKED, stage=Stage.ASSISTED)
    with shared.installation.store.begin() as tx:
        assert [one.action for one in tx.ledger.of_ticket(told.ticket)] == ["note"]
