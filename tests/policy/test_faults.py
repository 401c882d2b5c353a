"""What is refused when a policy file is loaded, each fault with its line."""

import pytest
from tests.policy.world import REFUND_YAML, load

from deskhand.domain.errors import DeskFault

HERE = "an opinion may stand only in the `when` of a rule that restricts"


def faults(files: dict[str, str]) -> list[str]:
    with pytest.raises(DeskFault) as caught:
        load(files)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            "charge.refunded\n",
            "charge.refnuded\n",
            "undeclared reference to 'charge.refnuded'; did you mean `charge.refunded`? (on refund_charge)",
        ),
        ("refund.amount > 0", "refund.amount > 0.0", "no matching overload for '_>_' applied to '(int, double)'"),
        ("refund.amount > 0", 'refund.amount > "0"', "'(int, string)'"),
        ("[ticket.verified]", "[charge.amount]", "verified: is INT, not true or false; a condition compares"),
        ("refund.amount <= limit.lead", "refund.amount <= limit.laed", "undeclared reference to 'limit.laed'"),
        (
            "charge.duplicate_gap <= within.duplicate",
            'charge.duplicate_gap <= duration("72h")',
            "reference to 'duration'",
        ),
        ("[ticket.verified]", "[has(ticket.verified)]", "undeclared reference to 'has'"),
        ("[ticket.verified]", "[dyn(ticket.verified) == 1]", "undeclared reference to 'dyn'"),
        ("[ticket.verified]", "[!ticket.verified]", "YAML: "),
        ("[ticket.verified]", "[]", "verified: `require` is empty"),
        ("[ticket.verified]", "[[ticket.verified]]", "verified: `require` is not of the right shape"),
        ("50.00", "50.005", "limit alone: 50.005 USD is finer"),
        ("50.00", "-50.00", "limit alone: '-50.00' is not an amount"),
        ("USD: 50.00", "USB: 50.00", "limit alone: unknown currency 'USB'"),
        ("EUR: 45.00", "EUR: 45.00 USD", "limit alone: unknown currency"),
        ("{USD: 50.00, EUR: 45.00}", "50.00", "limit alone: is not an amount for each currency"),
        ("refund: 30d", "refund: 30 days", "window refund: is not a length of time"),
        ("refund: 30d", "refund-age: 30d", "windows: 'refund-age' cannot be a name in a condition"),
        ("  lead:", "  in:", "limits: 'in' cannot be a name in a condition"),
        ("on: refund_charge\n    effect: escalate", "on: refnud\n    effect: escalate", "unknown action 'refnud'"),
        ("effect: escalate", "effect: excalate", "'excalate' is not one of allow, approve, confirm, deny, escalate"),
        ("to: risk", "to: rsik", "suspicious: `to: rsik` is unknown"),
        ("by: account_manager", "by: acount_manager", "enterprise: `by: acount_manager` is unknown"),
        ("by: account_manager", "to: risk", "enterprise: `to` has no meaning in a rule that says `approve`"),
        ("    by: account_manager\n", "", "enterprise: a rule that says `approve` needs by"),
        ("    to: risk\n", "", "suspicious: a rule that says `escalate` needs to"),
        ("    say: Shall I do exactly this?\n", "", "customer-confirms: a rule that says `confirm` needs say"),
        ("say: Shall I do exactly this?", "say: ''", "customer-confirms: `say` is empty"),
        ("id: verified", "id: own-charge", "own-charge: another rule has this id"),
        ("id: verified", "id: default", "an id is small letters, digits and single hyphens, and not `default`"),
        ("id: verified", "id: is it you", "an id is small letters"),
        ("  - id: verified\n    on:", "  - on:", "(rule without id): lacks id"),
        ("    effect: confirm\n", "", "customer-confirms: lacks effect"),
        ("    on: refund_charge\n    effect: confirm\n", "    effect: confirm\n", "customer-confirms: lacks on"),
        ("require: [ticket.verified]", "requires: [ticket.verified]", "verified: unknown key 'requires'"),
        ("require: [ticket.verified]", "require: [true]\n    require: [true]", "'require' is no key, or"),
        (
            "on: refund_charge, effect: allow}",
            "on: refund_charge, effect: allow, require: [ticket.verified]}",
            "refunds: `allow` takes `when`",
        ),
        ("on: refund_charge, effect: allow}", 'on: "*", effect: allow}', "refunds: `allow` names its actions"),
        ("on: refund_charge, effect: allow}", "on: [], effect: allow}", "refunds: `on` is empty"),
        (
            "on: turn, effect: allow}",
            "on: turn, effect: confirm, say: Sure}",
            "answers: `confirm` has no meaning on turn",
        ),
        (
            "on: turn, effect: allow}",
            'on: "*", effect: confirm, say: Sure}',
            "answers: `confirm` has no meaning on turn",
        ),
        ("on: turn, effect: allow}", "on: turn, effect: allow, when: [signal.wants_human]}", HERE),
        ("on: turn, effect: allow}", "on: turn, effect: allow, when: [signal . wants_human]}", HERE),
        ("on: turn, effect: allow}", "on: turn, effect: allow, when: [.signal.wants_human]}", HERE),
        ("when: [signal.wants_human]", "require: ['!signal.wants_human']", HERE),
        ("rules:", "ruels:", "unknown key 'ruels'"),
        ("roles: [team_lead, account_manager]", "roles: team_lead", "`roles` is a list of names"),
        ("# A policy", "covers: some  # A policy", "`covers` can only be `all`"),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, what: str) -> None:
    assert old in REFUND_YAML
    told = [fault for fault in faults({"refund.yaml": REFUND_YAML.replace(old, new, 1)}) if what in fault]

    assert len(told) == 1
    name, line, _ = told[0].split(":", 2)
    assert name == "refund.yaml"
    changed = REFUND_YAML[: REFUND_YAML.index(old)].count("\n") + 1
    assert abs(int(line) - changed) <= 6  # the line itself, or the head of its rule


def test_every_fault_is_told_at_once_in_order_of_lines_and_each_once() -> None:
    text = REFUND_YAML.replace("ticket.owner", "ticket.onwer").replace("limit.alone", "limit.alnoe")
    told = faults({"b.yaml": text.replace("EUR: 450.00", "EUR: x"), "a.yaml": "rules: 5"})

    assert [":".join(fault.split(":")[:2]) for fault in told] == ["a.yaml:1", "b.yaml:8", "b.yaml:15", "b.yaml:74"]
    assert told[2].endswith(
        "undeclared reference to 'ticket.onwer'; did you mean `ticket.owner`? (on refund_charge, turn)"
    )


def test_text_in_a_faulty_condition_does_not_hide_the_action() -> None:
    text = REFUND_YAML.replace('ticket.owner == "assistant"', """'ticket.owner == "a (on b)" + 1'""")

    assert faults({"f": text})[0].endswith("(on refund_charge, turn)")
