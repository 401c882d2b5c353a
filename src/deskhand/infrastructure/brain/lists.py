"""Reads the word lists and cues that lie beside this file."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(table: str) -> dict[str, str]:
    """A table of `words.toml`."""
    found: dict[str, str] = _read("words.toml")[table]
    return found


@cache
def cues(table: str) -> dict[str, re.Pattern[str]]:
    """A table of `cues.toml`, each list as one pattern."""
    found: dict[str, list[str]] = _read("cues.toml")[table]
    return {name: re.compile(_any(patterns), re.IGNORECASE) for name, patterns in found.items()}


@cache
def agreements() -> tuple[dict[str, dict[str, bool]], frozenset[str]]:
    """By language, the phrases of `agreement.toml` and whether each is a yes; and those that are doubtful elsewhere."""
    tables = dict(_read("agreement.toml"))
    doubtful = frozenset(tables.pop("doubtful"))
    return {
        language: {" ".join(phrase.split()): name == "yes" for name, text in said.items() for phrase in text.split("|")}
        for language, said in tables.items()
    }, doubtful


@cache
def phrases() -> dict[str, dict[str, str]]:
    """`signals.toml`: by language and kind, phrases set apart by |; see `spotting.py`."""
    return _read("signals.toml")


@cache
def wishes() -> dict[str, Any]:
    """`person.toml`: how a person is asked for; see `person.py`."""
    return _read("person.toml")


def _any(patterns: Sequence[str]) -> str:
    return f"(?:{'|'.join(patterns)})"


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text("utf-8"))
