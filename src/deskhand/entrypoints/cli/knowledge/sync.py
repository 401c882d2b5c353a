"""`deskhand knowledge`: the company's knowledge, read from its sources."""

from pathlib import Path

from deskhand.bootstrap import now, open_library
from deskhand.entrypoints.printing import aside, console, plain, print_json
from deskhand.settings import read_settings


def sync(folder: Path, *, as_json: bool) -> None:
    """Per source what changed, and what could not be read. Exit with 1 when a source as a whole could not."""
    done = []
    with open_library(read_settings(folder), tell=aside.print, clock=now) as bookkeeper:
        for one in bookkeeper.sync():
            done.append(one)
            if as_json:
                continue
            if one.failure:
                lines = [f"{one.source}: could not be read, so its articles stay as they were: {one.failure}"]
            else:
                count = one.change
                lines = [
                    f"{one.source}: {count.new} new, {count.changed} changed, {count.gone} gone, {count.same} the same"
                ]
            lines += [f"    {unread.place}: {unread.why}" for unread in one.unread]
            for line in lines:
                console.print(line, markup=False, highlight=False, soft_wrap=True)
    if as_json:
        flat = [
            {"source": one.source, **plain(one.change), "unread": one.unread, "failure": one.failure} for one in done
        ]
        print_json({"ok": not any(one.failure for one in done), "sources": flat})
    if any(one.failure for one in done):
        raise SystemExit(1)
