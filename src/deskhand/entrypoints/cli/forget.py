"""`deskhand forget`: everything of one customer is erased, wherever this desk keeps it."""

from dataclasses import asdict
from pathlib import Path

from deskhand.bootstrap import now
from deskhand.bootstrap.privacy import Counts, directories_of, open_privacy, told
from deskhand.domain.privacy import Subject
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import read_settings


def run(folder: Path, customer: str, *, by: str, yes: bool, as_json: bool) -> None:
    """Exit with 2 when it was only shown, and with 1 when something of them is left."""
    settings = read_settings(folder)
    with open_privacy(settings, now) as privacy:
        subject = privacy.find(customer, directories_of(settings, now, aside.print))
        if not yes:
            counts = privacy.counted(subject)
            if as_json:
                print_json({"tickets": subject.tickets, "customers": subject.customers, "erases": counts})
            else:
                _show(subject, counts)
            raise SystemExit(2)
        privacy.begin(subject)  # also who never wrote is not written to first from now on
        done = privacy.go_on(by)
    if as_json:
        erasures = [{**asdict(one), "receipt": str(one.receipt)} for one in done]
        print_json({"erasures": erasures, "systems": told(subject)})
    else:
        for one in done:
            rows = sum(sum(tables.values()) for tables in one.erased.values())
            console.print(f"Erased {rows} rows, {one.runs} runs and {one.files} files. Receipt: {one.receipt}")
            if one.waiting:
                aside.print(
                    f"{one.waiting} effects wait for their outcome, so their rows were not touched: "
                    "`deskhand ledger` shows them. Run the same command again when they have ended."
                )
            if not one.scrubbed:
                aside.print("Somebody is reading the database, so its log still holds words of theirs. Run this again.")
        _elsewhere(subject)
    if not all(one.whole for one in done):
        raise SystemExit(1)


def _show(subject: Subject, counts: Counts) -> None:
    console.print(f"Known as {', '.join(subject.customers) or 'nobody'}; {len(subject.tickets)} tickets.", markup=False)
    for data, tables in counts.items():
        console.print(f"  {data}: " + ", ".join(f"{rows} in {name}" for name, rows in tables.items()))
    _elsewhere(subject)
    aside.print("Nothing was erased. With --yes it is, for good.")


def _elsewhere(subject: Subject) -> None:
    for one in told(subject):
        console.print(f"{one.system} holds {', '.join(one.records)}. {one.do}", markup=False, soft_wrap=True)
