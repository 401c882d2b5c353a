"""A model as judge of replies that were sent. Its verdicts sort what people grade, and count for nothing else."""

from collections.abc import Iterator

from deskhand.domain.outcome import RunOutcome, RunResult
from deskhand.measurement.quality.talk import ASSISTANT, Talk
from deskhand.measurement.stretch import Stretch
from deskhand.workflows.calls import Calls
from deskhand.workflows.desk import Desk
from deskhand.workflows.restricted import restricted_ticket

JUDGED = "quality.judged"
SAID = frozenset({RunOutcome.RESOLVED, RunOutcome.ANSWERED, RunOutcome.ASKED})


def judge_replies(desk: Desk, stretch: Stretch, talk: Talk) -> None:
    """Each reply of the assistant once, within what models may cost on a ticket; nothing where no judge is set. A
    judge that gives no answer leaves no line."""
    if desk.grader is None:
        return
    for turn in talk.turns:
        with desk.store.begin() as tx:
            known = {line.body["message"] for line in tx.journal.of_ticket(stretch.ticket, [JUDGED])}
            result = tx.results.get(stretch.ticket, turn.message)
        said = [one.text for one in turn.replies if one.by == ASSISTANT]
        if turn.message in known or not said or result is None or result.outcome not in SAID:
            continue
        if restricted_ticket(desk, stretch.ticket, turn.message):
            continue
        calls = Calls(desk, stretch.ticket, turn.message)
        opinion = desk.grader.grade(turn.text, "\n\n".join(said), tuple(_sources(result)), calls)
        if opinion is None:
            continue
        line: dict[str, object] = {
            "message": turn.message,
            "verdict": "right" if opinion.right else "wrong",
            "hallucinated": not opinion.supported,
        }
        with desk.store.begin() as tx:
            tx.tickets.owner(stretch.ticket)
            if all(one.body["message"] != turn.message for one in tx.journal.of_ticket(stretch.ticket, [JUDGED])):
                tx.journal.append(JUDGED, stretch.ticket, line, desk.clock())


def _sources(result: RunResult) -> Iterator[str]:
    """What our own store keeps of them: quotes, receipts, and what policy said."""
    for one in result.citations:
        yield f"{one.source}: {one.quote}"
    for action in result.actions:
        if action.receipt:
            details = ", ".join(f"{name} {value}" for name, value in action.receipt.details.items())
            yield f"done: {action.name}, reference {action.receipt.id}, {details}"
        else:
            yield f"{action.name}: {action.verdict.effect}. {action.verdict.says}"
