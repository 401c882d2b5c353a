"""Brings a reserved effect to its end: act, look when the answer is lost, receipt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from deskhand.domain.action import Receipt, is_private
from deskhand.domain.digest import digest
from deskhand.domain.effect import ALERT, ASSIGN, LETTERS, WORDS, Effect, EffectState, Forgotten
from deskhand.domain.errors import ConnectorError, Down, Invalid, Missing, Unconfirmed
from deskhand.domain.merging import MERGE
from deskhand.domain.ref import Ref
from deskhand.execution.doors import Writes
from deskhand.execution.kind import ActionKind, Recovery
from deskhand.execution.merging import note_merged
from deskhand.execution.results import Declined, Done, Frozen, Paused, Result, Unsure
from deskhand.ports.store import Store, Transaction

Also = Callable[[Transaction], None]


def nothing(tx: Transaction) -> None:
    """Nothing more to write."""


@dataclass(frozen=True)
class Deed:
    """How one effect is done and found again, with its arguments as they were reserved."""

    act: Callable[[], Receipt]
    find: Callable[[], Receipt | None]
    recovery: Recovery

    @property
    def findable(self) -> bool:
        """Whether `find` is proof: None means that it did not happen, once it can no longer be on its way."""
        return self.recovery in (Recovery.KEYED, Recovery.LOOK)


class Settling:
    """`grace`: how long a request whose answer was lost may still be on its way; until then absence proves nothing."""

    def __init__(
        self,
        store: Store,
        writes: Writes,
        actions: Mapping[str, ActionKind],
        clock: Callable[[], datetime],
        grace: timedelta,
    ):
        self._store, self._writes, self._actions, self._clock, self._grace = store, writes, actions, clock, grace

    def deed(self, effect: Effect) -> Deed:
        """KeyError when this version knows the effect's action no more."""
        args, key = effect.args, effect.key
        if effect.action in LETTERS:
            return Deed(_words_not_kept, _words_not_kept, Recovery.PERSON)
        if effect.action == ALERT:
            way = self._writes.alerts[args["way"]]
            return Deed(
                lambda: way.send(args["subject"], args["text"], key=key),
                lambda: way.find(key=key),
                Recovery.LOOK if way.findable else Recovery.PERSON,
            )
        if effect.action in WORDS:
            ticket = Ref.parse(effect.ticket)
            writer = self._writes.tickets[ticket.system]
            if effect.action == ASSIGN:
                group, person = args.get("group"), args.get("assignee")
                return Deed(
                    lambda: writer.update_ticket(ticket, group=group, assignee=person, key=key, if_free=True),
                    lambda: writer.find_effect(ticket, key=key),
                    Recovery.LOOK,
                )
            return Deed(
                lambda: writer.reply(ticket, args["text"], public=args["public"] == "yes", key=key),
                lambda: writer.find_effect(ticket, key=key),
                Recovery.LOOK,
            )
        kind = self._actions[effect.action]
        return Deed(
            lambda: kind.act(args, self._writes, key), lambda: kind.find(args, self._writes, key), kind.recovery
        )

    def settle(
        self,
        effect: Effect,
        *,
        fresh: bool,
        halt: Paused | Frozen | None = None,
        then: Also = nothing,
        deed: Deed | None = None,
        forgotten: Forgotten | None = None,
    ) -> Result:
        """`fresh`: it was reserved just now, so nothing was sent before, unless it was `forgotten`: then it is looked
        for first, and what nobody can look for is a person's to find out. `halt`: look, and send nothing; what is not
        there when people have the ticket never will be. `deed`: instead of the one of the ledger's own arguments.

        `then` is written in the transaction that says it was done, and again when it was done before.
        """
        match effect.state:
            case EffectState.DONE | EffectState.UNDONE:
                assert effect.receipt is not None
                with self._store.begin() as tx:
                    then(tx)
                return Done(effect.receipt)
            case EffectState.DECLINED:
                return Declined(effect.reason)
            case EffectState.RESERVED | EffectState.UNCONFIRMED:
                return self._end(effect, deed or self.deed(effect), fresh, halt, then, forgotten)
            case unexpected:
                assert_never(unexpected)

    def found(self, effect: Effect) -> Receipt | None:
        """Ask their side. None when it is not there; a `ConnectorError` when nobody can tell."""
        deed = self.deed(effect)
        if not deed.findable:
            raise Unconfirmed(effect.key, "only a person can find out whether this happened")
        return _look(deed)

    def write(self, effect: Effect, then: Also = nothing, **more: str) -> None:
        """The new state of an open effect, with its journal line."""
        now = self._clock()
        with self._store.begin(settles=True) as tx:
            tx.ledger.settle(effect)
            tx.journal.append(f"effect.{effect.state}", effect.ticket, told(effect) | more, now)
            if effect.action == MERGE and effect.state is EffectState.DONE:
                note_merged(tx, effect, now)
            if not tx.forgotten:
                then(tx)

    def _end(
        self,
        effect: Effect,
        deed: Deed,
        fresh: bool,
        halt: Paused | Frozen | None,
        then: Also,
        forgotten: Forgotten | None,
    ) -> Result:
        try:
            if fresh and forgotten:
                tried = self._perhaps_again(effect, deed, forgotten)
            else:
                tried = self._tried(effect, deed, fresh, halt)
        except (Missing, Invalid) as error:
            self.write(replace(effect, state=EffectState.DECLINED, reason=str(error)))
            return Declined(str(error))
        except (Unconfirmed, Down) as error:
            self.write(replace(effect, state=EffectState.UNCONFIRMED, reason=str(error)))
            return Unsure(f"no answer: {error}")
        except ConnectorError as error:
            if (
                fresh and deed.recovery is Recovery.PERSON
            ):  # surely not sent; later nobody could tell it from a lost one
                self.write(replace(effect, state=EffectState.DECLINED, reason=f"not sent: {error}"))
                return Declined(f"not sent: {error}")
            return Unsure(f"not reached: {error}")
        if isinstance(tried, Frozen):
            self.write(replace(effect, state=EffectState.DECLINED, reason=f"not sent: {tried.owner} has the ticket"))
        if not isinstance(tried, Receipt):
            return tried
        self.write(replace(effect, state=EffectState.DONE, receipt=tried), then)
        return Done(tried)

    def _tried(self, effect: Effect, deed: Deed, fresh: bool, halt: Paused | Frozen | None) -> Receipt | Result:
        if fresh:
            return _once(deed)
        if receipt := _look(deed):
            return receipt
        if isinstance(halt, Paused):
            return halt
        if deed.recovery is Recovery.PERSON:
            return Unsure("a former attempt got no answer, and only a person can find out what became of it")
        if deed.recovery is Recovery.LOOK and self._clock() - effect.at < self._grace:
            return Unsure("a former attempt may still be on its way")
        return halt or _once(deed)

    def _perhaps_again(self, effect: Effect, deed: Deed, forgotten: Forgotten) -> Receipt | Result:
        """It may have been done before a backup was put back. Keys of what agents write are new with each click, and an
        alert too many is better than none."""
        if effect.by_agent or effect.action == ALERT:
            return _once(deed)
        if receipt := _look(deed):
            return receipt
        now = self._clock()
        own = effect.action == "reply" and Ref.parse(effect.ticket).system == self._writes.hosted
        if (deed.recovery is Recovery.PERSON or own) and (forgotten.until is None or now < forgotten.until):
            return Unsure("a backup was put back, and only a person can find out whether this was done before")
        if deed.recovery is Recovery.LOOK and now - forgotten.at < self._grace:
            return Unsure("what was sent before the backup was put back may still be on its way")
        return _once(deed)


def _words_not_kept() -> Receipt:
    raise AssertionError("the words of this letter are not kept")


def _once(deed: Deed) -> Receipt:
    """Look after a lost answer; still unknown is for the caller to bring again."""
    try:
        return deed.act()
    except (Unconfirmed, Down):
        if receipt := _look(deed):
            return receipt
        raise


def _look(deed: Deed) -> Receipt | None:
    """Whoever cannot be asked has not said no: a failed look leaves the effect open, whatever the failure."""
    if not deed.findable:
        return None
    try:
        return deed.find()
    except ConnectorError as error:
        raise Down(f"could not look: {error}") from error


def told(effect: Effect) -> dict[str, object]:
    """For the journal, without anybody's words and personal values: of a text it keeps a fingerprint."""
    args = {k: v for k, v in effect.args.items() if not is_private(k)}
    told: dict[str, object] = {"key": effect.key, "action": effect.action, "args": args, "state": str(effect.state)}
    told["alone"] = effect.alone
    if "text" in effect.args:
        told["text_sha256"] = digest(effect.args["text"])
    if effect.receipt:
        told["receipt"] = effect.receipt.id
        told["system"] = effect.receipt.system
    return told | ({"reason": effect.reason} if effect.reason else {})
