"""Golden tickets are read strictly: whatever is misspelt is a fault with its line."""

import pytest
from tests.golden.texts import KNOWN, TWICE, golden

from deskhand.domain.errors import DeskFault
from deskhand.golden.loading import load_golden

WRONG = [  # a text of the ticket, a wrong one in its place, and the words of the fault
    ("about:", "abuot:", "unknown key 'abuot' in a golden ticket"),
    ("id: twice", "id: once", "the id is to be 'twice', as the file is named"),
    ("customer:double_charge_small", "customer:double_charge", "unknown situation 'double_charge'"),
    ("stage: autonomous", "stage: alone", "`stage` is one of read-only, assisted, autonomous"),
    ("duplicate_charges(days", "duplicate_charge(days", "unknown look-up 'billing.duplicate_charge'"),
    ("price: 29.00 USD", "price: 29.00", "price: is an amount such as 29.00 USD"),
    ("renews:", "renewed:", "renewed is no field here; did you mean `renews`?"),
    ("approves: tom", "approves: tim", "unknown person 'tim'"),
    ("approves: tom", "approves: tom\n    says: yes", "a message is one of `says`, `approves` and `rejects`"),
    ("outcome: resolved", "outcome: solved", "unknown outcome 'solved'"),
    ("[duplicate-charge]", "[duplicate]", "unknown procedure 'duplicate'"),
    ("action: refund_charge", "action: refund", "unknown action 'refund'"),
    ("{amount:", "{amuont:", "unknown argument of refund_charge: 'amuont'"),
    ("verdict: allow", "verdict: allowed", "`verdict` is one of allow, approve, confirm, deny, escalate"),
    ("verdict: allow", "rule: refund", "unknown rule 'refund'"),
    ("duplicates.first.amount | money", "duplicates.amount | money", "unknown name 'duplicates.amount'"),
    ("cites: charged-twice", "cites: charged-thrice", "unknown article 'charged-thrice'"),
    ("queue: billing", "queue: bank", "unknown queue 'bank'"),
    ("must_not:\n  says: sorry", "must_not:\n  say: sorry", "unknown key 'say' in `must_not`"),
]


def test_a_whole_ticket_is_read() -> None:
    found = golden()

    assert (found.situation, found.stage, len(found.turns)) == ("double_charge_small", "autonomous", 2)
    assert found.must.actions[0].done is True
    assert not found.draft


@pytest.mark.parametrize(("right", "wrong", "words"), WRONG, ids=[wrong for _, wrong, _ in WRONG])
def test_a_slip_is_told_with_its_line(right: str, wrong: str, words: str) -> None:
    assert right in TWICE

    with pytest.raises(DeskFault) as raised:
        golden(TWICE.replace(right, wrong, 1))

    first = TWICE[: TWICE.index(right)].count("\n") + 1
    found = [fault for fault in raised.value.faults if words in fault.what]
    assert found, raised.value
    assert all(abs(fault.line - first) <= 1 and fault.file == "golden/twice.yaml" for fault in found)


def test_a_ticket_that_wants_nothing_would_pass_whatever_came_and_is_a_fault() -> None:
    with pytest.raises(DeskFault, match="says nothing"):
        golden(TWICE[: TWICE.index("must:")] + "must: {}\n")


def test_two_tickets_of_one_id_are_a_fault() -> None:
    with pytest.raises(DeskFault, match="stands in golden/drafts/twice"):
        load_golden({"golden/twice.yaml": TWICE, "golden/drafts/twice.yaml": TWICE}, KNOWN)


def test_what_lies_among_drafts_is_one() -> None:
    (found,) = load_golden({"golden/drafts/twice.yaml": TWICE}, KNOWN)

    assert found.draft
