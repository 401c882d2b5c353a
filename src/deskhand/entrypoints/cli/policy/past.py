"""`deskhand policy explain`, `replay`, `diff` and `coverage`: the rules held against decisions of the journal."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.progress import track
from rich.table import Table

from deskhand.bootstrap import Queries, has_journal, now, open_journal, policy_files, policy_tests
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.journal_line import JournalLine
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.execution.catalogue.all_actions import schema_of_texts
from deskhand.policy.case_file import load_cases
from deskhand.policy.cases import Coverage, coverage, try_cases
from deskhand.policy.difference import Differences, RuleChange, compare_cases, compare_records, rule_changes
from deskhand.policy.explain import explain as in_words
from deskhand.policy.loading import compile_policies, load_policies
from deskhand.policy.recorded import Record, recorded
from deskhand.policy.replay import DECISIONS, TextsOfThen, replayed, replayed_with
from deskhand.settings import read_settings


def explain(folder: Path, ticket: str, *, as_json: bool) -> None:
    """Oldest first. A `DeskFault` when nothing was ever decided on this ticket."""
    with open_journal(read_settings(folder)) as journal:
        lines = journal.of_kinds(DECISIONS, ticket=ticket)
        found = list(replayed(lines, TextsOfThen(journal.policy_texts(), schema_of_texts)))
    if not found:
        raise DeskFault((Fault(ticket, 1, "nothing was decided on this ticket; name it as `audit show` does"),))
    told = []
    for one in found:
        why = "comes out the same" if one.again and not one.differs else one.why
        if one.differs and one.again and one.record:
            why = f"was {one.record.answer}, and now comes out as {one.again.answer}"
        told.append((one, why))
    if as_json:
        rows = [
            {
                "line": one.line.seq,
                "at": one.line.at,
                "kind": one.line.kind,
                "recorded": one.record,
                "same": bool(one.again) and not one.differs,
                "why": why,
                "trace": one.again.decision.trace if one.again else None,
            }
            for one, why in told
        ]
        print_json({"ticket": ticket, "decisions": rows})
        return
    for one, why in told:
        asked = "before the deed" if one.line.kind == "policy.decided" else "while planning"
        action = one.record.action if one.record else one.line.body.get("action", "")
        _say(f"line {one.line.seq}, {one.line.at:%Y-%m-%d %H:%M:%S}, {action}, {asked}: {why}")
        if one.again:
            _say("  " + in_words(one.again.decision).replace("\n", "\n  "))


def replay(folder: Path, policies: Path, *, since: datetime | None, days: int | None, as_json: bool) -> None:
    """Against what was recorded then: by the unchanged policy nothing comes out otherwise."""
    settings = read_settings(folder)
    files = policy_files(policies, settings.folder)
    policy = load_policies(files, schema_of_texts(files))
    found, old = Differences(), 0
    with open_journal(settings) as journal:
        for one in replayed_with(policy, _decisions(journal, _from(since, days))):
            if one.record is None or one.again is None:
                old += 1
                continue
            where = f"{one.line.ticket} line {one.line.seq}"
            found.add(one.record.action, one.record.answer, one.again.answer, where, one.again.unrecorded)
    if as_json:
        print_json({**_told(found), "kept_in_part": old})
        return
    _print(found, "decisions of the journal", "Recorded", "By this policy")
    if old:
        _say(f"{old} lines of an earlier version kept too little to decide again.")


def diff(folder: Path, old: Path, new: Path, *, since: datetime | None, days: int | None, as_json: bool) -> None:
    """The old policy may be one that this version would refuse for what deciding does not need."""
    settings = read_settings(folder)
    was, will = policy_files(old, settings.folder), policy_files(new, settings.folder)
    before, after = compile_policies(was, schema_of_texts(was)), load_policies(will, schema_of_texts(will))
    changes = rule_changes(before, after)
    cases = compare_cases(before, after, load_cases(policy_tests(new), after))
    past = Differences()
    if has_journal(settings):  # a policy can be compared before its first day
        with open_journal(settings) as journal:
            past = compare_records(before, after, _recorded(journal, _from(since, days)))
    if as_json:
        print_json({"rules": changes, "journal": _told(past), "tests": _told(cases)})
        return
    _print_changes(changes)
    _print(past, "decisions of the journal", "Old", "New")
    _print(cases, "tests", "Old", "New")


def rules_at_work(folder: Path, *, as_json: bool) -> None:
    """Real decisions are taken again by the text of then; a rule counts under its id."""
    files = policy_files(read_settings(folder).folder)
    policy = load_policies(files, schema_of_texts(files))
    by_tests = coverage(policy, try_cases(policy, load_cases(policy_tests(folder), policy)))
    real = Coverage.of(policy)
    with open_journal(read_settings(folder)) as journal:
        texts = TextsOfThen(journal.policy_texts(), schema_of_texts)
        for one in replayed(_decisions(journal, None), texts):
            then = texts.policy(one.record.policy) if one.record and one.again else ""
            if one.again and not isinstance(then, str):
                real.add(then, one.again.decision)
    rows = [
        {
            "rule": one.id,
            "file": one.file,
            "line": one.line,
            "tests_fired": one.fired,
            "tests_not_fired": one.kept_still,
            "journal_fired": real.rules[one.id].fired,
            "journal_not_fired": real.rules[one.id].kept_still,
            "journal_spoke": real.rules[one.id].spoke,
            "lacks": one.wants,
        }
        for one in by_tests.rules.values()
    ]
    if as_json:
        print_json({"rules": rows})
        return
    table = Table("Rule", "Where", "Tests: fired", "not", "Journal: fired", "not", "spoke", "Lacks")
    for row in rows:
        numbers = [str(row[key]) for key in row if key.startswith(("tests_", "journal_"))]
        table.add_row(str(row["rule"]), f"{row['file']}:{row['line']}", *numbers, str(row["lacks"]))
    console.print(table)


def _recorded(journal: Queries, since: datetime | None) -> Iterator[tuple[str, Record]]:
    for line in _decisions(journal, since):
        if one := recorded(line.body):
            yield f"{line.ticket} line {line.seq}", one


def _decisions(journal: Queries, since: datetime | None) -> Iterable[JournalLine]:
    lines = (line for line in journal.of_kinds(DECISIONS) if since is None or line.at >= since)
    return track(lines, "Deciding again", total=None, console=aside, transient=True)


def _from(since: datetime | None, days: int | None) -> datetime | None:
    if days is not None:
        return now() - timedelta(days=days)
    return since.replace(tzinfo=UTC) if since else None


def _told(found: Differences) -> dict[str, object]:
    rows = [
        {"action": one.action, "was": one.was, "now": one.now, "count": one.count, "examples": one.examples}
        for one in found.most_first
    ]
    return {"compared": found.compared, "changed": found.changed, "differences": rows, "unrecorded": found.unrecorded}


def _print(found: Differences, what: str, was: str, now: str) -> None:
    if found.found:
        table = Table("Action", was, now, "Times", "Such as")
        for one in found.most_first:
            table.add_row(one.action, str(one.was), str(one.now), str(one.count), "\n".join(one.examples))
        console.print(table)
    for name, times in found.unrecorded.items():
        _say(
            f"{name}: a rule asks for it, and {times} of {found.compared} records lack it; there it counts as unknown."
        )
    _say(f"{found.changed} of {found.compared} {what} would come out otherwise.")


def _print_changes(changes: list[RuleChange]) -> None:
    for one in changes:
        _say(f"{one.how}: {one.name}" + (f" ({', '.join(one.what)})" if one.what else ""))
    if not changes:
        _say("The rules are the same.")


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
