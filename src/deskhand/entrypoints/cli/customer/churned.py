"""`deskhand customer churned`: who left, and when."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from deskhand.bootstrap import now, open_store
from deskhand.domain.errors import DeskFault, Fault, Invalid
from deskhand.domain.ref import Ref
from deskhand.entrypoints.printing import console, print_json
from deskhand.settings import read_settings
from deskhand.workflows.note_churn import note_churn


def run(folder: Path, customer: str, on: str, file: Path | None, *, by: str, as_json: bool) -> None:
    """One customer, or those of a file: record and day in each line. With a fault in it nothing is noted."""
    if bool(customer) == (file is not None) or bool(customer) != bool(on):
        raise DeskFault((Fault("customer churned", 1, "name a record and --on, or a --file; nothing was changed"),))
    left, faults = dict[Ref, date](), list[Fault]()
    for number, words in _lines(file) if file else [(1, [customer, on])]:
        try:
            record, day = (word.strip() for word in words)
            left[Ref.parse(record)] = date.fromisoformat(day)
        except ValueError:
            what = f"{','.join(words)!r}: write a record and a day, such as stripe:customer:cus_1,2026-05-03"
            faults.append(Fault(str(file or "customer churned"), number, what))
    if faults:
        raise DeskFault(tuple(faults))
    with open_store(read_settings(folder)) as store:
        try:
            count = note_churn(store, left, by=by, now=now())
        except Invalid as error:
            raise DeskFault((Fault(str(file or "customer churned"), 1, str(error)),)) from error
    if as_json:
        print_json({"noted": count, "known": len(left) - count})
    else:
        console.print(f"{count} noted, {len(left) - count} known already. See retention in `deskhand report`.")


def _lines(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Without those that are empty, and without a heading "customer,left"."""
    try:
        with file.open(newline="", encoding="utf-8-sig") as opened:
            for number, words in enumerate(csv.reader(opened), 1):
                if words and not (number == 1 and words[0].strip().lower() == "customer"):
                    yield number, words
    except (OSError, UnicodeDecodeError) as error:
        raise DeskFault((Fault(str(file), 1, f"cannot be read: {error}; nothing was changed"),)) from error
