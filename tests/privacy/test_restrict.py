"""Who objected is answered by people: no assistant reads a word of theirs."""

import pytest
from tests.privacy.planted import privacy_of
from tests.stories.lumen import TWICE, Lumen

from deskhand.bootstrap.replay_source import Source, look, spared
from deskhand.domain.errors import DeskFault
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.past_ticket import PastTicket
from deskhand.domain.ref import Ref


def restrict(lumen: Lumen, name: str, *, lift: bool = False) -> int:
    privacy = privacy_of(lumen)
    with lumen.network.quiet():
        return privacy.restrict(privacy.find(name, lumen.installation.systems.directories), "ana", lift=lift)


def test_people_answer_who_objected_until_they_take_it_back(lumen: Lumen) -> None:
    email = lumen.customer("double_charge_small")
    assert restrict(lumen, email) > 0
    assert restrict(lumen, email) == 0

    told = lumen.say(email, TWICE)

    assert told.result.outcome is RunOutcome.HANDED_OFF
    assert told.result.handoff is not None
    assert told.result.handoff.reason == "restricted"
    assert told.result.requests == ()
    assert lumen.refunds(email) == []
    assert not {"model.called", "escalation.predicted"} & set(lumen.kinds(told.ticket))
    assert restrict(lumen, email, lift=True) > 0
    assert lumen.say(email, TWICE).result.outcome is RunOutcome.RESOLVED


def test_somebody_else_is_read_as_before(lumen: Lumen) -> None:
    restrict(lumen, lumen.customer("double_charge_small"))
    assert lumen.say(lumen.customer("double_charge_small"), TWICE).result.outcome is RunOutcome.RESOLVED


def test_a_replay_leaves_their_tickets_out(lumen: Lumen) -> None:
    email = lumen.customer("double_charge_small")
    told = lumen.say(email, TWICE)
    ticket = lumen.installation.systems.tickets["zendesk"].ticket(Ref.parse(told.ticket)).value
    settings = lumen.installation.settings
    source = Source("a help desk", "1", lambda: iter([PastTicket(ticket)]))
    assert look(spared(settings, source)).tickets == 1
    restrict(lumen, email)
    with pytest.raises(DeskFault, match="objected"):
        look(spared(settings, source))
