"""The ledger of effects: a key is reserved once, and settled once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from deskhand.domain.action import Action
from deskhand.domain.effect import WORDS, Effect, EffectState, Past
from deskhand.domain.money import Money
from deskhand.infrastructure.storage.database import add_once
from deskhand.infrastructure.storage.tables.effects import effect as table

OPEN = (EffectState.RESERVED.value, EffectState.UNCONFIRMED.value)
WANTED: sa.BindParameter[str] = sa.bindparam("wanted")
BY_KEY = sa.select(table).where(table.c.key == WANTED)  # made once: asked at every step
OF_TICKET = sa.select(table).where(table.c.ticket == WANTED).order_by(table.c.at, table.c.key)
COUNTED = (*OPEN, EffectState.DONE.value)
LEFT_OUT: sa.BindParameter[str] = sa.bindparam("but")
MOVES_MONEY_OF = sa.and_(table.c.customer == sa.bindparam("payer"), table.c.minor.is_not(None))
ON_SUBJECT = sa.select(table.c.key, table.c.state).where(
    sa.or_(table.c.subject == WANTED, MOVES_MONEY_OF), table.c.key != LEFT_OUT
)
IN_DAY = table.c.at >= sa.bindparam("day")
IN_CURRENCY = table.c.currency == sa.bindparam("in_currency")
OF_ACTION = table.c.action == sa.bindparam("of_action")
LATELY = (table.c.at >= sa.bindparam("month"), table.c.state.in_(COUNTED), table.c.key != LEFT_OUT)


def _sum(*which: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(table.c.minor).filter(*which), 0)


PAST = sa.select(
    _sum(IN_CURRENCY, table.c.alone, IN_DAY),
    _sum(IN_CURRENCY, table.c.alone),
    _sum(IN_CURRENCY, IN_DAY),
    _sum(IN_CURRENCY),
    sa.func.count().filter(OF_ACTION, IN_DAY),
    sa.func.count().filter(OF_ACTION),
).where(table.c.customer == WANTED, *LATELY)
DESK_ALONE = sa.select(_sum(IN_DAY), _sum(sa.true())).where(IN_CURRENCY, table.c.alone, *LATELY)
ACTS_ALONE = (
    sa.select(sa.func.count())
    .select_from(table)
    .where(table.c.at >= sa.bindparam("since"), table.c.alone, table.c.action.not_in(WORDS))
    .where(table.c.state.in_(COUNTED))
)
SETTLED = (
    sa.update(table)
    .where(table.c.key == WANTED, table.c.state.in_(OPEN))
    .values({name: sa.bindparam(f"new_{name}") for name in ("state", "receipt", "reason")})
)


class SqlLedger:
    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def effect(self, key: str) -> Effect | None:
        row = self.connection.execute(BY_KEY, {"wanted": key}).one_or_none()
        return None if row is None else _effect(row)

    def on(self, subject: str, payer: str | None, but: str) -> dict[str, EffectState]:
        others = self.connection.execute(ON_SUBJECT, {"wanted": subject, "payer": payer, "but": but})
        return {key: EffectState(state) for key, state in others}

    def past(self, customer: str, action: str, currency: str, since: tuple[datetime, datetime], but: str) -> Past:
        day, month = since
        asked = {"wanted": customer, "of_action": action, "in_currency": currency, "day": day, "month": month}
        return Past(*map(int, self.connection.execute(PAST, asked | {"but": but}).one()))

    def desk_alone(self, currency: str, since: tuple[datetime, datetime], but: str) -> tuple[int, int]:
        asked = {"in_currency": currency, "day": since[0], "month": since[1], "but": but}
        day, month = self.connection.execute(DESK_ALONE, asked).one()
        return int(day), int(month)

    def acts_alone(self, since: datetime) -> int:
        return int(self.connection.execute(ACTS_ALONE, {"since": since}).scalar_one())

    def free_key(self, key: str, sets: Action | None = None) -> str:
        free, ordinal = key, 1
        while (known := self.effect(free)) and self._passed(known, f"{key}/{ordinal + 1}", sets):
            ordinal += 1
            free = f"{key}/{ordinal}"
        return free

    def _passed(self, known: Effect, following: str, sets: Action | None) -> bool:
        """Whether what was done under this key is not so any more."""
        if known.state is EffectState.UNDONE or sets is None:
            return known.state is EffectState.UNDONE
        same = known.action == sets.name and dict(known.args) == dict(sets.args)
        return not same or self.effect(following) is not None

    def undone(self, key: str, by: str) -> None:
        told = {"state": EffectState.UNDONE.value, "reason": by}
        done = sa.update(table).where(table.c.key == key, table.c.state == EffectState.DONE.value)
        self.connection.execute(done.values(told))

    def reserve(self, effect: Effect) -> bool:
        return add_once(self.connection, table, _row(effect), unless=["key"])

    def settle(self, effect: Effect) -> None:
        """Again with the same state is harmless, since a step may be repeated. ValueError for another one."""
        told = {"new_state": effect.state.value, "new_receipt": effect.receipt, "new_reason": effect.reason}
        if self.connection.execute(SETTLED, {"wanted": effect.key, **told}).rowcount:
            return
        known = self.effect(effect.key)
        if known is None or known.state is not effect.state:
            raise ValueError(f"{effect.key} is {known.state if known else 'not reserved'}: it cannot be {effect.state}")

    def of_ticket(self, ticket: str) -> Sequence[Effect]:
        return [_effect(row) for row in self.connection.execute(OF_TICKET, {"wanted": ticket})]

    def unsettled(self, before: datetime) -> Sequence[Effect]:
        return self._all(table.c.state.in_(OPEN), table.c.at < before)

    def since(self, at: datetime) -> Sequence[Effect]:
        return self._all(table.c.at >= at)

    def _all(self, *which: sa.ColumnElement[bool]) -> list[Effect]:
        rows = self.connection.execute(sa.select(table).where(*which).order_by(table.c.at, table.c.key))
        return [_effect(row) for row in rows]


def _row(effect: Effect) -> dict[str, object]:
    return {
        "key": effect.key,
        "ticket": effect.ticket,
        "customer": effect.customer,
        "action": effect.action,
        "subject": effect.subject,
        "args": effect.args,
        "minor": effect.amount.minor if effect.amount else None,
        "currency": effect.amount.currency if effect.amount else None,
        "alone": effect.alone,
        "state": effect.state.value,
        "at": effect.at,
        "receipt": effect.receipt,
        "reason": effect.reason,
    }


def _effect(row: sa.Row[Any]) -> Effect:
    fields = dict(row._mapping)
    minor, currency = fields.pop("minor"), fields.pop("currency")
    amount = None if minor is None else Money(minor, currency)
    return Effect(**fields | {"amount": amount, "state": EffectState(fields["state"])})
