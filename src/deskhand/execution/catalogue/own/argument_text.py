"""One argument of an action file as it is written."""

import re

from deskhand.domain.action import is_private
from deskhand.domain.lined_yaml import Map
from deskhand.execution.catalogue.own.arguments import CHOICE, INTEGER, MOST, MOST_LETTERS, Argument, ArgumentKind
from deskhand.procedures.names import RESERVED
from deskhand.procedures.shaped import Complain

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
TAKEN = frozenset({"ticket", "key", "receipt"})
FITS = {  # which options a type has
    ArgumentKind.TEXT: {"most", "pattern"},
    ArgumentKind.ID: {"pattern"},
    ArgumentKind.CHOICE: {"of"},
    ArgumentKind.INTEGER: {"least", "most"},
}


def name_fault(name: str) -> str:
    """What is wrong with it as the name of an argument, or ""."""
    if NAME.fullmatch(name) and name not in RESERVED | TAKEN:
        return ""
    return f"{str(name)!r} is no name for an argument: it has small letters, digits and _, and is none of ours"


def argument(name: str, table: Map, complain: Complain) -> Argument | None:
    """None when nothing can be made of it."""
    if "type" not in table:
        return None
    kind = ArgumentKind(table["type"])
    if kind.private and not is_private(name):
        ending = "_text" if kind is ArgumentKind.TEXT else "_email"
        what = f"{name}: it holds words or what is personal; so that journals leave it out, call it {name}{ending}"
        complain(getattr(name, "line", table.line), what)
    for option in table:
        if option != "type" and option not in FITS.get(kind, set()):
            complain(table[option].line, f"{name}: `{option}` is not for the type {kind}")
    if kind is ArgumentKind.CHOICE and "of" not in table:
        complain(table.line, f"{name}: a choice needs `of`, the texts it is one of")
    for one in table.get("of", ()):
        if not CHOICE.fullmatch(one):
            complain(one.line, f"{name}: {str(one)!r} is no choice: it has letters, digits, blanks, - and _ only")
    least, most = _number(name, table, "least", complain), _number(name, table, "most", complain)
    usual = MOST_LETTERS if kind is ArgumentKind.TEXT else MOST
    most = usual if most is None else most
    if (least or 0) > most or (kind is ArgumentKind.TEXT and not 0 < most <= 10_000):
        complain(table.line, f"{name}: nothing is between its `least` and its `most`")
    return Argument(kind, least or 0, most, _pattern(name, table, complain), tuple(map(str, table.get("of", ()))))


def _number(name: str, table: Map, option: str, complain: Complain) -> int | None:
    if option not in table:
        return None
    if not INTEGER.fullmatch(table[option]):
        complain(table[option].line, f"{name}: `{option}` is a whole number, of at most 9 digits")
        return None
    return int(table[option])


def _pattern(name: str, table: Map, complain: Complain) -> re.Pattern[str] | None:
    if "pattern" not in table:
        return None
    try:
        return re.compile(table["pattern"], re.ASCII)
    except (re.error, RecursionError, OverflowError) as error:
        complain(table["pattern"].line, f"{name}: pattern: {error}")
        return None
