"""A procedure as a model reads it: its own words, and where its walk for this customer led a moment ago."""

import re

from deskhand.infrastructure.llm.table import Table
from deskhand.procedures.procedure import Procedure, Step
from deskhand.procedures.walked import Walk

UNTOLD = ["Not walked, and its steps are left out here: do not follow it."]
RECEIPT = re.compile(r"\{\{ receipts\.(\d+)\.(\w+) \}\}")


def procedure_text(procedure: Procedure, table: Table, *, steps: bool = True) -> str:
    """Unwalked ones are told by their `steps`, or only named; of a walked one the steps are its outcome."""
    head = f"Procedure {procedure.id}: {procedure.title}. {procedure.about}"
    may = f"It may propose: {', '.join(procedure.may_propose) or 'nothing'}."
    walked = table.walks.get(procedure.id)
    body = _walked(walked, table.first[procedure.id]) if walked else _steps(procedure) if steps else UNTOLD
    return "\n".join((head, may, *body))


def _walked(walked: Walk, first: int) -> list[str]:
    if walked.stop:
        return [f"Walked just now: it cannot be followed, because {walked.stop.because}. Do not follow it."]
    said = [f'It would have you say: "{_named(text, first)}"' for text in walked.said]
    ends = f"It would end: {walked.end}." if walked.end else ""
    return ["Walked just now for this customer.", *said, ends]


def _named(text: str, first: int) -> str:
    """The places of receipts under the names of their proposals."""
    return RECEIPT.sub(lambda place: f"{{{{ P{first + int(place[1]) + 1}.{place[2]} }}}}", text)


def _steps(procedure: Procedure) -> list[str]:
    asks = [f"Ask for {slot.name} if it is missing: {slot.ask}" for slot in procedure.slots]
    return ["Not walked yet: it is not sure that it is meant.", *asks, *map(_step, procedure.steps)]


def _step(step: Step) -> str:
    when = f"if {' and '.join(one.source for one in step.when)}: " if step.when else ""
    deeds = [f"propose {step.propose}"] if step.propose else []
    deeds += [f'say "{step.say.words.strip()}"'] if step.say else []
    deeds += [f"hand over ({step.hand_off.because})"] if step.hand_off else []
    deeds += [f"end {step.end}"] if step.end else []
    return f"- {when}{', '.join(deeds)}"
