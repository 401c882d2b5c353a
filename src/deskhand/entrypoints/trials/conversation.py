"""A ticket of a trial: messages go in by the door that its channel has, and what became of each comes back."""

from contextlib import suppress
from dataclasses import dataclass, field
from uuid import uuid4

from deskhand.bootstrap import Installation
from deskhand.domain.delivery import Delivery
from deskhand.domain.errors import DeskhandError
from deskhand.domain.outcome import RunResult
from deskhand.domain.suggestion import Suggestion, SuggestionState
from deskhand.entrypoints.conversation import further
from deskhand.golden.happened import Deed, Happened
from deskhand.measurement.completeness import blanks
from deskhand.workflows.settle_decision import decide
from deskhand.workflows.take_in import run_key, take_in

LONGEST_WAIT = 1800.0  # seconds for one message: a model on a small machine takes its time
ZENDESK = "zendesk"


class CannotGoOn(Exception):
    """The ticket cannot be played to its end; the text says why."""


@dataclass
class Conversation:
    """One customer's ticket. `verified`: the channel vouches for the address."""

    installation: Installation
    sender: str
    channel: str
    stage: str
    verified: bool = True
    ticket: str = ""
    results: list[RunResult] = field(default_factory=list)
    unheard: list[Delivery] = field(default_factory=list)

    def writes(self, text: str) -> None:
        """The customer writes, and waits for nothing."""
        delivery = self._at_the_help_desk(text) if self._has_a_twin() else self._here(text)
        self.ticket = delivery.ticket
        self.unheard.append(delivery)
        take_in(self.installation.store, delivery, self.stage)

    def says(self, text: str) -> RunResult:
        """The customer writes, and reads what comes; `CannotGoOn` when a run fails."""
        self.writes(text)
        *_, last = [self._waited(run_key(one)) for one in self.unheard]
        self.unheard.clear()
        return last

    def decided(self, person: str, decision: SuggestionState) -> RunResult:
        """A person decides on what waits; `CannotGoOn` when nothing waits, or it is not theirs to decide."""
        waiting = self._waiting()
        installation = self.installation
        made = decide(
            installation.store,
            waiting.id,
            decision,
            installation.people[person],
            seen=waiting.digest,
            text="",
            now=installation.desk.clock(),
            procedures=installation.desk.procedures,
            adverse=installation.desk.adverse,
        )
        if not made.stands:
            raise CannotGoOn(f"{person} could not decide: {made.why}")
        return self._waited(f"settle/{waiting.id}")

    def happened(self, failed: str = "") -> Happened:
        """All that became of it."""
        results = self.results
        handoff = next((one.handoff for one in reversed(results) if one.handoff), None)
        actions = [action for one in results for action in one.actions]
        return Happened(
            outcomes=tuple(str(one.outcome) for one in results),
            replies=tuple(one.reply for one in results),
            procedures=tuple(
                dict.fromkeys(told.procedure for one in results for told in one.requests if told.procedure)
            ),
            deeds=tuple(
                Deed(
                    one.name,
                    dict(one.args),
                    one.verdict.effect,
                    one.verdict.rule,
                    one.receipt is not None,
                    {"id": one.receipt.id, **one.receipt.details} if one.receipt else {},
                )
                for one in actions
            ),
            cited=tuple(dict.fromkeys(cited.source for one in results for cited in one.citations)),
            language=results[-1].language if results else "",
            stage=self._stage(),
            handoff=handoff,
            blank=blanks(handoff) if handoff else (),
            failed=failed,
        )

    def _waited(self, key: str) -> RunResult:
        with suppress(DeskhandError):  # a run that failed is parked with people
            result = self.installation.wait(key, LONGEST_WAIT)
            self.results.append(result)
            return result
        raise CannotGoOn("the run failed, and the ticket was parked with people")

    def _waiting(self) -> Suggestion:
        with self.installation.store.begin() as tx:
            found = list(tx.suggestions.pending(self.ticket))
        if not found:
            raise CannotGoOn("nothing waits for a decision")
        return found[-1]

    def _stage(self) -> str:
        lines = self.installation.queries.timeline(self.ticket) if self.ticket else []
        return next((str(one.body["stage"]) for one in reversed(lines) if one.kind == "message.ended"), "")

    def _has_a_twin(self) -> bool:
        return self.channel == ZENDESK and self.installation.systems.zendesk_twin is not None

    def _at_the_help_desk(self, text: str) -> Delivery:
        twin = self.installation.systems.zendesk_twin
        assert twin is not None
        number = int(self.ticket.rpartition(":")[2]) if self.ticket else None
        headers, body = twin.receive(self.sender, text, number)
        delivery = self.installation.doors[ZENDESK](headers, body, self.installation.desk.clock())
        assert delivery is not None
        return delivery

    def _here(self, text: str) -> Delivery:
        if not self.ticket:
            name = self.sender.partition("@")[0]
            opened = self.installation.conversations.open(
                uuid4().hex[:12], self.sender, name=name, verified=self.verified, subject="", channel=self.channel
            )
            self.ticket = str(opened)
        return further(self.installation, self.ticket, text, channel=self.channel)
