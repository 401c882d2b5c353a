"""Somebody whom the company's identity provider vouches for."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Proven:
    """`subject` is who it is for good; the address may change hands, and counts only where it is `verified`."""

    issuer: str
    subject: str
    email: str
    verified: bool
    groups: Collection[str]
