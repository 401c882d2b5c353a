"""`deskhand policy`, for the people who own the rules. Each command's work is imported when it is called."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

policy_app = typer.Typer(help="Check, test, explain and compare what the assistant may do.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--desk", help="The desk folder.", show_default=True)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text for people.")]
Since = Annotated[datetime | None, typer.Option(help="Only decisions since this day.", formats=["%Y-%m-%d"])]
Days = Annotated[int | None, typer.Option(min=1, help="Only decisions of so many days.")]
HERE = Path()


@policy_app.command()
def check(desk: Folder = HERE, json: Json = False) -> None:
    """Report every fault of the policy files, and what is worth a look; exit code 1 on faults."""
    from deskhand.entrypoints.cli.policy.check import run

    run(desk, as_json=json)


@policy_app.command("test")
def run_tests(
    desk: Folder = HERE,
    covered: Annotated[bool, typer.Option("--covered", help="Exit code 1 also for a rule without tests.")] = False,
    json: Json = False,
) -> None:
    """Run the tests in policies/tests/, and tell which rules none of them shows at work."""
    from deskhand.entrypoints.cli.policy.check import run_tests

    run_tests(desk, covered=covered, as_json=json)


@policy_app.command()
def decide(
    facts: Annotated[str, typer.Option(help='JSON lines: {"action", "facts", "currency", "approved"}; - for input.')],
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Decide on the facts of each line of a file; exit code 1 if a line was faulty, and the others are decided."""
    from deskhand.entrypoints.cli.policy.decide import run

    run(desk, facts, as_json=json)


@policy_app.command()
def explain(
    ticket: Annotated[str, typer.Argument(help="As system:kind:id.")], desk: Folder = HERE, json: Json = False
) -> None:
    """Explain each decision on a ticket, taken again from its recorded facts and the policy of then."""
    from deskhand.entrypoints.cli.policy.past import explain

    explain(desk, ticket, as_json=json)


@policy_app.command()
def replay(
    since: Since = None,
    days: Days = None,
    policy: Annotated[Path | None, typer.Option(help="Another folder of policies than the desk's own.")] = None,
    desk: Folder = HERE,
    json: Json = False,
) -> None:
    """Decide past decisions again by today's policy, or another, and show those that would come out otherwise."""
    from deskhand.entrypoints.cli.policy.past import replay

    replay(desk, policy or desk, since=since, days=days, as_json=json)


@policy_app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="A folder of policies, or a desk folder.")],
    new: Annotated[Path, typer.Argument(help="Another one.")],
    desk: Folder = HERE,
    since: Since = None,
    days: Days = None,
    json: Json = False,
) -> None:
    """Show which rules differ, and which decisions would: those of the desk's journal, and those of NEW's tests."""
    from deskhand.entrypoints.cli.policy.past import diff

    diff(desk, old, new, since=since, days=days, as_json=json)


@policy_app.command()
def coverage(desk: Folder = HERE, json: Json = False) -> None:
    """Tell how often each rule fires: in the tests, and in the decisions of the journal."""
    from deskhand.entrypoints.cli.policy.past import rules_at_work

    rules_at_work(desk, as_json=json)


@policy_app.command()
def render(desk: Folder = HERE, json: Json = False) -> None:
    """Write the policy in plain English, as Markdown, for somebody who audits it."""
    from deskhand.entrypoints.cli.policy.render import run

    run(desk, as_json=json)
