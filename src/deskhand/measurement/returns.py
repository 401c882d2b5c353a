"""Whether a customer came back to a ticket: what they wrote within its window, there or elsewhere."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


class Left(Protocol):
    """A ticket that a customer may come back to."""

    @property
    def ticket(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def customers(self) -> Collection[str]: ...
    @property
    def procedures(self) -> Collection[str]: ...
    @property
    def objects(self) -> Collection[str]: ...
    @property
    def closed_at(self) -> datetime | None: ...
    @property
    def followed_up_at(self) -> datetime | None: ...
    @property
    def came_back_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Contact:
    """A message of a customer, once we know what it is about. `unknown`: something in it fits no procedure."""

    ticket: str
    number: int
    at: datetime
    customer: str
    procedures: frozenset[str]
    objects: frozenset[str]
    unknown: bool
    thanks: bool

    def of(self, left: Left) -> bool:
        return (self.ticket, self.number) == (left.ticket, left.number)

    def same_issue(self, closed: Left) -> bool:
        """In doubt it is the same. Thanks and a clearly different subject are not."""
        if self.thanks:
            return False
        if self.unknown or not self.procedures or not closed.procedures:
            return True
        return not self.procedures.isdisjoint(closed.procedures) or not self.objects.isdisjoint(closed.objects)


@dataclass(frozen=True)
class Returns:
    """`recontacted_at`: on the same issue; `wrote_at`: on whatever; `back_at`: after our follow-up. Each the first
    within the window."""

    recontacted_at: datetime | None
    wrote_at: datetime | None
    back_at: datetime | None


class Places:
    """Contacts by where they count: at their ticket, and at whoever wrote."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self._by_place: dict[str, list[Contact]] = defaultdict(list)
        for one in sorted(contacts, key=lambda contact: contact.at):
            self._by_place[one.ticket].append(one)
            if one.customer:
                self._by_place[one.customer].append(one)
        self._times = {place: [one.at for one in found] for place, found in self._by_place.items()}

    def returns(self, left: Left, window: timedelta) -> Returns:
        others = [one for one in self._between(left, left.closed_at, window) if not one.of(left)]
        again = [one.at for one in others if one.same_issue(left)]
        again += [left.came_back_at] if left.came_back_at else []
        back = self._between(left, left.followed_up_at, window)
        return Returns(
            recontacted_at=min(again, default=None),
            wrote_at=min((one.at for one in others), default=None),
            back_at=min((one.at for one in back if one.of(left) or one.same_issue(left)), default=None),
        )

    def _between(self, left: Left, since: datetime | None, window: timedelta) -> list[Contact]:
        """From then on until the window ends."""
        if since is None:
            return []
        found: list[Contact] = []
        for place in (left.ticket, *sorted(left.customers)):
            known = self._times.get(place, [])
            found += (
                self._by_place[place][bisect_left(known, since) : bisect_left(known, since + window)] if known else ()
            )
        return found
