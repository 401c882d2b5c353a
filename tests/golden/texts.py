"""Golden tickets as text, and what they may name."""

from deskhand.context.lookups.billing import SPECS
from deskhand.domain.money import Money
from deskhand.golden.loading import KnownToGolden, load_golden
from deskhand.golden.ticket import Golden
from deskhand.procedures.procedure import ActionShape

KNOWN = KnownToGolden(
    look_ups={spec.name: spec for spec in SPECS},
    actions={"refund_charge": ActionShape("refund_charge", {"charge": str, "amount": Money}, ("id",))},
    articles=("charged-twice",),
    queues=("billing", "risk"),
    procedures=("duplicate-charge",),
    rules=("refunds", "refund-large"),
    people=("tom",),
    situations=("double_charge_small",),
)
TWICE = """\
id: twice
about: A small double charge is given back.
from: customer:double_charge_small
stage: autonomous
look_up:
  duplicates: billing.duplicate_charges(days = 60)
facts:
  billing.subscription: {found: "true", price: 29.00 USD, renews: now + 4d}
messages:
  - says: I was charged twice
  - approves: tom
must:
  outcome: resolved
  procedures: [duplicate-charge]
  actions:
    - {action: refund_charge, with: {amount: "{{ duplicates.first.amount }}"}, verdict: allow, done: "yes"}
  says: ["{{ duplicates.first.amount | money }}", "{{ refund_charge.receipt.id }}"]
  cites: charged-twice
  handoff: {queue: billing, holds: charged twice}
must_not:
  says: sorry
  does: []
"""
TWICE = TWICE.replace("  does: []\n", "")


def golden(text: str = TWICE) -> Golden:
    """The ticket of this text."""
    (found,) = load_golden({"golden/twice.yaml": text}, KNOWN)
    return found
