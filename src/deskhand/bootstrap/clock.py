"""The one clock, which everything is handed as an argument."""

from datetime import UTC, datetime


def now() -> datetime:
    """The one clock."""
    return datetime.now(UTC)  # noqa: TID251  (the one place)
