"""Makes each effect happen exactly once: reserve, act, receipt. Every change of the outside world goes through here."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from deskhand.domain.action import Action
from deskhand.domain.ai_notice import GIVEN, Notice
from deskhand.domain.case import Case
from deskhand.domain.effect import (
    ALERT,
    ASSIGN,
    CODE,
    LETTER,
    RESTORED,
    TRANSCRIPT,
    Effect,
    EffectState,
    Forgotten,
)
from deskhand.domain.errors import ConnectorError
from deskhand.domain.merging import MERGE
from deskhand.domain.money import Money
from deskhand.domain.pause import BREAKER, DESK, Pause, scopes
from deskhand.domain.ref import Ref
from deskhand.domain.verdict import Allow, Deny
from deskhand.execution.doors import Writes
from deskhand.execution.gate import Gate, Prepared
from deskhand.execution.kind import ActionKind, Recovery
from deskhand.execution.merging import no_merge
from deskhand.execution.results import Changed, Declined, Frozen, Paused, Result, Stopped, Unsure
from deskhand.execution.settling import Also, Deed, Settling, nothing, told
from deskhand.policy.breakers import Breakers, tripped
from deskhand.policy.recorded import record
from deskhand.ports.store import Store, Transaction

ASSISTANT = "assistant"
NO_BREAKERS = Breakers()
RESUMED = "desk.resumed"
MINUTE, DAY, MONTH = timedelta(minutes=1), timedelta(days=1), timedelta(days=30)


@dataclass(frozen=True)
class Approval:
    """People's yes to exactly what `digest` covers, one of `roles` for each of them; the last was `by`.

    `own`: the role of a person who asked for the action by a click of their own, when one did.
    """

    digest: str
    roles: tuple[str, ...]
    by: str
    own: str = ""


@dataclass(frozen=True)
class Letter:
    """An e-mail, in plain text."""

    to: str
    subject: str
    text: str


def free(tx: Transaction) -> Deny | None:
    """Nothing stands against it."""
    return None


class Executor:
    """`settling` brings what was reserved to its end; `breakers` stop everything before the assistant does too much."""

    def __init__(
        self,
        gate: Gate,
        store: Store,
        writes: Writes,
        actions: Mapping[str, ActionKind],
        clock: Callable[[], datetime],
        grace: timedelta = timedelta(seconds=30),
        breakers: Breakers = NO_BREAKERS,
        notice: Notice | None = None,
    ):
        self.settling = Settling(store, writes, actions, clock, grace)
        self._gate, self._store, self._writes = gate, store, writes
        self._clock, self._breakers, self._notice = clock, breakers, notice

    def commit(
        self,
        action: Action,
        case: Case,
        approval: Approval | None = None,
        *,
        procedures: Collection[str] = (),
        unless: Callable[[Transaction], Deny | None] = free,
        then: Also = nothing,
    ) -> Result:
        """Facts again, policy again, reserve, act, receipt. A second call with the same key tells what happened.

        `procedures` are those that proposed it: when one of them is paused, nothing is done. `unless`: what must not be
        true of our own memory in the transaction that reserves. `then`: see `Settling`.
        """
        try:
            prepared = self._gate.prepare(action, case)
        except ConnectorError as error:
            return Unsure(f"the facts could not be read: {error}")
        if isinstance(prepared, Deny):
            return Stopped(prepared)
        with self._store.begin() as tx:
            effect = tx.ledger.effect(prepared.key)
            fresh, forgotten = effect is None, _forgotten(tx)
            paused = tx.pauses.on(scopes([action.name], procedures, case.ticket, str(case.customer or "")))
            if effect is None:
                judged = Paused(paused) if paused else self._free(prepared, case, approval, tx, unless)
                if not isinstance(judged, Effect):
                    return judged
                effect = judged
        halt = Paused(paused) if paused else None
        return self.settling.settle(effect, fresh=fresh, halt=halt, then=then, forgotten=forgotten)

    def say(
        self,
        ticket: Ref,
        text: str,
        *,
        public: bool,
        key: str,
        customer: str,
        freeze: bool = True,
        procedures: Collection[str] = (),
        then: Also = nothing,
        language: str = "",
    ) -> Result:
        """A reply, or a note among agents: also an effect, but for its words there is no rule.

        `freeze`: not on a ticket that people have taken, nor again when they took it after a first attempt. `then`: see
        `Settling`. The first reply of a conversation has the notice above it that an AI wrote it, in this `language`.
        """
        scope, frozen = scopes([], procedures, str(ticket), customer), str(ticket) if freeze else ""
        words = self._said(ticket, text, public=public, key=key, customer=customer)
        told = (lambda tx, effect: self._disclosed(tx, effect, ticket, language)) if public else None
        return self._once(words, lambda tx: _halt(tx, scope, frozen), then, first=told)

    def speak(
        self, ticket: Ref, text: str, *, public: bool, key: str, customer: str, by: str, then: Also = nothing
    ) -> Result:
        """What the person `by` wrote, where the ticket is theirs; `Frozen` where it is not, and nothing was sent. An
        effect like a reply of ours, but no pause stops it: pauses are for the assistant. `then`: see `Settling`."""

        def of_somebody_else(tx: Transaction) -> Frozen | None:
            owner = tx.tickets.owner(str(ticket))
            return None if owner == by else Frozen(owner)

        words = self._said(ticket, text, public=public, key=key, customer=customer)
        return self._once(replace(words, alone=False), of_somebody_else, then)

    def assign(self, ticket: Ref, *, group: str, assignee: str, key: str, customer: str) -> Result:
        """Who works on a ticket, at its help desk; "" sets nothing. Like a note it is among agents, so no rule
        speaks of it; no brain has a say in it either, since `desk.toml` names every id. Declined when somebody is
        assigned by now."""
        given = {name: id for name, id in (("group", group), ("assignee", assignee)) if id}
        scope = scopes([], [], str(ticket), customer)
        return self._once(self._words(ASSIGN, given, ticket, key, customer), lambda tx: _halt(tx, scope, str(ticket)))

    def alert(self, way: str, subject: str, text: str, *, key: str) -> Result:
        """Tell people of the company of something, by one of the ways that `desk.toml` names. No pause stops it: that
        something is the matter is said then most of all."""
        if way not in self._writes.alerts:
            return Declined(f"this desk has no way {way!r} to send alerts any more")
        words = self._words(ALERT, {"way": way, "subject": subject, "text": text}, None, key, "")
        return self._once(words, lambda tx: None)

    def send_code(self, ticket: Ref, letter: Letter, *, key: str, customer: str, then: Also = nothing) -> Result:
        """A letter with a one-time code, an effect like a reply: but the ledger keeps its key alone, neither its words
        nor its address. Whoever calls again with this key brings the same letter."""
        return self._mail(CODE, ticket, letter, key=key, customer=customer, then=then)

    def send_transcript(self, ticket: Ref, letter: Letter, *, key: str, customer: str) -> Result:
        """As `send_code`, for what was said in a conversation: its own customer may have it whoever has the ticket."""
        return self._mail(TRANSCRIPT, ticket, letter, key=key, customer=customer, freeze=False)

    def send_letter(self, ticket: Ref, letter: Letter, *, key: str, customer: str, then: Also = nothing) -> Result:
        """One e-mail about a conversation that has no other way to its customer; not on a ticket that people have. The
        ledger keeps neither its words nor its address. After a lost answer it is not sent again: only a person can find
        out whether it arrived."""
        lost = Recovery.PERSON
        return self._mail(LETTER, ticket, letter, key=key, customer=customer, then=then, lost=lost)

    def _mail(
        self,
        action: str,
        ticket: Ref,
        letter: Letter,
        *,
        key: str,
        customer: str,
        freeze: bool = True,
        then: Also = nothing,
        lost: Recovery = Recovery.REPEAT,
    ) -> Result:
        """`lost`: what to do when its answer was; by default the same letter again is harmless."""
        mail = self._writes.mail
        if mail is None:
            return Declined("no way to send a letter is set up")
        scope, frozen = scopes([], [], str(ticket), customer), str(ticket) if freeze else ""
        deed = Deed(lambda: mail.send(letter.to, letter.subject, letter.text, key=key), lambda: None, lost)
        words = self._words(action, {}, ticket, key, customer)
        return self._once(words, lambda tx: _halt(tx, scope, frozen), then, deed)

    def _once(
        self,
        words: Effect,
        halted: Callable[[Transaction], Paused | Frozen | None],
        then: Also = nothing,
        deed: Deed | None = None,
        first: Callable[[Transaction, Effect], Effect] | None = None,
    ) -> Result:
        """Reserve it unless something halts it, and bring it to its end; what was reserved under its key goes on."""
        with self._store.begin() as tx:
            effect = tx.ledger.effect(words.key)
            fresh, halt, forgotten = effect is None, halted(tx), _forgotten(tx)
            if effect is None:
                if halt:
                    return halt
                effect = self._reserve(first(tx, words) if first else words, tx)
        return self.settling.settle(effect, fresh=fresh, halt=halt, then=then, deed=deed, forgotten=forgotten)

    def _disclosed(self, tx: Transaction, effect: Effect, ticket: Ref, language: str) -> Effect:
        """With the notice, unless an earlier reply of this conversation had it. Said in the transaction that reserves:
        no reply is ever reserved before its notice."""
        if self._notice is None or tx.journal.of_ticket(effect.ticket, [GIVEN]):
            return effect
        text, told = self._notice.above(effect.args["text"], ticket, language)
        tx.journal.append(GIVEN, effect.ticket, {"key": effect.key, **told}, effect.at)
        return replace(effect, args={**effect.args, "text": text})

    def _free(
        self,
        prepared: Prepared,
        case: Case,
        approval: Approval | None,
        tx: Transaction,
        unless: Callable[[Transaction], Deny | None],
    ) -> Effect | Result:
        merging = prepared.kind.name == MERGE
        refused = unless(tx) or (no_merge(prepared.seen, case, tx) if merging else None)
        return Stopped(refused) if refused else self._judge(prepared, case, approval, tx)

    def _judge(self, prepared: Prepared, case: Case, approval: Approval | None, tx: Transaction) -> Effect | Result:
        owner = tx.tickets.owner(case.ticket)
        if owner != ASSISTANT and not case.agent:
            return Frozen(owner)
        if not self._gate.unchanged(prepared, case, tx):
            return Unsure("another change to the same object is under way, or was just made")
        if approval:
            decision = self._gate.decide(prepared, case, tx, approval.roles, approval.own)
        else:
            decision = self._gate.decide(prepared, case, tx)
        by = approval.by if approval else case.agent or ASSISTANT
        line = {**record(decision), "key": prepared.key, "by": by}
        tx.journal.append("policy.decided", case.ticket, line, case.now)
        if not isinstance(decision.verdict, Allow):
            return Stopped(decision.verdict)
        if approval and approval.digest != self._gate.proposal(prepared, decision, case).digest:
            return Changed(self._gate.proposal(prepared, self._gate.decide(prepared, case, tx), case))
        money = prepared.kind.money(prepared.args)
        alone = approval is None and not case.agent
        if alone and (paused := self._break(money, case.ticket, tx)):
            return Paused(paused)
        effect = Effect(
            key=prepared.key,
            ticket=case.ticket,
            customer=str(case.customer or ""),
            action=prepared.kind.name,
            subject=prepared.subject,
            args=prepared.args,
            amount=money,
            alone=alone,
            state=EffectState.RESERVED,
            at=case.now,
        )
        return self._reserve(effect, tx)

    def _break(self, money: Money | None, ticket: str, tx: Transaction) -> Pause | None:
        """Pause the whole desk when this action would be one too many."""
        now, reset = self._clock(), tx.pauses.reset_at()
        minute, day = (max(now - span, reset) if reset else now - span for span in (MINUTE, DAY))
        capped = money is not None and money.currency in self._breakers.per_day
        moved = tx.ledger.desk_alone(money.currency, (day, now - MONTH), but="")[0] if money and capped else 0
        lately = tx.ledger.acts_alone(minute) if self._breakers.per_minute is not None else 0
        why = tripped(self._breakers, lately=lately, moved=moved, next_amount=money)
        if not why:
            return None
        pause = Pause(DESK, BREAKER, why, now)
        tx.pauses.put(pause)
        tx.journal.append("desk.paused", ticket, {"scope": DESK, "by": BREAKER, "why": why}, now)
        return pause

    def _said(self, ticket: Ref, text: str, *, public: bool, key: str, customer: str) -> Effect:
        args = {"text": text, "public": "yes" if public else "no"}
        return self._words("reply" if public else "note", args, ticket, key, customer)

    def _words(self, action: str, args: Mapping[str, str], ticket: Ref | None, key: str, customer: str) -> Effect:
        return Effect(
            key=key,
            ticket=str(ticket or ""),
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
        tx.journal.append("effect.reserved", effect.ticket, told(effect), effect.at)
        return effect


def _forgotten(tx: Transaction) -> Forgotten | None:
    """What may have been done that our own memory does not hold any more; None on a desk that was never put back."""
    line = tx.journal.newest(RESTORED)
    if line is None:
        return None
    resumed = (one for one in tx.journal.behind(line.seq, [RESUMED], 100) if one.body["scope"] == DESK)
    lifted = next(resumed, None)
    return Forgotten(line.at, lifted.at + DAY if lifted else None)


def _halt(tx: Transaction, scopes: Collection[str], ticket: str) -> Paused | Frozen | None:
    """Why nothing may be sent now, on this ticket where one is named."""
    if paused := tx.pauses.on(scopes):
        return Paused(paused)
    owner = tx.tickets.owner(ticket) if ticket else ASSISTANT
    return None if owner == ASSISTANT else Frozen(owner)
