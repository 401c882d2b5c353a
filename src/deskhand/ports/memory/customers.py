"""Customers as our memory has them: proofs, links, contacts that we begin, visits, restrictions."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from deskhand.domain.link import Bond, Link
from deskhand.domain.one_time_code import Attempt, IssuedCode
from deskhand.domain.outreach import Contact, ContactState, OptOut
from deskhand.domain.ref import Ref
from deskhand.domain.survey import Answered
from deskhand.domain.visit import Rating, SentFile


class Identities(Protocol):
    """One-time codes, what came back, and what of our own memory speaks of an account that was taken over."""

    def issue(self, code: IssuedCode) -> None:
        """Every other code that is open on its ticket is replaced by it."""
        ...

    def code(self, key: str) -> IssuedCode | None: ...

    def latest(self, ticket: str) -> IssuedCode | None: ...

    def first(self, ticket: str) -> IssuedCode | None: ...

    def issued(self, ticket: str, customer: str, since: datetime) -> int:
        """How many since then, on this ticket or for this customer, whichever is more."""
        ...

    def elsewhere(self, ticket: str, at: datetime) -> Sequence[IssuedCode]:
        """Those that are open on other tickets, newest first, a few hundred at most."""
        ...

    def sent(self, key: str, at: datetime) -> bool:
        """Note that it was; False when that was noted before."""
        ...

    def note(self, attempt: Attempt, code: IssuedCode | None) -> None:
        """Keep what a message's numbers were, and how the code of its ticket stands after it."""
        ...

    def attempt(self, ticket: str, message: str) -> Attempt | None: ...

    def proven(self, ticket: str, customer: str, message: str, at: datetime) -> bool:
        """Whether this message proved who wrote it, or came while an earlier proof on this ticket held."""
        ...

    def proven_at(self, ticket: str, customer: str, message: str, at: datetime) -> datetime | None:
        """When that proof came; None where there is none."""
        ...

    def proofs_elsewhere(self, ticket: str, customer: str, at: datetime) -> Sequence[tuple[str, bool]]:
        """Of the proofs of this customer on other tickets that hold at this time: the channel, and whether that
        vouched for the customer by itself."""
        ...

    def signals(self, ticket: str, customer: str, since: datetime) -> Sequence[str]:
        """Names of `domain/takeover.py`, sorted."""
        ...


class Links(Protocol):
    """What agents said of records that may or may not be one person."""

    def add(self, bond: Bond, keep: Ref, other: Ref, *, by: str, why: str, at: datetime) -> int:
        """Its number."""
        ...

    def undo(self, number: int, *, by: str, at: datetime) -> bool:
        """False when there is none that stands."""
        ...

    def among(self, refs: Collection[Ref]) -> Sequence[Link]:
        """Those that stand and join or part two of these records."""
        ...

    def every(self) -> Sequence[Link]:
        """All of them, those that were taken back too, oldest first."""
        ...


class Contacts(Protocol):
    """Contacts that we begin ourselves, and who has opted out of them. Customers are `Ref`s as text."""

    def file(self, contact: Contact) -> bool:
        """False when there is one with this key: nothing was written."""
        ...

    def get(self, key: str) -> Contact | None: ...

    def known(self, family: str, origin: str) -> Contact | None:
        """The contact of this family that was filed for this `Noticed.origin`."""
        ...

    def waiting(self, families: Collection[str]) -> Sequence[Contact]:
        """The open ones of these families, oldest first."""
        ...

    def every(self) -> Sequence[Contact]: ...

    def told(self, customers: Collection[str], since: datetime) -> Sequence[Contact]:
        """What these customers were written to about since then."""
        ...

    def settle(self, key: str, state: ContactState, why: str, at: datetime, ticket: str = "") -> bool:
        """From open or suggested to another state; False when it has another one already."""
        ...

    def wait(self, key: str, why: str) -> bool:
        """Why it is still open; False when that is what was said before, or it is not open any more."""
        ...

    def looked_again(self, key: str, solved: bool) -> None: ...

    def sent(self, customers: Collection[str] | None, since: datetime, but: str) -> int:
        """Messages to these customers, or to all, since then, without that under the key `but`; one that may have gone
        out counts."""
        ...

    def heard_from(self, since: datetime) -> Sequence[str]:
        """Every customer who surely wrote to us since then."""
        ...

    def wrote(self, customer: str, since: datetime, until: datetime) -> bool:
        """Whether they surely wrote to us within that time."""
        ...

    def opt_out(self, customer: str, *, by: str, at: datetime) -> bool:
        """False when they had before."""
        ...

    def opt_in(self, customer: str, *, by: str, at: datetime) -> bool:
        """Take it back; False when there was nothing to take back."""
        ...

    def opted_out(self, customers: Collection[str]) -> OptOut | None:
        """That of one of these, who are one person."""
        ...


class Visits(Protocol):
    """What visitors of the company's own site do there beside writing."""

    def come(self, who: str, at: datetime, since: datetime, most: int) -> datetime | None:
        """Count one more visit of theirs, and give back None; or, when there were as many as may be since then, count
        nothing and give back when the oldest of them was."""
        ...

    def full(self, who: str, since: datetime, most: int) -> datetime | None:
        """What `come` would give back, without counting."""
        ...

    def rate(self, rating: Rating) -> bool:
        """False when this conversation was rated before: nothing was written."""
        ...

    def rating(self, ticket: str) -> Rating | None: ...

    def answer(self, one: Answered) -> None:
        """By the page of our letter; replaces the former answer about the same ticket."""
        ...

    def answered(self, ticket: str, stretch: int) -> Answered | None: ...

    def comments(self, since: datetime) -> Sequence[tuple[str, int, str]]:
        """What was said with ratings of both kinds since then, masked: ticket, score and words, oldest first."""
        ...

    def keep(self, file: SentFile, content: bytes) -> bool:
        """False when there is one with this id. What nobody attached within a day is erased."""
        ...

    def files(self, ticket: str) -> Sequence[SentFile]:
        """Oldest first."""
        ...

    def attach(self, ticket: str, ids: Collection[str], message: str) -> Sequence[SentFile]:
        """Those of these files of this conversation that hang on this message from now on, or did before."""
        ...


class Restrictions(Protocol):
    """Whose messages no assistant may read. Names are e-mail addresses, numbers and `Ref`s as text; what is kept of
    them are keyed hashes."""

    def any_stands(self) -> bool:
        """Whether there is one of anybody."""
        ...

    def put(self, names: Collection[str], *, by: str, at: datetime) -> int:
        """How many of these names were not restricted before."""
        ...

    def lift(self, names: Collection[str], *, by: str, at: datetime) -> int:
        """How many of these names were."""
        ...

    def on(self, names: Collection[str]) -> bool:
        """Whether one of these names is."""
        ...
