"""How well messy messages are routed with ten examples a procedure: what was measured, less a margin."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from deskhand.domain.understanding import Kind
from deskhand.infrastructure.brain.reader import BuiltInReader

MESSAGES: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("messages.toml").read_text("utf-8"))


def outcomes(reader: BuiltInReader) -> Iterator[tuple[str, set[str]]]:
    """For each message what it is about, and the procedures it would be handled by."""
    for about, texts in MESSAGES.items():
        for text in texts:
            requests = reader.read(text).requests
            yield about, {one.procedure or "" for one in requests if one.kind is Kind.PROCEDURE}


def test_messy_messages_reach_their_procedure_and_no_other(reader: BuiltInReader) -> None:
    """54 of 59 reach it, none goes to another one; the other five are left to people."""
    own = [(about, acted) for about, acted in outcomes(reader) if about]

    assert len(own) == 59
    assert sum(about in acted for about, acted in own) >= 51
    assert sum(bool(acted - {about}) for about, acted in own) <= 1


def test_foreign_messages_reach_no_procedure(reader: BuiltInReader) -> None:
    """None of 14 does."""
    foreign = [acted for about, acted in outcomes(reader) if not about]

    assert len(foreign) == 14
    assert not any(foreign)
