"""`deskhand quality report`, `run` and `csat`: figures with their numbers and intervals, and what is open."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from rich.progress import Progress

from deskhand.bootstrap import check_history, comments_of, now, open_desk, open_journal
from deskhand.entrypoints.cli.report.metrics import percent
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.measurement.csat import ENOUGH, Csat, Rated
from deskhand.measurement.csat import KINDS as RATED
from deskhand.measurement.csat import csat as csat_of
from deskhand.measurement.quality import checked, graded, sent
from deskhand.measurement.quality.agreement import Agreement
from deskhand.measurement.quality.checks import CHECKS
from deskhand.measurement.quality.comments import Comments
from deskhand.measurement.quality.graded import Quality
from deskhand.measurement.quality.to_grade import Month, looked_at, to_grade
from deskhand.settings import read_settings

MOST = 10  # of a section, for people; --json has all


def show(folder: Path, *, days: int, as_json: bool) -> None:
    settings, at = read_settings(folder), now()
    table, since = settings.table.quality, at - timedelta(days=days) if days else None
    with open_journal(settings) as journal:
        known = graded.grades(journal.of_kinds(graded.KINDS))
        every = sent.sent_within(journal.of_kinds(sent.KINDS), datetime.min.replace(tzinfo=at.tzinfo), at)
        lines = (line for line in journal.of_kinds(sent.KINDS) if line.at >= looked_at(at))
        months = to_grade(lines, known, "", at, table.sample).months
        rules = checked.checked(journal.of_kinds(checked.KINDS), since)
    procedures = {one.id: one.procedure for one in every}
    found = graded.quality(known, procedures, since=since, kappa=table.kappa, pairs=table.double)
    if as_json:
        samples = [{"month": one.name, "sent": one.sent, "wanted": one.wanted, "given": one.given} for one in months]
        print_json({"quality": found, "samples": samples, "rules": rules})
        return
    for line in (*_people(found, months), *_findings(found), *_rules(rules)):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def check(folder: Path, *, since: datetime | None, as_json: bool) -> None:
    settings = read_settings(folder)
    with (
        open_desk(settings, tell=aside.print) as installation,
        Progress(console=aside, transient=True, disable=not aside.is_terminal) as bars,
    ):
        bar = bars.add_task("Conversations")
        made = check_history(installation, since, lambda done, of: bars.update(bar, completed=done, total=of))
    counts: Counter[str] = Counter({one.id: 0 for one in CHECKS})
    for one in made:
        counts.update(id for id, remarks in one.found.items() if remarks)
    if as_json:
        print_json({"checked": len(made), "found": dict(counts), "versions": {one.id: one.version for one in CHECKS}})
        return
    lines = [f"{len(made)} conversations were held to rules that they were not held to before."]
    lines += [f"  {one.id} v{one.version}: {counts[one.id]} ({one.definition})" for one in CHECKS if made]
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def satisfied(folder: Path, *, days: int, as_json: bool) -> None:
    settings, at = read_settings(folder), now()
    with open_desk(settings, tell=aside.print) as installation:
        since = at - timedelta(days=days) if days else None
        lines = installation.queries.of_kinds(RATED)
        found = csat_of(lines, at, settings.table.outcomes.window, since)
        said = comments_of(installation, days)
    if as_json:
        print_json({"csat": found, "comments": said})
        return
    for line in (*_rated(found), *_comments(said)):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def kappa(one: Agreement) -> str:
    if one.kappa is None or one.low is None or one.high is None:
        return f"cannot be told (n = {one.n})"
    return f"{one.kappa:.2f} (n = {one.n}; 95 % interval {one.low:.2f} to {one.high:.2f})"


def _people(found: Quality, months: Sequence[Month]) -> Iterator[str]:
    for one in months:
        yield f"Sample of {one.name}: {one.given} of {one.wanted} grades given, drawn from {one.sent} replies sent."
    for who, arm in (("the assistant", found.assistant), ("people", found.people)):
        yield f"Replies of {who} that are right: {percent(arm.accuracy)}"
        yield f"Replies of {who} with something made up: {percent(arm.hallucination)}"
    for name, part in found.by_procedure.items():
        yield f"  right, {name or 'procedure not known'}: {percent(part)}"
    yield f"Agreement of two people (kappa): {kappa(found.doubled)}"
    judge = found.judge
    if judge.arm:
        yield f"The model as judge calls right: {percent(judge.arm.accuracy)}; agreement with people: "
        yield f"  {kappa(judge.agreement)}"
    else:
        yield (
            f"A model as judge is not heard: it takes {judge.pairs} replies that people graded, too, and a kappa of "
            f"{judge.wanted:g}; it is {kappa(judge.agreement)}."
        )


def _findings(found: Quality) -> Iterator[str]:
    yield f"Open findings: {len(found.findings)}"
    for one in found.findings[:MOST]:
        yield (
            f"  {one.finding} {one.kind} on {one.ticket} ({one.procedure or 'no procedure'}), by {one.by}, "
            f"{one.at:%Y-%m-%d}; as a test: deskhand eval add {one.ticket}"
        )


def _rules(rules: list[checked.Found]) -> Iterator[str]:
    yield "Rules over closed conversations, share in which each found something:"
    for one in rules:
        newest = f"; newest {', '.join(one.tickets[:3])}" if one.tickets else ""
        yield (
            f"  {one.check} v{one.version}: {percent(one.share)}, "
            f"{one.assistant} by the assistant, {one.people} by people{newest}"
        )


def _rated(found: Csat) -> Iterator[str]:
    yield f"Tickets that closed: {found.closed}, of them without the question: {found.not_asked}"
    yield f"All: {_told(found.all)}"
    for name, groups in (("handled by", found.by_handler), ("ended", found.by_outcome)):
        yield from _groups(name, groups)
    yield "Who answers differs from who does not: read each score beside its response rate."


def _groups(name: str, groups: Mapping[str, Rated]) -> Iterator[str]:
    for group, one in groups.items():
        yield f"  {name} {group}: {_told(one)}"


def _told(one: Rated) -> str:
    answered = f"answered {percent(one.answered)}"
    if not one.enough:
        return f"{answered}; not enough ratings to say ({one.satisfied.of} of {ENOUGH})"
    return f"{answered}; satisfied {percent(one.satisfied)}"


def _comments(said: Comments) -> Iterator[str]:
    yield f"Comments: {said.count}, like no other: {said.alone}"
    for one in said.clusters[:MOST]:
        yield f"  {one.count} times, mean score {one.score:.1f}: {'; '.join(one.examples)}"
