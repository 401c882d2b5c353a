"""A plan holds only what was really asked and answered."""

from dataclasses import replace

import pytest

from deskhand.domain.action import Action, Proposal
from deskhand.domain.article import ANYBODY, Asker
from deskhand.domain.customer import Unknown
from deskhand.domain.dossier import Dossier
from deskhand.domain.expression import Language
from deskhand.domain.resolution import End, Resolution
from deskhand.domain.understanding import Sentiment, Understanding, Urgency
from deskhand.domain.verdict import Allow, Deny
from deskhand.planning.checks import unsound
from deskhand.planning.workbench import Workbench
from deskhand.ports.reasoning import Brief
from deskhand.procedures.procedure import Procedure

REFUND = Procedure("refund", "Refund", "", (), (), (), (), ("refund_charge",), (), Language({}), "")
BRIEF = Brief(
    "refund me",
    Understanding("en", (), Sentiment.CALM, Urgency.NORMAL, (), False),
    Dossier(Unknown(), (), ()),
    (REFUND,),
    {},
)
ACTION = Action("refund_charge", {"charge": "ch_1", "amount": "29.00 USD"})
ALLOWED = Proposal(ACTION, "refund/t/ch_1", "d", Allow("refunds"), "Refund 29.00 USD")
DENIED = Proposal(ACTION, "refund/t/ch_1", "d", Deny("own", "No."), "Refund 29.00 USD")
RECEIPTS = {"refund_charge": ("id", "amount")}


class NoKnowledge:
    def search(self, question: str, limit: int = 5, asker: Asker = ANYBODY) -> tuple[()]:
        return ()

    def within(self, source: str, question: str, asker: Asker = ANYBODY) -> tuple[()]:
        return ()


def faults(reply: str, *proposals: Proposal, given: tuple[Proposal, ...] = (ALLOWED, DENIED)) -> tuple[str, ...]:
    bench = Workbench(None, lambda action: ALLOWED, NoKnowledge(), frozenset({"refund_charge"}))
    bench.proposals += given
    draft = Resolution(reply, End.RESOLVED, proposals, (), (), ("refund",))
    return unsound(draft, BRIEF, bench, RECEIPTS)


def test_a_receipt_to_come_may_be_named() -> None:
    assert faults("Done: {{ receipts.0.id }}, {{ receipts.0.amount }}.", ALLOWED) == ()


@pytest.mark.parametrize(
    "reply",
    [
        "{{ receipts.1.id }}",
        "{{ receipts.0.secret }}",
        "{{ receipts.99999.id }}",
        "{{ customer.email }}",
        "{{ receipts.0.id",
        "}} {{",
        "{{receipts.0.id}}",
        "{{ receipts.0.id | raw }}",
        "{{ receipts.0\n.id }}",
    ],
)
def test_no_other_place_is_filled(reply: str) -> None:
    assert faults(f"Done: {reply}.", ALLOWED) != ()


def test_a_denied_action_will_have_no_receipt() -> None:
    assert faults("Done: {{ receipts.0.id }}.", DENIED) != ()


def test_a_verdict_that_policy_did_not_give_is_found() -> None:
    assert any("did not give" in one for one in faults("Done.", ALLOWED, given=()))


def test_the_same_effect_twice_is_found() -> None:
    assert any("more than once" in one for one in faults("Done.", ALLOWED, ALLOWED))


@pytest.mark.parametrize("reply", ["", "  \n", "x" * 10_001])
def test_a_reply_is_neither_empty_nor_endless(reply: str) -> None:
    assert faults(reply, ALLOWED) != ()


def test_what_was_masked_may_be_named_and_nothing_else_that_looks_like_it() -> None:
    bench = Workbench(None, lambda action: ALLOWED, NoKnowledge(), frozenset({"refund_charge"}))
    asked = replace(BRIEF, message="Please write to [email 1].")

    def found(reply: str) -> tuple[str, ...]:
        return unsound(Resolution(reply, End.ANSWERED, (), (), (), ()), asked, bench, RECEIPTS)

    assert found("I shall write to [email 1].") == ()
    assert found("I shall write to [email 7].") == ("[email 7] stands for nothing that was written",)
