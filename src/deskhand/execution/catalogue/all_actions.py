"""The catalogue: every action by name, and the facts that policy may ask of each."""

from collections.abc import Mapping

from deskhand.execution.catalogue.cancel_subscription import CancelSubscription
from deskhand.execution.catalogue.change_email import ChangeEmail
from deskhand.execution.catalogue.change_plan import ChangePlan
from deskhand.execution.catalogue.contact_customer import ContactCustomer
from deskhand.execution.catalogue.create_ticket import CreateTicket
from deskhand.execution.catalogue.credit_customer import CreditCustomer
from deskhand.execution.catalogue.crm_add_note import CrmAddNote
from deskhand.execution.catalogue.crm_add_task import CrmAddTask
from deskhand.execution.catalogue.crm_update_contact import CrmUpdateContact
from deskhand.execution.catalogue.extend_trial import ExtendTrial
from deskhand.execution.catalogue.keep_subscription import KeepSubscription
from deskhand.execution.catalogue.merge_tickets import MergeTickets
from deskhand.execution.catalogue.on_crm import OnCrm
from deskhand.execution.catalogue.own.action import OwnAction
from deskhand.execution.catalogue.own.loading import FOLDER, load_actions
from deskhand.execution.catalogue.pause_subscription import PauseSubscription
from deskhand.execution.catalogue.refund_charge import RefundCharge
from deskhand.execution.catalogue.resume_subscription import ResumeSubscription
from deskhand.execution.catalogue.send_email import SendEmail
from deskhand.execution.catalogue.send_invoice import SendInvoice
from deskhand.execution.catalogue.tag_ticket import TagTicket
from deskhand.execution.catalogue.take_back_credit import TakeBackCredit
from deskhand.execution.catalogue.untag_ticket import UntagTicket
from deskhand.execution.catalogue.update_address import UpdateAddress
from deskhand.execution.catalogue.update_contact import UpdateContact
from deskhand.execution.catalogue.update_ticket import UpdateTicket
from deskhand.execution.kind import ActionKind, Nature
from deskhand.policy.facts import ActionBase, ActionSchema, TurnFacts, types_of

BUILT_IN: tuple[ActionKind, ...] = (
    RefundCharge(),
    CreditCustomer(),
    TakeBackCredit(),
    CancelSubscription(),
    KeepSubscription(),
    PauseSubscription(),
    ResumeSubscription(),
    ChangePlan(),
    ExtendTrial(),
    SendInvoice(),
    UpdateContact(),
    ChangeEmail(),
    UpdateAddress(),
    CreateTicket(),
    UpdateTicket(),
    TagTicket(),
    UntagTicket(),
    MergeTickets(),
    SendEmail(),
    ContactCustomer(),
    CrmUpdateContact(),
    CrmAddNote(),
    CrmAddTask(),
)
ACTIONS: Mapping[str, ActionKind] = {kind.name: kind for kind in BUILT_IN}


def schema_of(actions: Mapping[str, ActionKind]) -> dict[str, ActionSchema]:
    """What policy files may say of these actions, and of the pseudo-action `turn`."""
    common = types_of(ActionBase)
    own = {
        name: ActionSchema(
            {**common, **kind.about}, adverse=kind.nature is Nature.ADVERSE, apart=isinstance(kind, OnCrm)
        )
        for name, kind in actions.items()
    }
    return {**own, "turn": ActionSchema(types_of(TurnFacts))}


def with_own(own: Mapping[str, OwnAction]) -> Mapping[str, ActionKind]:
    """Every action of a desk that has these of its own."""
    known: dict[str, ActionKind] = dict(ACTIONS)
    known |= own
    return known


def schema_of_texts(texts: Mapping[str, str]) -> dict[str, ActionSchema]:
    """The schema of a desk whose policy's texts are these, the files of its own actions among them.

    `DeskFault` when this version cannot read one.
    """
    own = load_actions({name: text for name, text in texts.items() if name.startswith(FOLDER)}, None, ACTIONS)
    return schema_of(with_own(own))
