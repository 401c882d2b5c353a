"""All doors, in the order of their files."""

from importlib import import_module
from pathlib import Path

from tests.fuzz.door import Door

FILES = sorted(one.stem for one in (Path(__file__).parent / "doors").glob("*.py"))
DOORS: tuple[Door, ...] = tuple(door for name in FILES for door in import_module(f"tests.fuzz.doors.{name}").DOORS)
