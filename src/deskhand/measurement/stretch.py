"""A ticket as we count it: one stretch of a conversation, from opening to closing, as its journal lines tell it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from deskhand.measurement.outcomes import Handler

TESTS = frozenset({"ask", "bench", "model-check"})  # channels of operators who try a desk out
DECIDED = frozenset({"approved", "edited", "rejected"})
SAID = frozenset({"resolved", "answered", "asked"})


@dataclass
class Stretch:
    """`number` counts the stretches of a conversation from 1; each follows the one before. `real` is false while
    nothing but thanks has come since the one before closed.

    `came`: the customer's messages, with when each came; `unanswered`: those without a meaningful response; `running`:
    those that are being worked on; `unsent`: those for which something was only suggested; `machines`: those that a
    machine wrote; `elsewhere`: those whose matter is answered on another ticket. `asked`: our last message asked for
    something that we need; `people_owe`: people were promised and none has written; `with_people`: people have it, and
    are to write.
    """

    ticket: str
    number: int
    opened_at: datetime
    channel: str = ""
    real: bool = True
    said_at: datetime | None = None  # the last word of either side
    came: dict[str, datetime] = field(default_factory=dict)
    unanswered: dict[str, datetime] = field(default_factory=dict)
    running: set[str] = field(default_factory=set)
    unsent: set[str] = field(default_factory=set)
    machines: set[str] = field(default_factory=set)
    elsewhere: set[str] = field(default_factory=set)
    asked: bool = False
    alone: bool = False  # the assistant's last message went out without a person
    people_owe: bool = False
    with_people: bool = False
    people_came: bool = False
    people_decided: bool = False
    answered: bool = False
    refused: bool = False
    verified: bool = False
    said_solved: datetime | None = None
    customers: set[str] = field(default_factory=set)
    procedures: set[str] = field(default_factory=set)
    objects: set[str] = field(default_factory=set)
    left: str = ""  # why it is no ticket of its own: "merged" or "moved"
    followed_up_at: datetime | None = None
    followed_up_by: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    owed: bool = False
    handler: Handler | None = None
    came_back_at: datetime | None = None  # said "not solved" after it was closed
    response_at: datetime | None = None  # the first meaningful response, or the first announced handoff
    last_response_at: datetime | None = None

    @property
    def no_ticket(self) -> str:
        """Why it is counted apart and has no outcome; "" for a ticket."""
        if self.channel in TESTS:
            return "test"
        if self.left:
            return self.left
        if self.came and self.came.keys() == self.machines:
            return "automatic"
        return "answered elsewhere" if self.came and self.came.keys() == self.elsewhere else ""

    def received(self, message: str, at: datetime, channel: str) -> None:
        self.channel = channel or self.channel
        self.left = "" if self.left == "moved" else self.left
        self.came[message] = self.unanswered[message] = at
        self.running.add(message)
        self.spoke(at)

    def thanked(self, message: str) -> None:
        """It was thanks and nothing else: it neither asks nor takes anything back."""
        self.unanswered.pop(message, None)
        self.running.discard(message)

    def ended(self, message: str, at: datetime, body: Mapping[str, Any]) -> None:
        """The run of a message ended, or ended again after a decision."""
        told = str(body["outcome"])
        self.running.discard(message)
        self.unsent.discard(message)
        came = self.came.get(message, at)
        if self.said_solved and self.said_solved <= came:
            self.said_solved = None
        self.asked = False
        self.procedures |= set(body["procedures"])
        self.refused |= any(one["effect"] == "deny" for one in body["actions"])
        if body.get("automatic"):
            self.machines.add(message)
        if message in self.elsewhere:
            self.unanswered.pop(message, None)
        elif told in SAID:
            self.spoke(at)
            self.asked, self.alone = told == "asked", body["stage"] == "autonomous"
            if meaningful(body):
                self.answers(came)
                self.responded(at)
        elif told == "handed_off" and body["stage"] != "read-only":
            self.people_came = self.with_people = True
            self.people_owe |= "handoff" in body
            if "handoff" in body:  # a silent message of people's ticket tells the customer nothing
                self.response_at = min(self.response_at or at, at)
            self.spoke(at)
        else:
            self.unsent.add(message)

    def answers(self, until: datetime) -> None:
        """A meaningful response to everything that came until then."""
        self.answered = True
        self.unanswered = {one: at for one, at in self.unanswered.items() if at > until}

    def agent_wrote(self, sent: datetime, *, says_something: bool) -> None:
        self.people_came = True
        self.people_owe = self.with_people = self.asked = False
        self.spoke(sent)
        if says_something:
            self.answers(sent)
            self.responded(sent)

    def given(self, to: str, by: str) -> None:
        if to == "assistant":
            self.with_people = False
            return
        self.people_came = True
        self.with_people = by != "an agent's message"  # that one has written already

    def solved(self, at: datetime, *, yes: bool) -> None:
        """The customer said so by a button. The last word of theirs stands."""
        if yes:
            self.unanswered = {one: when for one, when in self.unanswered.items() if one in self.came}
        if yes and self.answered:
            self.said_solved = self.said_solved or at
        elif not yes and self.closed_at is None:
            self.said_solved = None
            self.unanswered[f"not solved at {at}"] = at
        elif not yes:
            self.came_back_at = self.came_back_at or at

    def close(self, at: datetime, by: str, *, waiting: bool) -> None:
        """`waiting`: an agent left it as one that waits for the customer."""
        solved = self.said_solved
        if solved and any(came >= solved for came in self.unanswered.values()):
            self.said_solved = None
        self.closed_at, self.closed_by = at, by
        self.owed = bool(self.unanswered or self.asked or self.people_owe or waiting)
        self.handler = self._handler()

    def responded(self, at: datetime) -> None:
        """With something meaningful."""
        self.response_at = min(self.response_at or at, at)
        self.last_response_at = max(self.last_response_at or at, at)

    def spoke(self, at: datetime) -> None:
        self.said_at = max(self.said_at or at, at)

    def _handler(self) -> Handler:
        if self.people_came:
            return Handler.HUMAN
        if self.people_decided:
            return Handler.ASSISTED
        return Handler.HUMAN if self.unsent else Handler.ASSISTANT


def meaningful(body: Mapping[str, Any]) -> bool:
    """Of a reply that was delivered: it names a source or a receipt, follows a procedure, or asks one question that we
    need to go on. A handoff that is announced is none here: it is owed until people write."""
    return body["outcome"] in ("resolved", "asked") or bool(body["citations"] or body["procedures"] or body["actions"])
