"""The work of `deskhand proactive preview`, `run` and `incident`."""

import re
from collections.abc import Iterable
from pathlib import Path

from deskhand.bootstrap import open_desk
from deskhand.domain.errors import DeskFault, Fault
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import read_settings
from deskhand.workflows.notice import Round, report_incident
from deskhand.workflows.preview_contacts import Seen, preview
from deskhand.workflows.reach_out import reach_out

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}")


def show(folder: Path, *, rule: str, as_json: bool) -> None:
    """Every rule of the desk, or the one that is named."""
    seen: list[Seen] = []
    problems: list[str] = []
    with open_desk(read_settings(folder), tell=aside.print) as desk:
        wanted = [one for one in desk.outreach.rules if rule in ("", str(one.id))]
        if rule and not wanted:
            raise _fault(folder, f"there is no rule {rule!r} in proactive/")
        for one in wanted:
            found, trouble = preview(desk.desk, desk.outreach, one)
            seen += found
            problems += trouble
    if as_json:
        print_json({"preview": seen, "problems": problems})
        return
    for each in seen:
        why = f": {each.why}" if each.why else ""
        line = f"{each.rule}  {each.customer}  {each.event}  would {each.would}{why}"
        console.print(line, markup=False, soft_wrap=True)
        if each.text:
            console.print(f"    {each.subject}", markup=False, soft_wrap=True)
    if not seen:
        console.print("Nothing has happened that a rule is about.")
    _tell(problems)


def once(folder: Path, *, as_json: bool) -> None:
    """Progress goes to standard error, a line for each contact."""
    with open_desk(read_settings(folder), tell=aside.print) as desk:
        came = reach_out(desk.desk, desk.outreach, lambda line: aside.print(line, markup=False, soft_wrap=True))
    if as_json:
        print_json({"filed": came.filed, "now": dict(came.now), "problems": came.problems})
        return
    states = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in sorted(came.now.items()))
    console.print(f"{came.filed} new; {states or 'nothing was waiting'}.", markup=False)
    _tell(came.problems)


def affected(folder: Path, *, name: str, note: str, accounts: Path, as_json: bool) -> None:
    """Whoever is no customer is told; said again, nobody is filed twice."""
    if not NAME.fullmatch(name):
        raise _fault(folder, f"{name!r} is no name of an incident: letters, digits, - _ . : and no spaces")
    try:
        emails = [line.strip() for line in accounts.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise _fault(accounts, f"cannot be read: {error}") from error
    with open_desk(read_settings(folder), tell=aside.print) as desk:
        if not any(one.event.by_hand and not one.question for one in desk.outreach.rules):
            raise _fault(folder, "no rule in proactive/ is on `incident` without `from`, so nobody would be written to")
        filed = report_incident(Round(desk.desk, desk.outreach), name, note, emails, aside.print)
    if as_json:
        print_json({"incident": name, "accounts": len(emails), "filed": filed})
    else:
        console.print(f"{name}: {filed} of {len(emails)} accounts are new. Nobody was written to yet.", markup=False)


def _tell(problems: Iterable[str]) -> None:
    for one in problems:
        aside.print(f"note: {one}", markup=False, soft_wrap=True)


def _fault(file: Path, what: str) -> DeskFault:
    return DeskFault((Fault(str(file), 1, what),))
