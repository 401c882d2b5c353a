"""Reading the arguments of a proposal: exactly the names that are wanted, each of one spelling."""

import re
from collections.abc import Mapping

ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{2,63}")  # an id travels in addresses: nothing in it may mean anything there


def only(args: Mapping[str, str], *names: str) -> None:
    """ValueError unless `args` has these names, all of them texts."""
    if set(args) != set(names) or not all(isinstance(value, str) for value in args.values()):
        raise ValueError(f"takes exactly {', '.join(names)}")


def identifier(text: str) -> str:
    """ValueError unless it is a plain id like ch_1."""
    if not ID.fullmatch(text):
        raise ValueError("an id has letters, digits and underscores only")
    return text
