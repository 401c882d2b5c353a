"""The prompts, as Markdown: the same for every message, so that providers can cache them."""

from functools import cache
from importlib.resources import files


@cache
def prompt(name: str) -> str:
    """The text of `<name>.md`."""
    return (files(__package__) / f"{name}.md").read_text("utf-8").strip()
