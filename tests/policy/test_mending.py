"""Planted faults of every kind: each is refused at the line where it stands, with a word on how it is mended."""

import pytest
from tests.policy.world import load

from deskhand.domain.errors import DeskFault
from deskhand.execution.catalogue.all_actions import ACTIONS

SOUND = """\
roles: [team_lead, account_manager]
queues: [billing, risk]
limits:
  alone: {USD: 50.00, EUR: 45.00}
windows:
  refund: 30d
rules:
  - id: verified
    on: refund_charge
    effect: deny
    require: [ticket.verified]
    say: Please verify your identity first.
  - id: disputed
    on: refund_charge
    effect: escalate
    when: [charge.disputed]
    to: risk
    say: A colleague will look into this with you.
  - id: flagged
    on: refund_charge
    effect: escalate
    when: [customer.flagged]
    to: billing
    say: A colleague will look into this with you.
  - id: paid
    on: refund_charge
    effect: deny
    require:
      - charge.status == "succeeded"
      - now - charge.created_at <= within.refund
    say: This payment cannot be refunded.
  - id: in-business
    on: refund_charge
    effect: approve
    when: [stage == "assisted"]
    by: account_manager
  - id: large
    on: refund_charge
    effect: approve
    require: [refund.amount <= limit.alone]
    by: team_lead
    count: 2
    four_eyes: true
  - id: confirmed
    on: refund_charge
    effect: confirm
    require: [action.confirmed]
    say: Shall I do this?
  - id: refunds
    on: refund_charge
    effect: allow
  - id: wants-a-person
    on: turn
    effect: escalate
    when: [signal.wants_human]
    to: risk
    say: I am connecting you.
  - id: answers
    on: turn
    effect: allow
"""

# what is changed, into what, the text on the line that is to be named, and words of the message
PLANTED = [
    # names
    ("queues: [billing", "queus: [billing", "queus:", "unknown key 'queus'; did you mean `queues`?"),
    ("    require: [ticket.verified]", "    requires: [ticket.verified]", "requires:", "did you mean `require`?"),
    ("on: turn\n    effect: allow", "on: trun\n    effect: allow", "on: trun", "did you mean `turn`?"),
    ("effect: deny\n    require: [t", "effect: denny\n    require: [t", "denny", "did you mean `deny`?"),
    ("by: account_manager", "by: acount_manager", "acount", "did you mean `account_manager`?"),
    ("to: billing", "to: biling", "to: biling", "did you mean `billing`?"),
    ("to: billing", "to: warehouse", "warehouse", "known are billing, risk"),
    ("limit.alone]", "limit.aloen]", "limit.aloen", "did you mean `limit.alone`?"),
    ("within.refund", "within.refunds", "within.refunds", "did you mean `within.refund`?"),
    ("[ticket.verified]", "[ticket.verifyed]", "verifyed", "did you mean `ticket.verified`?"),
    ("[charge.disputed]", "[weather.sunny]", "weather.sunny", "see the facts in docs/policies.md"),
    ("[charge.disputed]", "[charge.bxyzw9]", "bxyzw9", "known are charge.amount, charge.created_at"),
    # words that a fact never holds
    ('"succeeded"', '"suceeded"', "suceeded", "one of succeeded, pending, failed, other; did you mean `succeeded`?"),
    ('stage == "assisted"', 'stage == "assited"', "assited", "one of read-only, assisted, autonomous"),
    ('stage == "assisted"', "'stage in [\"autonomus\"]'", "autonomus", "did you mean `autonomous`?"),
    ('stage == "assisted"', "'\"asist\" == stage'", "asist", "did you mean `assisted`?"),
    ("signal.wants_human", "signal.sentiment == 'furious'", "furious", "one of calm, frustrated, angry"),
    ("signal.wants_human", "\"signal.risks.exists(risk, risk in ['leagl'])\"", "leagl", "did you mean `legal`?"),
    ("signal.wants_human", "\"'pres' in signal.risks\"", "'pres'", "did you mean `press`?"),
    # types
    ("refund.amount <= limit.alone", "refund.amount <= 50.0", "50.0]", "compared with whole numbers, or with a limit"),
    ("refund.amount <= limit.alone", "refund.amount <= '50'", "'50'", "amounts are compared with a limit"),
    ("[ticket.verified]", "[ticket.owner]", "ticket.owner", "a condition compares: write `==`"),
    ("[ticket.verified]", "[ticket.verified == 'yes']", "'yes'", "both sides of a comparison are of one type"),
    ("[ticket.verified]", "[ticket.verified ==]", "verified ==", "see the conditions in docs/procedures.md"),
    ("within.refund", 'duration("720h")', "duration", "lengths of time stand in `windows`"),
    (
        "on: turn\n    effect: allow",
        "on: turn\n    when: [signal.rising]\n    effect: allow",
        "rising",
        "only in the `when` of a rule that restricts",
    ),
    # tables
    ("USD: 50.00", "USD: 50.005", "50.005", "write it as {USD: 50.00}"),
    ("USD: 50.00", "USB: 50.00", "USB", "write it as {USD: 50.00}"),
    ("{USD: 50.00, EUR: 45.00}", "50.00", "alone: 50.00", "an amount for each currency, such as {USD: 50.00}"),
    ("refund: 30d", "refund: a month", "a month", "such as 30m, 72h, 30d or 2w"),
    ("  alone: {", "  all alone: {", "all alone", "use small letters, digits and _"),
    ("queues: [billing, risk]", "queues: billing", "queues: billing", "a list of names, such as [support, billing]"),
    # what a rule lacks, or has too much
    ("    on: turn\n    effect: allow", "    effect: allow", "id: answers", "every rule says id, on, effect"),
    ("    to: billing\n", "", "id: flagged", "needs to: the queue that takes over"),
    ("    by: account_manager\n", "", "id: in-business", "needs by: the role that has to approve"),
    ("    say: Shall I do this?\n", "", "id: confirmed", "needs say: what the customer reads"),
    ("    say: Shall I do this?", "    say: ''", "say: ''", "fill it in or leave it out"),
    ("    to: billing", "    to: billing\n    count: 2", "    count: 2\n    say", "it belongs to `approve`"),
    ("    count: 2", "    count: none", "count: none", "a whole number from 1 to 9"),
    ("    four_eyes: true", "    four_eyes: always", "always", "`true` or `false`"),
    (
        "id: flagged",
        "id: disputed",
        "id: disputed\n    on: refund_charge\n    effect: escalate\n    when: [customer",
        "give one of them another",
    ),
    ("id: flagged", "id: Flagged!", "Flagged!", "small letters, digits and single hyphens"),
    ("    say: I am connecting you.", "    say: [I, am]", "say: [I", "it is one text"),
    ("on: turn\n    effect: allow", 'on: "*"\n    effect: allow', "id: answers", "`allow` names its actions"),
    (
        "effect: allow\n  - id: wants",
        "effect: allow\n    require: [ticket.verified]\n  - id: wants",
        "id: refunds",
        "is a `deny` rule with `require`",
    ),
    (
        "on: turn\n    effect: allow",
        "on: turn\n    effect: confirm\n    say: Yes?",
        "id: answers",
        "nothing to confirm yet",
    ),
    ("say: I am", "say: *am", "say: *am", "a leading ! * & or quote, needs quotes"),
    # rules that cannot mean anything
    (
        "[charge.disputed]",
        '[charge.disputed, "!charge.disputed"]',
        "id: disputed",
        "Mend one of them, or make two rules",
    ),
    (
        "[charge.disputed]",
        "[customer.tier == 'vip', customer.tier == 'gold']",
        "id: disputed",
        "cannot all hold at once",
    ),
    ("[charge.disputed]", "[refund.amount > 5, refund.amount < 4]", "id: disputed", "cannot all hold at once"),
    (
        "[charge.disputed]",
        "[ticket.verified]\n    require: [ticket.verified]",
        "id: disputed",
        "Leave out what both say",
    ),
    ("[ticket.verified]", "[ticket.verified || !ticket.verified]", "id: verified", "its `require` always holds"),
    (
        "[customer.flagged]\n    to: billing",
        "[charge.disputed]\n    to: risk",
        "id: flagged",
        "says over again what disputed says; remove",
    ),
]


def test_what_they_are_planted_in_is_sound() -> None:
    policy = load({"refund.yaml": SOUND})

    others = ", ".join(name for name in ACTIONS if name != "refund_charge" and not name.startswith("crm_"))
    assert {note.what for note in policy.notes} == {
        f"no rule speaks of {others}, so these actions are always denied",
    }


@pytest.mark.parametrize(("old", "new", "line", "mending"), PLANTED, ids=[each[1][:40] for each in PLANTED])
def test_a_planted_fault_is_refused_at_its_line_with_how_to_mend_it(
    old: str, new: str, line: str, mending: str
) -> None:
    assert SOUND.count(old) == 1
    text = SOUND.replace(old, new)
    assert text.count(line) == 1

    with pytest.raises(DeskFault) as caught:
        load({"refund.yaml": text})

    told = [fault for fault in caught.value.faults if mending in fault.what]
    assert [(fault.file, fault.line) for fault in told] == [("refund.yaml", text[: text.index(line)].count("\n") + 1)]
