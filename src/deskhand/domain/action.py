"""An action: what the assistant may propose, what policy answered, and the proof that it was done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from deskhand.domain.verdict import Verdict

# Arguments that hold somebody's words, or what is personal: journals leave them out, and no reply may rest on them.
PRIVATE = frozenset("text subject value to email line1 line2 city postal_code state country".split())
PRIVATE_ENDINGS = ("_text", "_email")


def is_private(argument: str) -> bool:
    """By its name: `PRIVATE`, or one that says so in its last word."""
    return argument in PRIVATE or argument.endswith(PRIVATE_ENDINGS)


@dataclass(frozen=True)
class Action:
    """A name and arguments as text ("29.00 USD", "ch_1"). Only the catalogue in `execution/` gives them meaning."""

    name: str
    args: Mapping[str, str]


@dataclass(frozen=True)
class Proposal:
    """An action with what policy says of it now. Nothing was changed.

    `key` names the effect ("refund/<ticket>/<charge>"); `digest` covers the canonical arguments, the facts without
    the clock and the text of the policy: an approval binds to it. `preview` says in plain words what would happen.
    """

    action: Action
    key: str
    digest: str
    verdict: Verdict
    preview: str


@dataclass(frozen=True)
class Receipt:
    """Proof that an effect happened. `id` is the other system's; `details` are the values a reply may state.

    `before` is what an undo restores; it is empty where nothing can be undone, and on a receipt that was found later.
    Both may be personal: the ledger keeps them, the journal and the logs get `key`, `system` and `id` only.
    """

    key: str
    system: str
    id: str
    at: datetime
    details: Mapping[str, str] = field(default_factory=dict, repr=False)
    before: Mapping[str, str] = field(default_factory=dict, repr=False, metadata={"printed": False})
