"""`deskhand policy check` and `test`: whether the rules are sound, and whether they do what their owners expect."""

from collections.abc import Iterable
from pathlib import Path

from deskhand.bootstrap import faults_of_rules, policy_files, policy_tests
from deskhand.domain.errors import DeskFault, Fault
from deskhand.entrypoints.printing import aside, console, plain, print_json
from deskhand.execution.catalogue.all_actions import schema_of_texts
from deskhand.policy.case_file import load_cases
from deskhand.policy.cases import RuleCount, Tried, coverage, try_cases
from deskhand.policy.explain import explain
from deskhand.policy.loading import ACTIONS, load_policies
from deskhand.settings import read_settings


def run(folder: Path, *, as_json: bool) -> None:
    """Exit with 1 on faults."""
    settings = read_settings(folder)
    files = policy_files(settings.folder)
    try:
        policy = load_policies(files, schema_of_texts(files))
        load_cases(policy_tests(folder), policy)
        if wrong := faults_of_rules(settings):
            raise DeskFault(wrong)
    except DeskFault as error:
        if as_json:
            print_json({"ok": False, "faults": plain(error.faults), "notes": []})
        else:
            _lines(error.faults)
            aside.print(f"{counted(len(error.faults), 'fault')}; no desk starts with this policy.", style="bold red")
        raise SystemExit(1) from None
    if as_json:
        print_json({"ok": True, "faults": [], "notes": plain(policy.notes)})
        return
    _lines(policy.notes, "note: ")
    rules = {rule.id for chapter in policy.chapters.values() for rule in chapter.rules}
    count = sum(not name.startswith(ACTIONS) for name in files)
    console.print(f"No fault: {len(rules)} rules in {count} files.", style="green")


def run_tests(folder: Path, *, covered: bool, as_json: bool) -> None:
    """Exit with 1 if a test fails; with `covered` also if a rule is never made to fire, or never kept from it."""
    files = policy_files(read_settings(folder).folder)
    policy = load_policies(files, schema_of_texts(files))
    tried = try_cases(policy, load_cases(policy_tests(folder), policy))
    failed = [one for one in tried if one.wrong]
    lacking = coverage(policy, tried).lacking
    if as_json:
        told = [
            {"name": one.case.name, "file": one.case.file, "line": one.case.line, "why": one.wrong} for one in failed
        ]
        uncovered = [{"rule": one.id, "file": one.file, "line": one.line, "why": one.wants} for one in lacking]
        print_json({"ok": not failed, "tests": len(tried), "failed": told, "uncovered": uncovered})
    else:
        _print(tried, failed, lacking)
    if failed or (covered and lacking):
        raise SystemExit(1)


def _print(tried: list[Tried], failed: list[Tried], lacking: list[RuleCount]) -> None:
    for one in failed:
        _lines((Fault(one.case.file, one.case.line, f"{one.case.name}: {one.wrong}"),))
        for line in explain(one.decision).splitlines():
            console.print(f"    {line}", markup=False, highlight=False, soft_wrap=True)
    _lines((Fault(one.file, one.line, f"{one.id}: {one.wants} by a test") for one in lacking), "note: ")
    if not tried:
        console.print("There is no test yet: write some in policies/tests/*.yaml.", highlight=False)
    elif failed:
        console.print(f"{len(failed)} of {counted(len(tried), 'test')} failed.", style="bold red", highlight=False)
    else:
        console.print(f"{counted(len(tried), 'test')} passed.", style="green", highlight=False)


def counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _lines(faults: Iterable[Fault], before: str = "") -> None:
    for fault in faults:
        console.print(f"{before}{fault}", markup=False, highlight=False, soft_wrap=True)
