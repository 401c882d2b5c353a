"""The work of `deskhand customer restrict` and `unrestrict`."""

from pathlib import Path

from deskhand.bootstrap import now
from deskhand.bootstrap.privacy import directories_of, open_privacy
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import read_settings


def run(folder: Path, customer: str, *, by: str, lift: bool, as_json: bool) -> None:
    settings = read_settings(folder)
    with open_privacy(settings, now) as privacy:
        subject = privacy.find(customer, directories_of(settings, now, aside.print))
        changed = privacy.restrict(subject, by, lift=lift)
    if as_json:
        print_json({"customers": subject.customers, "tickets": subject.tickets, "changed": changed})
    elif not changed:
        console.print("Nothing was changed: it was so before.")
    else:
        told = "The assistant reads what they write again." if lift else "No assistant reads what they write."
        console.print(f"{told} Known as {', '.join(subject.names)}.", markup=False, soft_wrap=True)
