"""One-time codes, the attempts at them, and what they and our other rows tell of accounts that were taken over."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from deskhand.domain.effect import EffectState
from deskhand.domain.one_time_code import Attempt, CodeState, IssuedCode, Presented
from deskhand.domain.takeover import CONTACT_ACTIONS, CONTACT_CHANGED, FOREIGN_CODE, SEVERAL_CUSTOMERS, WRONG_CODES
from deskhand.infrastructure.storage.database import add_once
from deskhand.infrastructure.storage.tables.customers import identity_attempt as attempts
from deskhand.infrastructure.storage.tables.customers import identity_code as codes
from deskhand.infrastructure.storage.tables.effects import effect
from deskhand.infrastructure.storage.tables.tickets import result
from deskhand.infrastructure.storage.tables.tickets import ticket as tickets

CODE = [codes.c[field.name] for field in fields(IssuedCode)]
ATTEMPT = [attempts.c[field.name] for field in fields(Attempt)]
MOST = 500  # codes of other tickets that a number is held against
FAILED = {Presented.SPENT.value: WRONG_CODES, Presented.FOREIGN.value: FOREIGN_CODE}

# Made once: these are asked at every decision.
ON: sa.BindParameter[str] = sa.bindparam("on")
WHOSE: sa.BindParameter[str] = sa.bindparam("whose")
SINCE: sa.BindParameter[datetime] = sa.bindparam("since")
GONE_WRONG = sa.select(attempts.c.outcome).where(attempts.c.outcome.in_(FAILED), attempts.c.at > SINCE)
THEIRS = sa.select(codes.c.key).where(codes.c.customer == WHOSE)
ANOTHERS = sa.exists().where(result.c.ticket == ON, result.c.customer.not_in(["", WHOSE]))
MOVED = sa.exists().where(
    effect.c.customer == WHOSE,
    effect.c.action.in_(CONTACT_ACTIONS),
    effect.c.state != EffectState.DECLINED.value,
    effect.c.at > SINCE,
)
SIGNALS_OF_TICKET = GONE_WRONG.where(attempts.c.ticket == ON)
# Failures on this ticket, at a code of this customer on any, and with one of theirs where it does not belong.
SIGNALS_OF_CUSTOMER = sa.union_all(
    GONE_WRONG.where((attempts.c.ticket == ON) | (attempts.c.customer == WHOSE) | attempts.c.code.in_(THEIRS)),
    sa.select(sa.literal(SEVERAL_CUSTOMERS)).where(ANOTHERS),
    sa.select(sa.literal(CONTACT_CHANGED)).where(MOVED),
)


class SqlIdentities:
    """See `ports.store.Identities`."""

    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def issue(self, code: IssuedCode) -> None:
        others = sa.update(codes).where(codes.c.ticket == code.ticket, codes.c.state == CodeState.OPEN.value)
        self.connection.execute(others.values(state=CodeState.REPLACED.value))
        row = {column.name: getattr(code, column.name) for column in CODE}
        self.connection.execute(sa.insert(codes).values(row | {"state": code.state.value}))

    def code(self, key: str) -> IssuedCode | None:
        return self._code(sa.select(*CODE).where(codes.c.key == key))

    def latest(self, ticket: str) -> IssuedCode | None:
        return self._code(sa.select(*CODE).where(codes.c.ticket == ticket).order_by(codes.c.number.desc()).limit(1))

    def first(self, ticket: str) -> IssuedCode | None:
        return self._code(sa.select(*CODE).where(codes.c.ticket == ticket).order_by(codes.c.number).limit(1))

    def issued(self, ticket: str, customer: str, since: datetime) -> int:
        whose = [codes.c.ticket == ticket, *([codes.c.customer == customer] if customer else [])]
        counted = [sa.select(sa.func.count()).where(one, codes.c.issued_at > since) for one in whose]
        return max(self.connection.scalar(one) or 0 for one in counted)

    def elsewhere(self, ticket: str, at: datetime) -> Sequence[IssuedCode]:
        waiting = codes.c.state == CodeState.OPEN.value, codes.c.expires_at > at, codes.c.ticket != ticket
        rows = self.connection.execute(sa.select(*CODE).where(*waiting).order_by(codes.c.number.desc()).limit(MOST))
        return [_code(row) for row in rows]

    def sent(self, key: str, at: datetime) -> bool:
        fresh = sa.update(codes).where(codes.c.key == key, codes.c.sent_at.is_(None)).values(sent_at=at)
        return self.connection.execute(fresh).rowcount == 1

    def note(self, attempt: Attempt, code: IssuedCode | None) -> None:
        row = {column.name: getattr(attempt, column.name) for column in ATTEMPT} | {"outcome": attempt.outcome.value}
        fresh = add_once(self.connection, attempts, row)
        assert fresh, "each message is judged once"
        if code:
            standing = sa.update(codes).where(codes.c.key == code.key)
            self.connection.execute(standing.values(tries=code.tries, state=code.state.value))

    def attempt(self, ticket: str, message: str) -> Attempt | None:
        asked = sa.select(*ATTEMPT).where(attempts.c.ticket == ticket, attempts.c.message == message)
        row = self.connection.execute(asked).one_or_none()
        return None if row is None else Attempt(**{**row._mapping, "outcome": Presented(row.outcome)})

    def proven(self, ticket: str, customer: str, message: str, at: datetime) -> bool:
        return self.proven_at(ticket, customer, message, at) is not None

    def proven_at(self, ticket: str, customer: str, message: str, at: datetime) -> datetime | None:
        mine = attempts.c.ticket == ticket, attempts.c.customer == customer
        yes = attempts.c.outcome == Presented.PROVEN.value
        then = sa.and_(attempts.c.at <= at, attempts.c.until > at)
        held = sa.select(attempts.c.at).where(*mine, yes, sa.or_(attempts.c.message == message, then))
        found: datetime | None = self.connection.scalar(held.order_by(attempts.c.at.desc()).limit(1))
        return found if customer else None

    def proofs_elsewhere(self, ticket: str, customer: str, at: datetime) -> Sequence[tuple[str, bool]]:
        theirs = attempts.c.customer == customer, attempts.c.ticket != ticket
        held = attempts.c.outcome == Presented.PROVEN.value, attempts.c.at <= at, attempts.c.until > at
        message = sa.and_(result.c.ticket == attempts.c.ticket, result.c.message == attempts.c.message)
        told = sa.select(tickets.c.channel, result.c.verified).select_from(attempts).join(result, message)
        asked = told.join(tickets, tickets.c.ticket == attempts.c.ticket).where(*theirs, *held)
        return [(channel, attested) for channel, attested in self.connection.execute(asked)] if customer else []

    def signals(self, ticket: str, customer: str, since: datetime) -> Sequence[str]:
        asked = SIGNALS_OF_CUSTOMER if customer else SIGNALS_OF_TICKET
        told = self.connection.scalars(asked, {"on": ticket, "whose": customer, "since": since})
        return sorted({FAILED.get(one, one) for one in told})

    def _code(self, asked: sa.Select[Any]) -> IssuedCode | None:
        row = self.connection.execute(asked).one_or_none()
        return None if row is None else _code(row)


def _code(row: sa.Row[Any]) -> IssuedCode:
    return IssuedCode(**{**row._mapping, "state": CodeState(row.state)})
