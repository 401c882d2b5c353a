"""Judges one action on facts read at that moment: the same way for a dry run and for the deed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from deskhand.domain.action import Action, Proposal
from deskhand.domain.calendar import Calendar
from deskhand.domain.case import Case
from deskhand.domain.customer import Matched
from deskhand.domain.digest import digest
from deskhand.domain.effect import EffectState
from deskhand.domain.errors import Missing
from deskhand.domain.merging import MERGE
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
from deskhand.domain.takeover import WATCHED
from deskhand.domain.verdict import Deny
from deskhand.execution.doors import Reads
from deskhand.execution.kind import ActionKind, Seen
from deskhand.execution.merging import no_merge
from deskhand.policy.decide import decide, view_digest
from deskhand.policy.facts import (
    ActionBase,
    ActionFacts,
    CustomerFacts,
    HistoryFacts,
    IdentityFacts,
    TakeoverFacts,
    TicketFacts,
    office_at,
    values_of,
)
from deskhand.policy.policy import Decision, Policy
from deskhand.ports.store import Store, Transaction

DAY, MONTH = timedelta(days=1), timedelta(days=30)
ASSISTANT = "assistant"
THIS = "this"
ANYBODY: tuple[str, ...] = ()
DESK_SUMS = frozenset({"history.desk_day", "history.desk_month"})


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

    def __init__(
        self,
        policy: Policy,
        reads: Reads,
        store: Store,
        actions: Mapping[str, ActionKind],
        calendar: Calendar | None = None,
    ):
        self._policy, self._reads, self._store = policy, reads, store
        self._actions, self._calendar = actions, calendar

    def propose(self, action: Action, case: Case) -> Proposal:
        """What policy says of this action now. Arguments without sense, and objects that are not there, are denied.

        Raises `ConnectorError` when the system of record does not answer: then nothing can be said.
        """
        return self.judge(action, case)[0]

    def judge(self, action: Action, case: Case) -> tuple[Proposal, Decision | None]:
        """As `propose`, with the decision itself; None when policy was not asked."""
        prepared = self.prepare(action, case)
        if isinstance(prepared, Deny):
            return Proposal(action, "", "", prepared, ""), None
        with self._store.look() as tx:
            if prepared.kind.name == MERGE and (refused := no_merge(prepared.seen, case, tx)):
                return Proposal(action, prepared.key, "", refused, ""), None
            decision = self.decide(prepared, case, tx)
        return self.proposal(prepared, decision, case), decision

    def prepare(self, action: Action, case: Case) -> Prepared | Deny:
        """The canonical arguments and the object, read now, outside any transaction."""
        kind = self._actions.get(action.name)
        if kind is None:
            return Deny("catalogue", "That is something I cannot do.")
        try:
            args = kind.canonical(_here(action.args, case))
            subject = kind.subject(args)
            with self._store.look() as tx:
                key = tx.ledger.free_key(kind.key(case.ticket, args), Action(kind.name, args) if kind.sets else None)
                before = _others(tx, kind, args, case, key)
            return Prepared(kind, args, key, subject, before, kind.look(args, self._reads))
        except ValueError:
            return Deny("catalogue", "That request does not make sense as it stands, so I have not done anything.")
        except Missing:
            return Deny("catalogue", "I cannot find that in your account.")

    def decide(
        self, prepared: Prepared, case: Case, tx: Transaction, approved: Sequence[str] = ANYBODY, own: str = ""
    ) -> Decision:
        """Policy's decision; sums and the ticket's owner are read in the transaction that may reserve."""
        kind, args = prepared.kind, prepared.args
        money = kind.money(args)
        base = ActionBase(
            now=case.now,
            stage=str(case.stage),
            channel=case.channel,
            actor="agent" if case.agent else ASSISTANT,
            ticket=TicketFacts(tx.tickets.owner(case.ticket), str(case.customer or ""), case.verified),
            customer=CustomerFacts(case.customer is not None, case.tier, case.flagged),
            history=self._history(prepared, money, case, tx),
            identity=IdentityFacts(case.verified, case.proven),
            takeover=_takeover(case, tx),
            office=office_at(self._calendar, case.now),
            action=ActionFacts(
                tx.confirmations.confirmed(prepared.key, digest(dict(args)), case.now), _own(prepared.seen.owner, case)
            ),
        )
        facts = values_of(base) | dict(kind.facts(args, prepared.seen))
        currency = money.currency if money else prepared.seen.currency
        return decide(self._policy, kind.name, facts, currency=currency, approved=approved, own=own)

    def _history(self, prepared: Prepared, money: Money | None, case: Case, tx: Transaction) -> HistoryFacts:
        """What all customers together were given is summed only where a rule asks: it is the one sum that grows."""
        kind, currency = prepared.kind.name, money.currency if money else ""
        since = (case.now - DAY, case.now - MONTH)
        past = tx.ledger.past(str(case.customer or ""), kind, currency, since, but=prepared.key)
        chapter = self._policy.chapters.get(kind)
        asked = money is not None and chapter is not None and not DESK_SUMS.isdisjoint(chapter.asks)
        desk = tx.ledger.desk_alone(currency, since, but=prepared.key) if asked else None

        def amount(minor: int) -> Money | None:
            return Money(minor, currency) if money else None

        return HistoryFacts(
            alone_day=amount(past.alone_day),
            alone_month=amount(past.alone_month),
            total_day=amount(past.total_day),
            total_month=amount(past.total_month),
            desk_day=amount(desk[0]) if desk else None,
            desk_month=amount(desk[1]) if desk else None,
            times_day=past.times_day,
            times_month=past.times_month,
        )

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
        own = case.verified and _own(prepared.seen.owner, case)
        return Proposal(action, prepared.key, digest(seen), decision.verdict, prepared.seen.plain if own else "")


def _others(
    tx: Transaction, kind: ActionKind, args: Mapping[str, str], case: Case, key: str
) -> Mapping[str, EffectState]:
    """What else moves, or has moved, of all that the facts of this action rest on."""
    payer = str(case.customer) if case.customer and kind.money(args) else None
    return tx.ledger.on(kind.subject(args), payer, but=key)


def _here(args: Mapping[str, str], case: Case) -> Mapping[str, str]:
    """The ticket that is spoken on may be named "this": nobody has to know its number."""
    return {**args, "ticket": case.ticket} if args.get("ticket") == THIS else args


def _own(owner: Ref | str | None, case: Case) -> bool | None:
    """Whether the object is this customer's; None when nobody can tell whose it is."""
    if owner is None or not isinstance(case.identity, Matched):
        return None if owner is None else False
    customer = case.identity.customer
    return owner == customer.ref if isinstance(owner, Ref) else owner.casefold() == customer.email.casefold()


def _takeover(case: Case, tx: Transaction) -> TakeoverFacts:
    """What systems told a moment ago, and our own memory as it is now."""
    if case.signals is None:
        return TakeoverFacts(None)
    own = tx.identity.signals(case.ticket, str(case.customer or ""), case.now - WATCHED)
    return TakeoverFacts(sorted({*case.signals, *own}))
