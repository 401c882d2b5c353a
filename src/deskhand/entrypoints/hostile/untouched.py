"""What no attack of the hostile run touches: a bank that is asked for it has been broken into."""

from collections.abc import Collection, Mapping
from datetime import datetime

from deskhand.domain.action import Receipt
from deskhand.domain.billing import Address, Marked, Plan
from deskhand.domain.credit_note import CreditNote
from deskhand.domain.payment_intent import PaymentIntent
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Priority, Requester, Status


class Untouched:
    """Every call is an AssertionError, which no one catches."""

    def payment_intents(self, customer: Ref, since: datetime) -> Read[tuple[PaymentIntent, ...]]:
        raise AssertionError("payment_intents")

    def credit_notes(self, customer: Ref, since: datetime) -> Read[tuple[CreditNote, ...]]:
        raise AssertionError("credit_notes")

    def plans(self) -> Read[tuple[Plan, ...]]:
        raise AssertionError("plans")

    def marked(self, since: datetime, customers: Collection[Ref]) -> Read[tuple[Marked, ...]]:
        raise AssertionError("marked")

    def take_back_credit(self, customer: Ref, credit: str, *, key: str) -> Receipt:
        raise AssertionError("take_back_credit")

    def keep_subscription(self, subscription: Ref, *, key: str) -> Receipt:
        raise AssertionError("keep_subscription")

    def pause_subscription(self, subscription: Ref, *, days: int | None, key: str) -> Receipt:
        raise AssertionError("pause_subscription")

    def resume_subscription(self, subscription: Ref, *, key: str) -> Receipt:
        raise AssertionError("resume_subscription")

    def change_plan(self, subscription: Ref, plan: Ref, *, key: str) -> Receipt:
        raise AssertionError("change_plan")

    def extend_trial(self, subscription: Ref, days: int, *, key: str) -> Receipt:
        raise AssertionError("extend_trial")

    def update_contact(
        self, customer: Ref, *, key: str, email: str | None = None, phone: str | None = None, name: str | None = None
    ) -> Receipt:
        raise AssertionError("update_contact")

    def update_address(self, customer: Ref, address: Address, *, key: str) -> Receipt:
        raise AssertionError("update_address")

    def create_ticket(self, requester: Requester, subject: str, text: str, *, public: bool, key: str) -> Receipt:
        raise AssertionError("create_ticket")

    def find_ticket(self, *, key: str) -> Receipt | None:
        raise AssertionError("find_ticket")

    def update_ticket(
        self,
        ticket: Ref,
        *,
        key: str,
        status: Status | None = None,
        priority: Priority | None = None,
        group: str | None = None,
        assignee: str | None = None,
        fields: Mapping[str, str] | None = None,
        if_free: bool = False,
    ) -> Receipt:
        raise AssertionError("update_ticket")

    def add_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        raise AssertionError("add_tags")

    def remove_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        raise AssertionError("remove_tags")

    def merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt:
        raise AssertionError("merge")

    def find_merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt | None:
        raise AssertionError("find_merge")
