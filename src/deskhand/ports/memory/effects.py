"""What is done outside, and what stands before it: the ledger, pauses, suggestions and questions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from deskhand.domain.action import Action
from deskhand.domain.confirmation import Confirmation
from deskhand.domain.effect import Effect, EffectState, Past
from deskhand.domain.pause import Pause
from deskhand.domain.suggestion import Suggestion, SuggestionState


class Ledger(Protocol):
    def effect(self, key: str) -> Effect | None: ...

    def on(self, subject: str, payer: str | None, but: str) -> Mapping[str, EffectState]:
        """The state, by its key, of every effect on this subject and of every one that moves money of this customer;
        `but` is left out."""
        ...

    def past(self, customer: str, action: str, currency: str, since: tuple[datetime, datetime], but: str) -> Past:
        """What was done for this customer, or perhaps done, since a day and a month ago; `but` is left out."""
        ...

    def desk_alone(self, currency: str, since: tuple[datetime, datetime], but: str) -> tuple[int, int]:
        """Minor units that moved for all customers without a person since a day and a month ago, open ones too."""
        ...

    def acts_alone(self, since: datetime) -> int:
        """Actions without a person since then, letters and notes not counted."""
        ...

    def free_key(self, key: str, sets: Action | None = None) -> str:
        """The key itself, or with an ordinal ("refund/7/ch_1/2") when the effect under it was taken back.

        `sets`: an action that sets what is there. Its key is also free when something else was set under it last.
        """
        ...

    def reserve(self, effect: Effect) -> bool:
        """False when the key is taken: nothing was written."""
        ...

    def settle(self, effect: Effect) -> None:
        """Write state, receipt and reason of an effect that is open."""
        ...

    def undone(self, key: str, by: str) -> None:
        """Mark an effect that is done as taken back by the effect `by`. Again is harmless."""
        ...

    def of_ticket(self, ticket: str) -> Sequence[Effect]: ...

    def unsettled(self, before: datetime) -> Sequence[Effect]: ...

    def since(self, at: datetime) -> Sequence[Effect]:
        """Every effect that was reserved at that time or later, oldest first."""
        ...


class Pauses(Protocol):
    def put(self, pause: Pause) -> bool:
        """False when this scope is paused already: nothing was written."""
        ...

    def lift(self, scope: str, at: datetime) -> bool:
        """False when it was not paused."""
        ...

    def standing(self) -> Sequence[Pause]:
        """Every pause that was not lifted, oldest first."""
        ...

    def on(self, scopes: Collection[str]) -> Pause | None:
        """One that stands on any of these scopes."""
        ...

    def reset_at(self) -> datetime | None:
        """When a pause of a circuit breaker was last lifted: what it counts begins anew there."""
        ...


class Suggestions(Protocol):
    def add(self, suggestion: Suggestion) -> None:
        """A second time with the same id changes nothing."""
        ...

    def get(self, id: str) -> Suggestion | None: ...

    def settle(self, id: str, state: SuggestionState, by: str, at: datetime, text: str = "") -> bool:
        """The only way out of PENDING; False when somebody was faster. `text`: the edited reply, or the reason."""
        ...

    def settled_by(self, id: str) -> tuple[str, str] | None:
        """Who settled it and with which text; None while it is pending."""
        ...

    def approve_as(self, id: str, role: str, person: str, digest: str, at: datetime) -> None:
        """One role's approval of exactly what `digest` covers."""
        ...

    def approvals(self, id: str) -> Sequence[tuple[str, str, str]]:
        """(role, person, digest), in order."""
        ...

    def show(self, id: str, person: str, at: datetime) -> None:
        """Note that this person sees it; the first time counts."""
        ...

    def shown_at(self, id: str, person: str) -> datetime | None: ...

    def pending(self, ticket: str | None = None, limit: int | None = None) -> Sequence[Suggestion]:
        """Oldest first; of one ticket where it is named, and no more than `limit`."""
        ...


class Confirmations(Protocol):
    def ask(self, confirmation: Confirmation) -> None:
        """Replaces an older question about the same effect."""
        ...

    def open(self, ticket: str, now: datetime) -> Sequence[Confirmation]: ...

    def confirm(self, key: str, digest: str, at: datetime) -> None: ...

    def withdraw(self, ticket: str) -> None: ...

    def confirmed(self, key: str, digest: str, now: datetime) -> bool:
        """Whether the customer said yes to exactly this, and it has not grown old."""
        ...
