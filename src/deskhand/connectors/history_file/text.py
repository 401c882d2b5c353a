"""Texts and times as exports write them."""

import html
import re
from datetime import UTC, datetime
from typing import Any

from deskhand.domain.storable import storable

LONGEST = 2_000_000  # characters of one text that are kept
# No sign of a tag within a tag: else a text of unclosed ones would be read again from each of them.
MARKUP = re.compile(r"<(?:br|/p|/div|/li|/tr)\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")


def said(value: Any, name: str) -> str:
    """The text; ValueError when it is none. Half a character, which JSON can name, stands as a question mark."""
    if not isinstance(value, str):
        raise ValueError(f"its {name} is no text")
    return storable(value[:LONGEST])


def plain_of(markup: str) -> str:
    """The words of a little HTML, as it stands in comments of help desks."""
    lines = html.unescape(TAG.sub("", MARKUP.sub("\n", markup))).replace("\xa0", " ").splitlines()
    return "\n".join(line.rstrip() for line in lines).strip()


def told_time(value: Any, name: str) -> datetime:
    """ISO 8601, in UTC where it names no zone; or seconds since 1970. ValueError for anything else."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        at = datetime.fromisoformat(re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", str(value).strip()))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"its {name} is no time: {str(value)[:40]!r}") from error
