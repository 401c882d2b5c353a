"""The work of `deskhand proactive report`, on the database alone."""

from pathlib import Path

from deskhand.bootstrap import open_store
from deskhand.entrypoints.printing import console, print_json
from deskhand.measurement.outreach import ENOUGH, Effect, Group, effects
from deskhand.settings import read_settings
from deskhand.workflows.follow_contacts import followed


def show(folder: Path, *, as_json: bool) -> None:
    """A paragraph for each family."""
    with open_store(read_settings(folder)) as store:
        found = effects(followed(store))
    if as_json:
        print_json({"families": found})
        return
    for one in found:
        console.print(f"{one.family}", style="bold", markup=False)
        for name, group in (("written to", one.contacted), ("held out", one.held_out)):
            console.print(f"  {name}: {_group(group)}", markup=False)
        console.print(f"  {_difference(one)}", markup=False)
    if not found:
        console.print("Nobody was written to first, and nobody was held out.")


def _group(one: Group) -> str:
    return f"{one.people}; wrote to us {one.wrote}; solved {one.solved} of {one.looked_at} looked at again"


def _difference(one: Effect) -> str:
    if one.difference is None or one.between is None:
        return f"difference: not enough data ({ENOUGH} of each are needed)"
    low, high = one.between
    return f"difference in solved: {one.difference:+.1%} (between {low:+.1%} and {high:+.1%} at 95 %)"
