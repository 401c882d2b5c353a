"""The workflow of the twin's project: what a request goes through at a help desk that Jira has just set up."""

from dataclasses import dataclass

PRIORITIES = ("Highest", "High", "Medium", "Low", "Lowest")
BEGINNING = "Waiting for support"
STATUSES = {  # the category of each
    "Waiting for support": "indeterminate",
    "Waiting for customer": "indeterminate",
    "Canceled": "done",
    "Resolved": "done",
    "Closed": "done",
}


@dataclass(frozen=True)
class Way:
    """From any status of `here` to `to`; `asks` how it was resolved."""

    id: str
    name: str
    here: tuple[str, ...]
    to: str
    asks: bool = False


WAITING = ("Waiting for support", "Waiting for customer")
WAYS = (
    Way("11", "Cancel request", WAITING, "Canceled", asks=True),
    Way("21", "Respond to customer", ("Waiting for support",), "Waiting for customer"),
    Way("31", "Respond to support", ("Waiting for customer",), "Waiting for support"),
    Way("41", "Resolve this issue", WAITING, "Resolved", asks=True),
    Way("51", "Back to customer", ("Resolved",), "Waiting for customer"),
    Way("61", "Reopen issue", ("Resolved", "Canceled"), "Waiting for support"),
    Way("71", "Close issue", ("Resolved",), "Closed"),
)
