"""Replies in conversations that we host: out by the channel's own way, exactly once, then into our own store."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from deskhand.domain.action import Receipt
from deskhand.domain.errors import ConnectorError, Invalid, Unconfirmed
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Priority, Requester, Status
from deskhand.ports.threads import Threads
from deskhand.ports.writes import Outlet, TicketWriter

HOUR = timedelta(hours=1)


class ChannelWriter:
    """See `ports.writes.TicketWriter`. `outlets` by channel; what has none is only kept, for who comes to read it.

    Before the one request that may send, our own store notes that it may have been sent. So where no such note is,
    surely nothing was; where there is one, the channel is asked; and what it cannot tell is a person's to find out.
    """

    def __init__(
        self, threads: Threads, inner: TicketWriter, outlets: Mapping[str, Outlet], clock: Callable[[], datetime]
    ):
        self._threads, self._inner, self._outlets, self._clock = threads, inner, outlets, clock
        self.system = threads.system

    def reply(self, ticket: Ref, text: str, *, public: bool, key: str) -> Receipt:
        channel, letter = self._threads.outgoing(ticket, text, key)
        outlet = self._outlets.get(channel)
        if not public or outlet is None:
            return self._inner.reply(ticket, text, public=public, key=key)
        if done := self._threads.find_effect(ticket, key=key):
            return done
        if begun := self._threads.sending(ticket, key):
            letter = begun[1]
        most = outlet.most_an_hour
        if most is not None and self._threads.replies_since(ticket, self._clock() - HOUR) >= most:
            raise Invalid(f"{most} replies within an hour in one conversation are a loop: this one was not sent")
        try:
            outer = outlet.send(letter, lambda: self._threads.begin_sending(letter))
        except Unconfirmed:
            raise
        except ConnectorError:
            self._threads.not_sent(key)
            raise
        return self._threads.sent(ticket, text, public=True, key=key, outer=outer)

    def find_effect(self, ticket: Ref, *, key: str) -> Receipt | None:
        if done := self._threads.find_effect(ticket, key=key):
            return done
        begun = self._threads.sending(ticket, key)
        if begun is None:
            return None
        channel, letter = begun
        outlet = self._outlets.get(channel)
        if outlet is None:
            raise Unconfirmed(key, f"this desk has no channel {channel!r} any more")
        outer = outlet.find(letter)
        return None if outer is None else self._threads.sent(ticket, letter.text, public=True, key=key, outer=outer)

    def create_ticket(self, requester: Requester, subject: str, text: str, *, public: bool, key: str) -> Receipt:
        return self._inner.create_ticket(requester, subject, text, public=public, key=key)

    def find_ticket(self, *, key: str) -> Receipt | None:
        return self._inner.find_ticket(key=key)

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
        return self._inner.update_ticket(
            ticket,
            key=key,
            status=status,
            priority=priority,
            group=group,
            assignee=assignee,
            fields=fields,
            if_free=if_free,
        )

    def add_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        return self._inner.add_tags(ticket, tags, key=key)

    def remove_tags(self, ticket: Ref, tags: Collection[str], *, key: str) -> Receipt:
        return self._inner.remove_tags(ticket, tags, key=key)

    def merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt:
        return self._inner.merge(duplicate, into, key=key)

    def find_merge(self, duplicate: Ref, into: Ref, *, key: str) -> Receipt | None:
        return self._inner.find_merge(duplicate, into, key=key)
