"""The catalogue: every action by name, and the facts that policy may ask of each."""

from collections.abc import Mapping

from deskhand.execution.catalogue.cancel_subscription import CancelSubscription
from deskhand.execution.catalogue.change_email import ChangeEmail
from deskhand.execution.catalogue.refund_charge import RefundCharge
from deskhand.execution.catalogue.send_invoice import SendInvoice
from deskhand.execution.kind import ActionKind, Nature
from deskhand.policy.facts import ActionBase, ActionSchema, TurnFacts, types_of

BUILT_IN = (RefundCharge(), CancelSubscription(), SendInvoice(), ChangeEmail())
ACTIONS: Mapping[str, ActionKind] = {kind.name: kind for kind in BUILT_IN}


def schema_of(actions: Mapping[str, ActionKind]) -> dict[str, ActionSchema]:
    """What policy files may say of these actions, and of the pseudo-action `turn`."""
    common = types_of(ActionBase)
    own = {
        name: ActionSchema({**common, **kind.about}, adverse=kind.nature is Nature.ADVERSE)
        for name, kind in actions.items()
    }
    return {**own, "turn": ActionSchema(types_of(TurnFacts))}


SCHEMA = schema_of(ACTIONS)
