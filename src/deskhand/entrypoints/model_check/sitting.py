"""The suite is put to a model: every case a conversation of its own, one message after the other."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from deskhand.bootstrap import Installation, only_twins, open_desk, tell_language
from deskhand.bootstrap.systems.systems import Tell
from deskhand.domain.delivery import Delivery
from deskhand.domain.errors import DeskhandError
from deskhand.domain.outcome import RunResult
from deskhand.domain.stage import Stage
from deskhand.entrypoints.conversation import further, written
from deskhand.entrypoints.model_check.suite import Case
from deskhand.measurement.model_figures import Told, told
from deskhand.settings import Settings, read_settings
from deskhand.workflows.take_in import run_key, take_in

CHANNEL = "model-check"
LONGEST_WAIT = 1800.0  # seconds for one message: a model on a small machine takes its time
UNTOLD = "und"


@dataclass(frozen=True)
class Answered:
    """A case and what became of it. `messages` is what the journal tells of each of its messages, `last` the result of
    the last one (None when its run failed), `language` that of the reply, or "" where none was written by the desk."""

    case: Case
    sender: str
    messages: tuple[Told, ...]
    replies: tuple[str, ...]
    last: RunResult | None
    language: str


def desk_for(folder: Path, state: Path, model: str, cases: Sequence[Case]) -> Settings:
    """The desk of this folder with that model alone, its state elsewhere, answering in every language of the cases.

    `DeskhandError` when a system of it is real: the check writes as customers, and lets the assistant act alone.
    """
    settings = read_settings(folder, state)
    if not only_twins(settings):
        raise DeskhandError(
            "The check refunds and cancels, so every system of the desk must be a twin; nothing was run."
        )
    languages = dict.fromkeys((*settings.table.languages, *(one.expect.language for one in cases)))
    changed = {"model": model, "languages": list(languages)}
    return Settings(
        folder=settings.folder,
        table=settings.table.model_copy(update=changed),
        state=settings.state,
        database_url=settings.database_url,
        secrets=settings.secrets,
    )


def sit(settings: Settings, cases: Sequence[Case], tell: Tell) -> Iterator[Answered]:
    """Each case once it is over. No case is begun before the one before is over: times are those of one message."""
    with open_desk(settings, tell=tell, grace=timedelta(seconds=5)) as installation:
        people = {name: iter(emails) for name, emails in installation.people_of_the_world().items()}
        senders = [_sender(case, people) for case in cases]
        for case, sender in zip(cases, senders, strict=True):
            yield _answered(installation, case, sender)


def _sender(case: Case, people: Mapping[str, Iterator[str]]) -> str:
    kind, _, situation = case.sender.partition(":")
    if kind != "customer":
        return case.sender
    if found := next(people.get(situation, iter(())), ""):
        return found
    raise DeskhandError(f"There is no customer left in the situation {situation!r} to send {case.said[0][:60]!r}.")


def _answered(installation: Installation, case: Case, sender: str) -> Answered:
    deliveries: list[Delivery] = []
    results: list[RunResult | None] = []
    for text in case.said:
        if deliveries:
            delivery = further(installation, deliveries[0].ticket, text, channel=CHANNEL)
        else:
            delivery = written(installation, text, email=sender, channel=CHANNEL)
        deliveries.append(delivery)
        results.append(_result(installation, delivery))
    lines = told(installation.queries.timeline(deliveries[0].ticket))
    last = results[-1]
    return Answered(
        case=case,
        sender=sender,
        messages=tuple(lines.get((one.ticket, one.message), Told()) for one in deliveries),
        replies=tuple(one.reply for one in results if one),
        last=last,
        language=_language(installation, last) if last and last.reply and not last.handoff else "",
    )


def _result(installation: Installation, delivery: Delivery) -> RunResult | None:
    take_in(installation.store, delivery, str(Stage.AUTONOMOUS))
    with suppress(DeskhandError):  # a run that failed is parked with people, and told as failed
        return installation.wait(run_key(delivery), LONGEST_WAIT)
    return None


def _language(installation: Installation, result: RunResult) -> str:
    """Of what stands between greeting and signature: these are the desk's own."""
    body = "\n\n".join(result.reply.split("\n\n")[1:-1])
    found = tell_language(body, installation.desk.voice.languages)
    return "" if found == UNTOLD else found
