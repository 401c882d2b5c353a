"""What a procedure is once it is loaded."""

from tests.procedures.world import KNOWN, NAME, TEXT, loaded

from deskhand.domain.resolution import End
from deskhand.procedures.loading import load_procedures
from deskhand.procedures.procedure import LookUp, Slot, SlotKind


def test_a_file_becomes_a_procedure() -> None:
    procedure = loaded()

    assert (procedure.id, procedure.title, len(procedure.examples)) == ("late-order", "An order that is late", 3)
    assert procedure.about == "The customer waits for an order that should be there."
    assert procedure.slots == (Slot("order", SlotKind.ORDER_NUMBER, "Which order is it?"),)
    assert procedure.look_ups == (
        LookUp("order", "shop.order", {"number": "slot.order"}, 12),
        LookUp("parcels", "shop.late_parcels", {"number": "slot.order", "days": 60}, 13),
    )
    assert procedure.may_propose == ("refund_shipping", "send_note")
    assert [step.line for step in procedure.steps] == [16, 19, 24, 30, 33]
    assert [step.end for step in procedure.steps] == [End.ASKED, None, None, End.RESOLVED, End.ANSWERED]
    assert procedure.notes == ()


def test_its_words_are_those_of_its_author_alone() -> None:
    words = " ".join(loaded().words())

    assert "It takes 5 days." in words
    assert "Which order is it?" in words
    assert "{{" not in words


def test_its_digest_changes_with_its_text_and_with_nothing_else() -> None:
    assert loaded().digest == loaded().digest
    assert loaded(f"{TEXT}# seen\n").digest != loaded().digest


def test_procedures_come_in_the_order_of_their_files() -> None:
    other = TEXT.replace("late-order", "b").replace("my parcel", "a parcel").replace("where is", "wheres")
    other = other.replace("when does", "why does")

    assert [one.id for one in load_procedures({"x/b.yml": other, NAME: TEXT}, KNOWN)] == ["late-order", "b"]
    assert load_procedures({}, KNOWN) == ()


def test_a_slot_that_nothing_uses_is_a_note_and_no_fault() -> None:
    text = TEXT.replace("look_up:", '  mail: {kind: email, ask: "Which address?"}\nlook_up:')

    (note,) = loaded(text).notes

    assert str(note) == f"{NAME}:11: no step and no look-up uses the slot mail; it is asked for all the same"


def test_an_amount_in_quotes_is_canonical() -> None:
    text = TEXT.replace("amount: each.cost", "amount: \"'5.9 EUR'\"")

    assert loaded(text).steps[2].arguments["amount"] == '"5.90 EUR"'


def test_a_text_of_a_look_up_may_hold_commas_and_be_empty() -> None:
    text = TEXT.replace("shop.order(number = slot.order)", """'shop.order(number = "a, b = 1")'""")

    assert loaded(text).look_ups[0].arguments == {"number": "a, b = 1"}
    assert loaded(text.replace('"a, b = 1"', '""')).look_ups[0].arguments == {"number": ""}
