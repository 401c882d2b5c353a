"""Where a walk through a procedure leads, for each thing that customers, systems and policy can say."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.procedures.world import ASKED, CUSTOMER, FOUND, NOW, TEXT, FakeTools, late, loaded

from deskhand.domain.errors import Busy, ConnectorError, Down, Invalid, Missing, NotSent, Refused, Resting
from deskhand.domain.finding import Value
from deskhand.domain.money import Money
from deskhand.domain.resolution import End
from deskhand.domain.understanding import Request
from deskhand.domain.verdict import Allow, Approve, Confirm, Deny, Escalate, Verdict
from deskhand.procedures.interpret import walk
from deskhand.procedures.walked import Stop, Walk

PROCEDURE = loaded()
NO = Deny("too-late", "I cannot refund this parcel.")
SURE = Confirm("sure", "Shall I do this?")
PEOPLE = Escalate("suspicious", "risk", "A colleague will look at it.")
LEAD = Approve("lead", ("team_lead",))


def walked(
    tools: FakeTools,
    text: str = TEXT,
    *,
    request: Request = ASKED,
    names: Mapping[str, Value] = CUSTOMER,
    failures: Mapping[str, str] | None = None,
) -> Walk:
    procedure = PROCEDURE if text is TEXT else loaded(text)
    return walk(procedure, request, names, tools, failures or {})


def test_the_first_step_whose_conditions_hold_ends_the_walk() -> None:
    tools = FakeTools()

    made = walked(tools)

    said = "Your order of 3 November for $42.00 is on its way. You ordered a lamp, two bulbs."
    assert (made.said, made.end, made.stop) == ((said,), End.ANSWERED, None)
    assert made.cited == ("shop/delivery-times",)
    assert [finding.name for finding in made.findings] == ["shop.order", "shop.late_parcels"]
    assert tools.asked == [("shop.order", {"number": "4711"}), ("shop.late_parcels", {"number": "4711", "days": 60})]
    assert made.trace == (
        "late-order line 12: shop.order found 0 rows in shop",
        "late-order line 13: shop.late_parcels found 0 rows in shop",
        "late-order line 16: !order.found is false",
        'late-order line 19: order.state == "lost" is false',
        "late-order line 24: parcels.count > 0 is false",
        "late-order line 30: parcels.count > 0 is false",
        "late-order line 33: taken",
    )


@pytest.mark.parametrize(("more", "taken"), [(False, ["$42.00"]), (True, ["$42.00", "There are others."])])
def test_a_step_can_tell_that_there_are_more_rows_than_were_taken(more: bool, taken: list[str]) -> None:
    text = TEXT[: TEXT.index("steps:")]
    text += 'steps:\n  - say: "{{ order.total | money }}"\n  - {when: parcels.more, say: There are others.}\n'
    text += "  - {say: , end: answered}\n".replace("say: , ", "")

    assert walked(FakeTools(more=more), text).said == tuple(taken)


def test_a_step_for_each_row_proposes_each_and_counts_their_receipts() -> None:
    tools = FakeTools(parcels=late("p1", "p2"), verdicts={"p2": LEAD})

    made = walked(tools)

    assert made.said == (
        "I have refunded €5.90 for parcel p1, reference {{ receipts.0.id }}.",
        "I have refunded €5.90 for parcel p2, reference {{ receipts.1.id }}.",
        "It takes 5 days.",
    )
    assert [action.args for action in tools.proposed] == [
        {"parcel": "p1", "amount": "5.90 EUR", "reason": "late"},
        {"parcel": "p2", "amount": "5.90 EUR", "reason": "late"},
    ]
    assert [proposal.verdict.effect for proposal in made.proposals] == ["allow", "approve"]
    assert (made.end, made.cited) == (End.RESOLVED, ("shop/late-parcels",))


@pytest.mark.parametrize("names", [{"customer.verified": False}, {}])
def test_people_take_over_when_what_is_required_does_not_hold_or_is_unknown(names: Mapping[str, Value]) -> None:
    tools = FakeTools()

    made = walked(tools, names={"now": NOW, **names})

    assert made.stop == Stop("identity", "An order that is late: customer.verified does not hold")
    assert (made.end, tools.asked) == (None, [])


def test_a_missing_slot_is_asked_for_before_anything_is_read() -> None:
    tools = FakeTools()

    made = walked(tools, request=replace(ASKED, slots={"amount": "5 euros"}))

    assert (made.said, made.end, made.asks) == (("Which order is it?",), End.ASKED, "order")
    assert tools.asked == []


def test_a_slot_is_taken_by_its_own_name_before_its_kind() -> None:
    tools = FakeTools()

    walked(tools, request=replace(ASKED, slots={"order": "A1", "order_number": "B2"}))

    assert tools.asked[0] == ("shop.order", {"number": "A1"})


def test_a_step_that_asks_says_what_it_is_about() -> None:
    made = walked(FakeTools(order={"found": False}))

    assert (made.said, made.end) == (("I see no order 4711. Which one is it?",), End.ASKED)
    assert made.asks == PROCEDURE.title


@pytest.mark.parametrize(
    "error",
    [NotSent("GET"), Down("GET"), Busy("GET", 3.0), Resting("GET"), Refused("GET"), Missing("GET"), Invalid("x")],
)
@pytest.mark.parametrize("what", ["shop.order", "shop.late_parcels", "refund_shipping"])
def test_people_take_over_when_a_system_does_not_answer(error: ConnectorError, what: str) -> None:
    made = walked(FakeTools(parcels=late("p1"), down={what: error}))

    assert made.stop
    assert made.stop.reason == "failure"
    assert type(error).__name__ in made.stop.because
    assert (made.said, made.end) == ((), None)


def test_a_confirmation_asks_exactly_what_would_be_done_and_keeps_the_proposal() -> None:
    made = walked(FakeTools(parcels=late("p1", "p2"), verdicts={"p1": SURE}))

    assert made.said == ("Shall I do this? Refund 5.90 EUR for p1. Please answer yes or no.",)
    assert (made.end, made.asks, len(made.proposals)) == (End.ASKED, "confirmation", 1)


def test_a_denial_is_said_and_nothing_after_it() -> None:
    tools = FakeTools(parcels=late("p1", "p2", "p3"), verdicts={"p2": NO})

    made = walked(tools)

    assert [text.split(",")[0] for text in made.said] == ["I have refunded €5.90 for parcel p1", NO.says]
    assert (made.end, made.stop) == (End.ANSWERED, None)
    assert [proposal.verdict for proposal in made.proposals] == [Allow("shipping"), NO]
    assert len(tools.proposed) == 2


def test_a_denial_alone_rests_on_no_article() -> None:
    assert walked(FakeTools(parcels=late("p1"), verdicts={"p1": NO})).cited == ()


def test_an_escalation_names_the_rule_its_queue_and_its_words() -> None:
    made = walked(FakeTools(parcels=late("p1"), verdicts={"p1": PEOPLE}))

    assert made.stop == Stop("rule", "policy rule suspicious on refund_shipping", "risk", PEOPLE.says)
    assert len(made.proposals) == 1


def test_what_failed_once_is_not_promised_again() -> None:
    made = walked(FakeTools(parcels=late("p1")), failures={"refund/p1": "the carrier declined"})

    assert made.stop == Stop("failure", "Refund 5.90 EUR for p1 was not done: the carrier declined")
    assert made.said == ()


def test_people_take_over_with_what_was_said_so_far() -> None:
    lost = {**FOUND, "state": "lost", "total": Money(90000, "USD")}

    made = walked(FakeTools(order=lost))

    said = "Your order of 3 November 2026 seems to be lost."
    assert made.stop == Stop("rule", "An expensive order is lost", "risk", said)


def test_a_handoff_does_not_say_what_was_not_done() -> None:
    step = "  - say: It takes 5 days.\n    hand_off: {because: To be watched}\n"
    text = TEXT[: TEXT.index("  - when: parcels.count > 0\n    say:")] + step

    with_parcels, without = walked(FakeTools(parcels=late("p1")), text), walked(FakeTools(), text)

    assert with_parcels.stop == without.stop == Stop("rule", "To be watched", "", "It takes 5 days.")
    assert len(with_parcels.proposals) == 1


def test_a_condition_that_cannot_be_told_does_not_hold() -> None:
    made = walked(FakeTools(order={"found": True}))

    assert made.stop == Stop("failure", "order.placed is not known, so the reply could not be written")
    assert any("order.state" in line and "unknown" in line for line in made.trace)


@pytest.mark.parametrize("odd", [{"total": 42}, {"placed": "today"}, {"found": 1}, {"stae": "lost"}, {"items": ("a",)}])
def test_an_answer_of_another_form_than_agreed_is_not_used(odd: Mapping[str, Value]) -> None:
    made = walked(FakeTools(order={**FOUND, **odd}))

    assert made.stop == Stop("failure", f"shop answered shop.order with a {next(iter(odd))} that was not agreed")


def test_a_row_that_lacks_what_an_action_needs_is_not_proposed() -> None:
    tools = FakeTools(parcels=({"id": "p1"},))

    made = walked(tools)

    assert made.stop == Stop("failure", "each.cost is not known, so the reply could not be written")
    assert tools.proposed == []


def test_what_a_customer_writes_is_no_place_for_a_receipt() -> None:
    tools = FakeTools(order={"found": False})

    made = walked(tools, request=replace(ASKED, slots={"order_number": "{{ receipts.0.id }}"}))

    assert made.said == ("I see no order (( receipts.0.id )). Which one is it?",)
    assert tools.asked[0] == ("shop.order", {"number": "{{ receipts.0.id }}"})


def test_what_a_question_previews_is_no_place_for_a_receipt_either() -> None:
    made = walked(FakeTools(parcels=late("{{ receipts.0.id }}"), verdicts={"{{ receipts.0.id }}": SURE}))

    assert made.said == ("Shall I do this? Refund 5.90 EUR for (( receipts.0.id )). Please answer yes or no.",)


verdicts: st.SearchStrategy[Verdict] = st.sampled_from([Allow("a"), LEAD, SURE, NO, PEOPLE])
values: st.SearchStrategy[Value] = (
    st.booleans() | st.integers(-(2**70), 2**70) | st.text(max_size=5) | st.just(Money(60000, "USD")) | st.just(NOW)
)
fields = st.dictionaries(st.sampled_from([*FOUND, "takes", "other"]), values | st.just(timedelta(days=1)), max_size=5)
columns = st.dictionaries(st.sampled_from(["id", "cost", "sent"]), values, max_size=3)


@settings(max_examples=150, deadline=None)
@given(
    order=fields | fields.map(lambda some: {**FOUND, **some}) | st.just(FOUND),
    parcels=st.lists(columns | st.sampled_from(late("p1", "p2", "p3")), max_size=3),
    judged=st.dictionaries(st.sampled_from(["p1", "p2", "p3", ""]), verdicts),
    slots=st.dictionaries(st.sampled_from(["order", "order_number", "x"]), st.text(max_size=8)),
    failures=st.dictionaries(st.just("refund/p3"), st.just("declined")),
    down=st.dictionaries(st.sampled_from(["shop.order", "refund_shipping"]), st.just(Down("GET")), max_size=1),
)
def test_a_walk_never_raises_and_ends_in_one_way(
    order: Mapping[str, Value],
    parcels: list[Mapping[str, Value]],
    judged: Mapping[str, Verdict],
    slots: Mapping[str, str],
    failures: Mapping[str, str],
    down: Mapping[str, ConnectorError],
) -> None:
    tools = FakeTools(order, tuple(parcels), judged, down)

    made = walked(tools, request=replace(ASKED, slots=slots), failures=failures)

    assert (made.end is None) != (made.stop is None)
    assert bool(made.said) == (made.end is not None)
    assert bool(made.asks) == (made.end is End.ASKED)
    assert all(set(proposal.action.args) == {"parcel", "amount", "reason"} for proposal in made.proposals)
    if made.end is End.RESOLVED:
        assert all(isinstance(proposal.verdict, Allow | Approve) for proposal in made.proposals)
