"""Who objected is answered by people: no assistant reads a word of theirs."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from tests.privacy.planted import privacy_of
from tests.stories.lumen import TWICE, Lumen
from tests.stories.test_quality import at, closed

from deskhand.bootstrap.replay.source import Source, look, spared
from deskhand.domain.errors import DeskFault
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.past_ticket import PastTicket
from deskhand.domain.privacy import Subject
from deskhand.domain.ref import Ref
from deskhand.ports.reasoning import CallLog, Opinion
from deskhand.workflows.check_quality import check_quality


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


@dataclass
class Judge:
    """Takes note of what it is shown."""

    seen: list[str] = field(default_factory=list)

    def grade(self, question: str, reply: str, sources: Sequence[str], calls: CallLog) -> Opinion | None:
        self.seen.append(question)
        return Opinion(right=True, supported=True)


def test_no_judge_looks_at_what_was_answered_before(lumen: Lumen) -> None:
    judge, email = Judge(), lumen.customer("double_charge_small")
    theirs, another = lumen.say(email, TWICE), lumen.say(lumen.customer("double_charge_small"), TWICE)
    privacy_of(lumen).restrict(Subject((), (), (email,)), "ana")  # by an address that no row of ours names
    for one in (theirs, another):
        check_quality(replace(at(lumen, closed(lumen, one.ticket)), grader=judge), one.ticket)
    assert len(judge.seen) == 1, "the other one's"
    kinds = [lumen.kinds(one.ticket).count("quality.judged") for one in (theirs, another)]
    assert kinds == [0, 1]


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
