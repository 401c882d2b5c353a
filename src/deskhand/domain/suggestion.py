"""A plan that waits for an agent, and what agents may decide about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskhand.domain.heard import Heard
from deskhand.domain.resolution import Resolution
from deskhand.domain.stage import Stage
from deskhand.domain.verdict import in_words


class SuggestionState(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    EDITED = "edited"
    REJECTED = "rejected"
    EXPIRED = "expired"
    REPLACED = "replaced"  # by what an agent had thought over again


class Reason(StrEnum):
    """Why an agent rejected one."""

    WRONG_FACTS = "wrong_facts"
    WRONG_TONE = "wrong_tone"
    WRONG_ACTION = "wrong_action"
    AGAINST_POLICY = "against_policy"
    OTHER = "other"

    @property
    def words(self) -> str:
        """For people; "" where only their own words tell."""
        return "" if self is Reason.OTHER else self.value.replace("_", " ")


@dataclass(frozen=True)
class Suggestion:
    """`digest` covers everything an agent sees on it: reply, actions, facts, policy. A decision must carry it.

    `roles` are those whose approval policy wants, one for each person; empty when any agent may approve.
    """

    id: str
    heard: Heard
    resolution: Resolution
    digest: str
    stage: Stage
    roles: tuple[str, ...]
    state: SuggestionState
    created_at: datetime
    expires_at: datetime

    @property
    def ticket(self) -> str:
        return self.heard.ticket

    @property
    def wants(self) -> str:
        """`roles` for people to read."""
        return in_words(self.roles)


@dataclass(frozen=True)
class Person:
    """An agent, made by the login only, never from a request body or a model."""

    id: str
    roles: frozenset[str]
