"""Our tables, a file for each part. Migrations lead to exactly these; a test compares the two.

Whoever imports `metadata` from here has every table in it.
"""

from deskhand.infrastructure.storage.tables import (
    channels,
    customers,
    effects,
    journal,
    knowledge,
    people,
    privacy,
    rollups,
    tickets,
)
from deskhand.infrastructure.storage.tables.metadata import metadata

__all__ = [
    "channels",
    "customers",
    "effects",
    "journal",
    "knowledge",
    "metadata",
    "people",
    "privacy",
    "rollups",
    "tickets",
]
