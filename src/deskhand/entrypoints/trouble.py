"""What a person is told when something went wrong that nobody planned: what it was, what was not done, what to do."""

import re

from deskhand.domain.errors import (
    Busy,
    Clash,
    ConnectorError,
    DeskFault,
    DeskhandError,
    Invalid,
    Missing,
    Refused,
    Resting,
    TooLarge,
    Unconfirmed,
)

SAID = re.compile(r"\b(nothing|nobody|none|was not|is not done|no \w+ was)\b", re.IGNORECASE)  # what was not done
MEND = "Nothing more was done. Mend what is named above, and run the same command again."


def in_full(error: DeskhandError) -> str:
    """For whoever called a command."""
    if isinstance(error, ConnectorError):
        return elsewhere(error)
    text = str(error)
    return text if SAID.search(text) or not isinstance(error, DeskFault) else f"{text}\n{MEND}"


def elsewhere(error: ConnectorError) -> str:
    """Another system let us down; the sentences that `web/sentences.py` translates."""
    match error:
        case Unconfirmed():
            return (
                f"An answer was lost ({error}): whether it was done is not known yet. Do not repeat it; we look again."
            )
        case Refused():
            return (
                f"Another system refuses our key ({error}). Nothing was changed. `deskhand doctor` says which, and why."
            )
        case Busy() | Resting():
            return f"Another system takes no more requests now ({error}). Nothing was changed. Try again in a while."
        case Missing():
            return f"Another system has nothing of this name ({error}). Nothing was changed. It may have been removed."
        case Clash():
            return (
                f"Somebody else changed it meanwhile ({error}). Nothing was changed by us. Look again, then repeat it."
            )
        case Invalid() | TooLarge():
            return f"Another system does not take this ({error}). Nothing was changed. The same again would not help."
        case _:
            return f"Another system did not answer ({error}). Nothing was changed. Try again in a while."
