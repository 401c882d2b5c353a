"""Makes each effect happen exactly once: reserve, act, receipt. Every change of the outside world goes through here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from deskhand.domain.action import Action, Receipt
from deskhand.domain.case import Case
from deskhand.domain.digest import digest
from deskhand.domain.effect import Effect, EffectState
from deskhand.domain.errors import ConnectorError, Down, Invalid, Missing, Unconfirmed
from deskhand.domain.ref import Ref
from deskhand.domain.verdict import Allow, Deny
from deskhand.execution.gate import ANYBODY, Gate, Prepared
from deskhand.execution.kind import ActionKind
from deskhand.execution.results import Changed, Declined, Done, Frozen, Result, Stopped, Unsure
from deskhand.ports.store import Store, Transaction
from deskhand.ports.writes import BillingWriter, Mailer, TicketWriter

ASSISTANT = "assistant"
Also = Callable[[Transaction], None]


def nothing(tx: Transaction) -> None:
    """Nothing more to write."""


@dataclass(frozen=True)
class Approval:
    """People's yes to exactly what `digest` covers, given by `by` in their `roles`."""

    digest: str
    roles: frozenset[str]
    by: str


@dataclass(frozen=True)
class Letter:
    """An e-mail, in plain text."""

    to: str
    subject: str
    text: str


class Executor:
    """`grace`: how long a request whose answer was lost may still be on its way; until then absence proves nothing."""

    def __init__(
        self,
        gate: Gate,
        store: Store,
        billing: BillingWriter,
        desks: Mapping[str, TicketWriter],
        actions: Mapping[str, ActionKind],
        clock: Callable[[], datetime],
        grace: timedelta = timedelta(seconds=30),
        mailer: Mailer | None = None,
    ):
        self._gate, self._store, self._billing, self._desks = gate, store, billing, desks
        self._actions, self._clock, self._grace, self._mailer = actions, clock, grace, mailer

    def commit(self, action: Action, case: Case, approval: Approval | None = None) -> Result:
        """Facts again, policy again, reserve, act, receipt. A second call with the same key tells what happened."""
        try:
            prepared = self._gate.prepare(action, case)
        except ConnectorError as error:
            return Unsure(f"the facts could not be read: {error}")
        if isinstance(prepared, Deny):
            return Stopped(prepared)
        with self._store.begin() as tx:
            effect = tx.ledger.effect(prepared.key)
            fresh = effect is None
            if effect is None:
                judged = self._judge(prepared, case, approval, tx)
                if not isinstance(judged, Effect):
                    return judged
                effect = judged
        kind, args = self._actions[effect.action], effect.args
        return self._settle(
            effect,
            act=lambda: kind.act(args, self._billing, effect.key),
            find=lambda: kind.find(args, self._billing, effect.key),
            fresh=fresh,
            patient=False,
        )

    def say(
        self,
        ticket: Ref,
        text: str,
        *,
        public: bool,
        key: str,
        customer: str,
        freeze: bool = True,
        then: Also = nothing,
    ) -> Result:
        """A reply, or a note among agents: also an effect, but for its words there is no rule.

        `freeze`: not on a ticket that people have taken. `then` is written in the transaction that says it was done,
        and again when it was done before.
        """
        with self._store.begin() as tx:
            effect = tx.ledger.effect(key)
            fresh = effect is None
            if effect is None:
                owner = tx.tickets.owner(str(ticket))
                if freeze and owner != ASSISTANT:
                    return Frozen(owner)
                args = {"text": text, "public": "yes" if public else "no"}
                effect = self._reserve(self._words("reply" if public else "note", args, ticket, key, customer), tx)
        writer, kept = self._desks[ticket.system], effect.args
        return self._settle(
            effect,
            act=lambda: writer.reply(ticket, kept["text"], public=kept["public"] == "yes", key=key),
            find=lambda: writer.find_effect(ticket, key=key),
            fresh=fresh,
            patient=True,
            then=then,
        )

    def send_code(self, ticket: Ref, letter: Letter, *, key: str, customer: str, then: Also = nothing) -> Result:
        """A letter with a one-time code, an effect like a reply: but the ledger keeps its key alone, neither its words
        nor its address. Whoever calls again with this key brings the same letter."""
        mailer = self._mailer
        if mailer is None:
            return Declined("no way to send a letter is set up")
        with self._store.begin() as tx:
            effect = tx.ledger.effect(key)
            fresh = effect is None
            if effect is None:
                owner = tx.tickets.owner(str(ticket))
                if owner != ASSISTANT:
                    return Frozen(owner)
                effect = self._reserve(self._words("code", {}, ticket, key, customer), tx)
        return self._settle(
            effect,
            act=lambda: mailer.send(letter.to, letter.subject, letter.text, key=key),
            find=lambda: None,  # the same code again is harmless
            fresh=fresh,
            patient=False,
            then=then,
        )

    def _judge(self, prepared: Prepared, case: Case, approval: Approval | None, tx: Transaction) -> Effect | Result:
        owner = tx.tickets.owner(case.ticket)
        if owner != ASSISTANT:
            return Frozen(owner)
        if not self._gate.unchanged(prepared, case, tx):
            return Unsure("another change to the same object is under way, or was just made")
        decision = self._gate.decide(prepared, case, tx, approval.roles if approval else ANYBODY)
        told: dict[str, object] = {"key": prepared.key, "action": prepared.kind.name, "effect": decision.verdict.effect}
        told |= {"rule": decision.verdict.rule, "facts": decision.facts, "policy": decision.policy_digest}
        tx.journal.append(
            "policy.decided", case.ticket, told | {"by": approval.by if approval else ASSISTANT}, case.now
        )
        if not isinstance(decision.verdict, Allow):
            return Stopped(decision.verdict)
        if approval and approval.digest != self._gate.proposal(prepared, decision, case).digest:
            return Changed(self._gate.proposal(prepared, self._gate.decide(prepared, case, tx), case))
        money = prepared.kind.money(prepared.args)
        effect = Effect(
            key=prepared.key,
            ticket=case.ticket,
            customer=str(case.customer or ""),
            action=prepared.kind.name,
            subject=prepared.subject,
            args=prepared.args,
            amount=money,
            alone=approval is None,
            state=EffectState.RESERVED,
            at=case.now,
        )
        return self._reserve(effect, tx)

    def _words(self, action: str, args: Mapping[str, str], ticket: Ref, key: str, customer: str) -> Effect:
        return Effect(
            key=key,
            ticket=str(ticket),
            customer=customer,
            action=action,
            subject=key,
            args=args,
            amount=None,
            alone=True,
            state=EffectState.RESERVED,
            at=self._clock(),
        )

    def _reserve(self, effect: Effect, tx: Transaction) -> Effect:
        if not tx.ledger.reserve(effect):
            raise AssertionError(f"{effect.key} was reserved within our own transaction")
        tx.journal.append("effect.reserved", effect.ticket, _told(effect), effect.at)
        return effect

    def _settle(
        self,
        effect: Effect,
        *,
        act: Callable[[], Receipt],
        find: Callable[[], Receipt | None],
        fresh: bool,
        patient: bool,
        then: Also = nothing,
    ) -> Result:
        """`patient`: the other system knows no idempotency keys: a second try waits until the first cannot arrive."""
        match effect.state:
            case EffectState.DONE:
                assert effect.receipt is not None
                with self._store.begin() as tx:
                    then(tx)
                return Done(effect.receipt)
            case EffectState.DECLINED:
                return Declined(effect.reason)
            case EffectState.RESERVED | EffectState.UNCONFIRMED:
                pass
            case unexpected:
                assert_never(unexpected)
        try:
            receipt = None if fresh else _look(find)
            if receipt is None:
                if not fresh and patient and self._clock() - effect.at < self._grace:
                    return Unsure("a former attempt may still be on its way")
                receipt = _once(act, find)
        except (Missing, Invalid) as error:
            self._write(replace(effect, state=EffectState.DECLINED, reason=str(error)))
            return Declined(str(error))
        except (Unconfirmed, Down) as error:
            self._write(replace(effect, state=EffectState.UNCONFIRMED, reason=str(error)))
            return Unsure(f"no answer: {error}")
        except ConnectorError as error:
            return Unsure(f"not reached: {error}")
        self._write(replace(effect, state=EffectState.DONE, receipt=receipt), then)
        return Done(receipt)

    def _write(self, effect: Effect, then: Also = nothing) -> None:
        now = self._clock()
        with self._store.begin() as tx:
            tx.ledger.settle(effect)
            tx.journal.append(f"effect.{effect.state}", effect.ticket, _told(effect), now)
            then(tx)


def _once(act: Callable[[], Receipt], find: Callable[[], Receipt | None]) -> Receipt:
    """Look after a lost answer; still unknown is for the caller to bring again."""
    try:
        return act()
    except (Unconfirmed, Down):
        if receipt := _look(find):
            return receipt
        raise


def _look(find: Callable[[], Receipt | None]) -> Receipt | None:
    """Whoever cannot be asked has not said no: a failed look leaves the effect open, whatever the failure."""
    try:
        return find()
    except ConnectorError as error:
        raise Down(f"could not look: {error}") from error


def _told(effect: Effect) -> dict[str, object]:
    """Without the customer's words: the journal keeps a fingerprint of a text, never the text."""
    args = {k: v for k, v in effect.args.items() if k != "text"}
    told: dict[str, object] = {"key": effect.key, "action": effect.action, "args": args, "state": str(effect.state)}
    told["alone"] = effect.alone
    if "text" in effect.args:
        told["text_sha256"] = digest(effect.args["text"])
    if effect.receipt:
        told["receipt"] = effect.receipt.id
        told["system"] = effect.receipt.system
    return told | ({"reason": effect.reason} if effect.reason else {})
