"""A question to the customer whose yes permits exactly one action."""

from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.action import Action


@dataclass(frozen=True)
class Confirmation:
    """`digest` covers the canonical arguments that the question showed: a yes confirms these and no others."""

    ticket: str
    key: str
    digest: str
    action: Action
    procedure: str
    asked_at: datetime
    expires_at: datetime
