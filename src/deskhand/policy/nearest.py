"""What somebody probably meant by a name that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches


def meant(name: str, known: Iterable[str]) -> str:
    """ "; did you mean `charge.amount`?" for the known name that looks most like it; "" when none does."""
    close = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean `{close[0]}`?" if close else ""


def one_of(name: str, known: Iterable[str]) -> str:
    """As `meant`; where nothing is close, all that is known, if that is not too much to read."""
    names = sorted(known)
    if close := meant(name, names):
        return close
    return f"; known are {', '.join(names)}" if 0 < len(names) <= 12 else ""
