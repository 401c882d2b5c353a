"""Judges one action on facts read at that moment: the same way for a dry run and for the deed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from deskhand.domain.action import Action, Proposal
from deskhand.domain.case import Case
from deskhand.domain.digest import digest
from deskhand.domain.effect import EffectState
from deskhand.domain.errors import Missing
from deskhand.domain.money import Money
from deskhand.domain.takeover import WATCHED
from deskhand.domain.verdict import Deny
from deskhand.execution.kind import ActionKind, Seen
from deskhand.policy.decide import decide, view_digest
from deskhand.policy.facts import (
    ActionFacts,
    Base,
    CustomerFacts,
    HistoryFacts,
    IdentityFacts,
    TakeoverFacts,
    TicketFacts,
    values_of,
)
from deskhand.policy.policy import Decision, Policy
from deskhand.ports.reads import BillingLedger
from deskhand.ports.store import Store, Transaction

MONTH = timedelta(days=30)
ANYBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Prepared:
    """An action that makes sense, with its object as read a moment ago.

    `before`: how other effects on the same subject, and all that move money of the same customer, stood before it was
    read. If that is not so any more when policy decides, what was `seen` may be older than what they did: whether a
    charge is a duplicate hangs on the customer's other charges.
    """

    kind: ActionKind
    args: Mapping[str, str]
    key: str
    subject: str
    before: Mapping[str, EffectState]
    seen: Seen


class Gate:
    """Policy over live facts. It reads and decides; it changes nothing."""

    def __init__(self, policy: Policy, ledger: BillingLedger, store: Store, actions: Mapping[str, ActionKind]):
        self._policy, self._ledger, self._store, self._actions = policy, ledger, store, actions

    def propose(self, action: Action, case: Case) -> Proposal:
        """What policy says of this action now. Arguments without sense, and objects that are not there, are denied.

        Raises `ConnectorError` when the system of record does not answer: then nothing can be said.
        """
        prepared = self.prepare(action, case)
        if isinstance(prepared, Deny):
            return Proposal(action, "", "", prepared, "")
        with self._store.begin() as tx:
            decision = self.decide(prepared, case, tx)
        return self.proposal(prepared, decision, case)

    def prepare(self, action: Action, case: Case) -> Prepared | Deny:
        """The canonical arguments and the object, read now, outside any transaction."""
        kind = self._actions.get(action.name)
        if kind is None:
            return Deny("catalogue", "That is something I cannot do.")
        try:
            args = kind.canonical(action.args)
            key, subject = kind.key(case.ticket, args), kind.subject(args)
            with self._store.begin() as tx:
                before = _others(tx, kind, args, case, key)
            return Prepared(kind, args, key, subject, before, kind.look(args, self._ledger))
        except ValueError:
            return Deny("catalogue", "That request does not make sense as it stands, so I have not done anything.")
        except Missing:
            return Deny("catalogue", "I cannot find that in your account.")

    def decide(self, prepared: Prepared, case: Case, tx: Transaction, approved: frozenset[str] = ANYBODY) -> Decision:
        """Policy's decision; sums and the ticket's owner are read in the transaction that may reserve."""
        kind, args = prepared.kind, prepared.args
        money = kind.money(args)
        base = Base(
            now=case.now,
            stage=str(case.stage),
            channel=case.channel,
            ticket=TicketFacts(tx.tickets.owner(case.ticket), str(case.customer or ""), case.verified),
            customer=CustomerFacts(case.customer is not None, case.tier, case.flagged),
        )
        confirmed = tx.confirmations.confirmed(prepared.key, digest(dict(args)))
        facts = kind.facts(base, args, prepared.seen, _history(prepared.key, money, case, tx), ActionFacts(confirmed))
        facts = replace(facts, identity=IdentityFacts(case.verified, case.proven), takeover=_takeover(case, tx))
        currency = money.currency if money else None
        return decide(self._policy, kind.name, values_of(facts), currency=currency, approved=approved)

    def unchanged(self, prepared: Prepared, case: Case, tx: Transaction) -> bool:
        """Whether what was read still holds as far as we ourselves can tell: nothing has moved, and nothing moves."""
        others = _others(tx, prepared.kind, prepared.args, case, prepared.key)
        return others == prepared.before and not any(state.open for state in others.values())

    def proposal(self, prepared: Prepared, decision: Decision, case: Case) -> Proposal:
        """The action in canonical form with its verdict, and the digest of all that an approver sees, on this ticket.

        Whoever names somebody else's object is not told what it is: the preview stays empty.
        """
        seen = {"ticket": case.ticket, "action": prepared.kind.name, "args": dict(prepared.args)}
        seen |= {"view": view_digest(decision)}
        action = Action(prepared.kind.name, prepared.args)
        own = case.verified and prepared.seen.owner == case.customer
        return Proposal(action, prepared.key, digest(seen), decision.verdict, prepared.seen.plain if own else "")


def _others(
    tx: Transaction, kind: ActionKind, args: Mapping[str, str], case: Case, key: str
) -> Mapping[str, EffectState]:
    """What else moves, or has moved, of all that the facts of this action rest on."""
    payer = str(case.customer) if case.customer and kind.money(args) else None
    return tx.ledger.on(kind.subject(args), payer, but=key)


def _takeover(case: Case, tx: Transaction) -> TakeoverFacts:
    """What systems told a moment ago, and our own memory as it is now."""
    if case.signals is None:
        return TakeoverFacts(None)
    own = tx.identity.signals(case.ticket, str(case.customer or ""), case.now - WATCHED)
    return TakeoverFacts(sorted({*case.signals, *own}))


def _history(key: str, money: Money | None, case: Case, tx: Transaction) -> HistoryFacts:
    currency = money.currency if money else "USD"
    minor = tx.ledger.spent_alone(str(case.customer or ""), currency, case.now - MONTH, but=key) if money else 0
    return HistoryFacts(Money(minor, currency))
