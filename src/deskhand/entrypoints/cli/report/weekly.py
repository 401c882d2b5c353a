"""`deskhand report weekly`: a week for people, on the screen, as a page or by e-mail."""

from dataclasses import asdict
from functools import partial
from pathlib import Path

import typer

from deskhand.bootstrap import Installation, now, open_desk, send, weekly
from deskhand.entrypoints.cli.report.metrics import metric_as_object
from deskhand.entrypoints.printing import aside, print_json
from deskhand.entrypoints.web.weekly_page import letter, page
from deskhand.measurement.metric import VERSION
from deskhand.measurement.weekly import Week, Weekly
from deskhand.settings import Settings, read_settings
from deskhand.workflows.send_report import key_of

PATIENCE = 60.0  # seconds for a letter to go out while somebody looks


def run(folder: Path, *, named: str, html: Path | None, language: str, send_it: bool, as_json: bool) -> None:
    try:
        week = Week.parse(named) if named else Week.last(now())
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--week") from error
    if week.ends > now():
        raise typer.BadParameter(
            f"{week} is not over: `deskhand report --days 7` tells how it stands", param_hint="--week"
        )
    settings = read_settings(folder)
    if send_it and not settings.table.reports.to:
        raise typer.BadParameter("nobody is to get it: set `to` in [reports] of desk.toml", param_hint="--send")
    with open_desk(settings, tell=aside.print) as installation:
        found = weekly(installation, week)
        if html:
            html.write_text(page(settings, found, language), "utf-8")
            aside.print(f"Written: {html}", highlight=False, soft_wrap=True)
        if as_json:
            print_json(as_object(found))
        elif not html:
            print(letter(settings, found)[1], end="")
        if send_it:
            _send(settings, installation, week)


def as_object(found: Weekly) -> dict[str, object]:
    """What `--json` prints."""
    return {
        "definition": VERSION,
        "week": str(found.week),
        "since": found.week.monday.isoformat(),
        "until": found.week.sunday.isoformat(),
        "at": found.at,
        "final": found.final,
        "settled": found.settled,
        "window_days": found.outcomes.window_days,
        "maturing": found.outcomes.maturing,
        "open_over_30_days": found.outcomes.open_over_30_days,
        "lines_behind": found.behind,
        "metrics": {
            one.metric.key: metric_as_object(one.metric, one.now)
            | {
                "week_before": one.before,
                "before_the_assistant": one.past,
                "change": {**asdict(one.change), "clear": one.change.clear} if one.change else None,
                "worse": one.worse,
                "tickets": one.tickets,
            }
            for one in found.lines
        },
        "outcomes": found.outcomes,
        "look": found.look,
    }


def _send(settings: Settings, installation: Installation, week: Week) -> None:
    ways = send(installation, week, partial(letter, settings))
    for way in ways:
        try:
            installation.engine.wait(key_of(way, str(week)), PATIENCE)
        except TimeoutError:
            aside.print(f"{way} is on its way; `deskhand ledger show` tells of it.", highlight=False)
    already = len(settings.table.reports.to) - len(ways)
    aside.print(f"Sent to {len(ways)}; {already} had it before, and got nothing.", highlight=False)
