"""What is refused when procedures are loaded, each fault with its line."""

import pytest
from tests.procedures.world import KNOWN, NAME, TEXT

from deskhand.domain.errors import DeskFault
from deskhand.procedures.loading import load_procedures

SLOT = '  order: {kind: order_number, ask: "Which order is it?"}'
ORDER = "shop.order(number = slot.order)"
PARCELS = "shop.late_parcels(number = slot.order, days = 60)"
WITH = "{parcel: each.id, amount: each.cost, reason: \"'late'\"}"
LAST = "    end: answered\n"


def faults(files: dict[str, str]) -> list[str]:
    with pytest.raises(DeskFault) as caught:
        load_procedures(files, KNOWN)
    return [str(fault) for fault in caught.value.faults]


# `new` in place of `old`; the one fault stands so many lines below the change.
@pytest.mark.parametrize(
    ("old", "new", "below", "what"),
    [
        ("title:", "titel:", 0, "unknown key 'titel' in a procedure"),
        ("title: An order that is late\n", "", -1, "a procedure needs `title`"),
        ("title: An order that is late", "title: ''", 0, "`title` is empty"),
        ("title: An order that is late", "title: [late]", 0, "`title` is to be a text"),
        ("id: late-order", "id: late-orders", 0, "the id 'late-orders' is not the name of the file"),
        ("id: late-order", "id: Late order", 0, "`id` is small letters, digits and single hyphens"),
        ("  - my parcel is late\n", "", -1, "`examples` needs at least 3"),
        ("  - my parcel is late\n", "  - ' '\n", 0, "`examples` is empty"),
        ("- my parcel is late", "- {late: parcel}", -2, "`examples` is to be a list of texts"),
        ("- my parcel is late", "- Where is  my ORDER?", 0, f"this example stands in {NAME} already"),
        ("[customer.verified]", "[customer.verifeid]", 0, "requires: column 9: undeclared reference"),
        ("[customer.verified]", "[order.found]", 0, "requires: order.found is not known yet"),
        ("[customer.verified]", "customer.verified", 0, "`requires` is to be a list of texts"),
        (SLOT, SLOT.replace("order_number", "number"), 0, "`kind` is one of amount, date, email, order_number, text"),
        (SLOT, SLOT.replace(', ask: "Which order is it?"', ""), 0, "slots: order needs `ask`"),
        (SLOT, SLOT.replace("ask:", "aks: x, ask:"), 0, "unknown key 'aks' in slots: order"),
        (SLOT, f"{SLOT}\n  Other: {{kind: text, ask: x}}", 1, "'Other' is no name for a slot"),
        (SLOT, f"{SLOT}\n  in: {{kind: text, ask: x}}", 1, "'in' is no name for a slot"),
        (SLOT, f"{SLOT}\n  new: {{kind: order_number, ask: x}}", 1, "order and new are both of kind order_number"),
        (
            "  order: shop",
            "  each: shop.order(number = slot.order)\n  order: shop",
            0,
            "'each' is no name for a look-up",
        ),
        (
            ORDER,
            "shop.oder(number = slot.order)",
            0,
            "order: unknown look-up 'shop.oder'; there are shop.late_parcels, shop.order",
        ),
        (ORDER, "shop.order", 0, "order: a look-up is written like"),
        (ORDER, "[shop.order()]", -1, "`look_up` is to be a table of texts"),
        (ORDER, "shop.order()", 0, "shop.order: needs number"),
        (ORDER, "shop.order(number = slot.odrer)", 0, "shop.order: unknown name 'slot.odrer'"),
        (ORDER, "shop.order(number = 5)", 0, "shop.order: number is to be a text or a slot"),
        (ORDER, 'shop.order(number = "slot.order")', 0, "shop.order: number is a text that reads like a slot"),
        (ORDER, 'shop.order(number = "a", number = "b")', 0, "shop.order: number is given twice"),
        (ORDER, 'shop.order(number = "a", id = "b")', 0, "shop.order: unknown argument 'id'"),
        (ORDER, 'shop.order(number = "a" b)', 0, "'number = \"a\" b' is no argument"),
        (PARCELS, 'shop.late_parcels(number = "1", days = "60")', 0, "days is to be a whole number"),
        (PARCELS, 'shop.late_parcels(number = "1", days = 100000)', 0, "days is more than 99999"),
        ("[refund_shipping, send_note]", "[refund_shipping, send_ntoe]", 0, "may_propose: unknown action 'send_ntoe'"),
        ("[refund_shipping, send_note]", "[send_note]", 13, "refund_shipping is not named in `may_propose`"),
        ("propose: refund_shipping", "propose: refund_shiping", 0, "unknown action 'refund_shiping'"),
        ("steps:", "steps: []\nother:", 0, "`steps` needs at least 1"),
        ("steps:", "steps: [a]\nother:", 0, "`steps` is to be a list of tables"),
        ('"!order.found"', "order.fuond", 0, "when: column 6: undeclared reference to 'order.fuond'"),
        ('"!order.found"', "true && order.total", 0, "when: column 6: "),
        ('"!order.found"', "order.total", 0, "when: is INT, not true or false"),
        ('"!order.found"', "order.found &&", 0, "when: column 15: Syntax error"),
        ('"!order.found"', "[]", 0, "`when` needs at least 1"),
        ('"!order.found"', "each.cost > 5", 0, "when: column 5: undeclared reference to 'each.cost'"),
        ("shop/late-parcels", "shop/late", 0, "there is no article 'shop/late'"),
        ("for_each: parcels", "for_each: order", 0, "for_each: 'order' is no look-up with rows"),
        (f"    propose: refund_shipping\n    with: {WITH}\n", "", -1, "`for_each` goes with `propose`"),
        ("    propose: refund_shipping\n", "", 0, "`with` goes with `propose`"),
        (WITH, WITH.replace("each.id", "each.name"), 0, "parcel: unknown name 'each.name'"),
        (WITH, WITH.replace("each.id", "each.cost"), 0, "parcel: 'each.cost' is an amount, not a text"),
        (WITH, WITH.replace("each.cost", "each.id"), 0, "amount: 'each.id' is a text, not an amount"),
        (WITH, WITH.replace("each.cost", "\"'5 euros'\""), 0, "amount: unknown currency 'euros'"),
        (WITH, WITH.replace("\"'late'\"", "late"), 0, "reason: unknown name 'late' (a text needs quotes of its own)"),
        (WITH, WITH.replace("parcel: each.id, ", ""), -1, "refund_shipping needs the argument parcel"),
        (WITH, WITH.replace("parcel:", "parcels: now, parcel:"), 0, "refund_shipping has no argument 'parcels'"),
        (WITH, WITH.replace("each.id", "[each.id]"), 0, "`with` is to be a table of texts"),
        ("{{ slot.order }}", "{{ slot.number }}", 0, "say: unknown name 'slot.number'"),
        ("{{ slot.order }}", "{{ slot.order | money }}", 0, "say: 'slot.order' is a text, not for `money`"),
        ("{{ slot.order }}", "{{ slot.order | upper }}", 0, "say: unknown filter 'upper'"),
        ("{{ slot.order }}", "{{ slot order }}", 0, "say: a place is written {{ name }}"),
        ("{{ slot.order }}", "{ slot.order }", 0, "say: a place is written {{ name }}"),
        (
            "{{ slot.order }}",
            "{{ order.found }}",
            0,
            "say: 'order.found' is a yes or no, which has no words of its own",
        ),
        (
            "{{ slot.order }}",
            "{{ order.takes }}",
            0,
            "say: 'order.takes' is a length of time, which has no words of its own",
        ),
        ("{{ slot.order }}", "{{ order | table }}", 0, "say: 'order' has no rows to make a table of"),
        (
            "{{ slot.order }}",
            "{{ parcels | table }}",
            0,
            "say: parcels | table: nothing may follow a table on its line",
        ),
        ("{{ slot.order }}", "{{ receipt.id }}", 0, "say: no receipt tells 'receipt.id' here"),
        ("{{ receipt.id }}", "{{ receipt.number }}", 0, "say: no receipt tells 'receipt.number' here"),
        ("{{ receipt.id }}", "{{ receipt.amount | money }}", 0, "say: no receipt tells 'receipt.amount' here"),
        ("to: risk", "to: rsik", 0, "hand_off: unknown queue 'rsik'"),
        ("to: risk", "for: risk", 0, "unknown key 'for' in `hand_off`"),
        (", because: An expensive order is lost", "", 0, "`hand_off` needs `because`"),
        (
            "hand_off: {to",
            "propose: send_note\n    with: {text: now}\n    hand_off: {to",
            0,
            "`propose` does not go with",
        ),
        ("hand_off: {to", "end: asked\n    hand_off: {to", 0, "`end` does not go with `hand_off`"),
        ("end: resolved", "end: solved", 0, "`end` is one of resolved, answered, asked"),
        ("  - cite: [shop/delivery-times]", "  - when: order.found", 0, "the last step has no `when`"),
        (LAST, "", -3, "the last step has no `when`, and ends or hands off"),
        (LAST, f"{LAST}  - say: Good bye.\n    end: asked\n", 1, "this step can never be reached"),
        (
            "    say: I see no order {{ slot.order }}. Which one is it?\n",
            "",
            -1,
            "this step ends before anything was said",
        ),
        ("  - when: parcels.count > 0\n    say: It", "  - for_each: parcels\n  - say: It", 0, "a step does something"),
        ("title:", "id: again\ntitle:", 0, "YAML: 'id' is no key, or stands there twice"),
        ("title: An", "title: *An", 0, "YAML: *An is an alias"),
        ("[customer.verified]", "[!customer.verified]", 0, "YAML: "),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, below: int, what: str) -> None:
    assert old in TEXT
    told = [fault for fault in faults({NAME: TEXT.replace(old, new, 1)}) if what in fault]

    assert len(told) == 1
    changed = TEXT[: TEXT.index(old)].count("\n") + 1
    assert told[0].startswith(f"{NAME}:{changed + below}: ")


def test_every_fault_of_every_file_is_told_at_once_in_order_of_lines() -> None:
    text = TEXT.replace("for_each: parcels", "for_each: parcel").replace("to: risk", "to: rsik").replace("60", "x")

    told = faults({NAME: text, "procedures/a.yaml": "- a", "procedures/b.yaml": "id: b\nother: [}"})

    assert [fault.rsplit(": ", 1)[0].split(": ")[0] for fault in told] == [
        "procedures/a.yaml:1",
        "procedures/b.yaml:2",
        f"{NAME}:13",
        f"{NAME}:13",
        f"{NAME}:23",
        f"{NAME}:26",
        f"{NAME}:28",
        f"{NAME}:28",
        f"{NAME}:29",
        f"{NAME}:29",
    ]


def test_one_id_or_example_for_two_procedures_is_told_where_it_comes_again() -> None:
    other = TEXT.replace("my parcel is late", "My  Parcel is LATE").replace("where is", "where on earth is")
    other = other.replace("when does it", "tell me when does it")

    assert faults({"a/late-order.yaml": TEXT, "b/late-order.yml": other}) == [
        "b/late-order.yml:1: the id 'late-order' stands in a/late-order.yaml already",
        "b/late-order.yml:6: this example stands in a/late-order.yaml already",
    ]
