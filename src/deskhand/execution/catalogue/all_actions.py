"""The catalogue: every action by name."""

from collections.abc import Mapping

from deskhand.execution.catalogue.cancel_subscription import CancelSubscription
from deskhand.execution.catalogue.change_email import ChangeEmail
from deskhand.execution.catalogue.refund_charge import RefundCharge
from deskhand.execution.catalogue.send_invoice import SendInvoice
from deskhand.execution.kind import ActionKind

ACTIONS: Mapping[str, ActionKind] = {
    kind.name: kind for kind in (RefundCharge(), CancelSubscription(), SendInvoice(), ChangeEmail())
}
