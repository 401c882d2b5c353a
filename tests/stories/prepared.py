"""Lumen's desk with a few customers in every situation, its twins filled and its vectors computed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from shutil import copy, copytree, ignore_patterns
from uuid import uuid4

import pytest
from tests.stories.lumen import silence

from deskhand.bootstrap import open_desk
from deskhand.settings import read_settings

LUMEN = Path("examples/lumen").resolve()
SHARES = """[shares]
single_charge = 0.25
double_charge_small = 0.35
double_charge_large = 0.2
double_charge_refunded = 0.1
enterprise = 0.1

"""
WAITING = """
[waiting]
silent_system_seconds = [0.05, 0.05]
"""


@cache
def prepare(folder: Path, config: pytest.Config) -> Path:
    """Computing the vectors of all articles takes seconds, so pytest's cache keeps them from one run to the next."""
    copytree(LUMEN, folder, ignore=ignore_patterns(".deskhand"))
    desk, recipe = folder / "desk.toml", folder / "twins.toml"
    desk.write_text(desk.read_text("utf-8") + WAITING, "utf-8")
    few = re.sub(r"(?m)^customers = .*$", "customers = 200", recipe.read_text("utf-8"))
    recipe.write_text(re.sub(r"(?ms)^\[shares\].*?\n\n", SHARES, few), "utf-8")
    state = folder / ".deskhand"
    state.mkdir()
    with vectors_kept(state, config), open_desk(read_settings(folder), tell=silence, grace=timedelta(0)):
        pass
    return folder


@contextmanager
def vectors_kept(state: Path, config: pytest.Config) -> Iterator[None]:
    """A desk of Lumen that is first opened within this finds the vectors of an earlier run in its `state`."""
    kept = None if config.cache is None else config.cache.mkdir("lumen") / "vectors.sqlite"
    if kept and kept.exists():
        copy(kept, state)
    yield
    if kept:
        fresh = copy(state / "vectors.sqlite", kept.with_name(f"{uuid4()}.new"))
        Path(fresh).replace(kept)
