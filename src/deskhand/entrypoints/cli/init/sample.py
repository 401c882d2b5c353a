"""What a new desk learns at once: its articles taken over, past tickets drafted from and replayed."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from deskhand.bootstrap import now, open_library
from deskhand.bootstrap.replay.drafts import write_drafts
from deskhand.bootstrap.replay.replay import Wish
from deskhand.domain.errors import DeskhandError
from deskhand.entrypoints.cli.draft import progress, told
from deskhand.entrypoints.cli.init.wishes import Wishes
from deskhand.entrypoints.cli.replay import replayed, show
from deskhand.entrypoints.printing import aside
from deskhand.settings import Settings


@dataclass
class Sampled:
    """`drafts` are files; `replay` is a report, None where nothing was replayed; `failed` is what could not be read,
    with the command that does it again. `lines` tell all but the replay to people."""

    drafts: list[str] = field(default_factory=list)
    replay: dict[str, Any] | None = None
    failed: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """For scripts."""
        short = {name: self.replay[name] for name in ("tickets", "outcomes")} if self.replay else None
        return {"drafts": self.drafts, "replay": short, "failed": self.failed}

    def show(self) -> None:
        if self.replay:
            show(self.replay)


def sample(settings: Settings, wishes: Wishes) -> Sampled:
    """The desk is whole already, so whatever fails here leaves it so; Ctrl-C stops the rest."""
    done, desk = Sampled(), f"--desk {shlex.quote(str(settings.folder))}"
    tickets = shlex.quote(wishes.tickets)
    deeds = []
    if wishes.articles:
        deeds.append((_sync, f"deskhand knowledge sync {desk}"))
    if wishes.tickets:
        deeds += [(_draft, f"deskhand draft {tickets} {desk}"), (_replay, f"deskhand replay {tickets} {desk}")]
    for deed, again in deeds:
        try:
            deed(settings, wishes, done)
        except DeskhandError as error:
            done.failed.append(f"{error} The desk is there; do this again with: {again}")
        except KeyboardInterrupt:
            done.failed.append(f"Stopped. The desk is there; go on with: {again}")
            break
    done.lines += done.failed
    return done


def _sync(settings: Settings, wishes: Wishes, done: Sampled) -> None:
    with open_library(settings, tell=aside.print, clock=now) as bookkeeper:
        for one in bookkeeper.sync():
            done.lines += [f"Not read: {unread.place}: {unread.why}" for unread in one.unread]
            done.lines.append(f"{one.source}: {one.change.new} articles taken over")
            if one.failure:
                raise DeskhandError(f"{one.source} could not be read: {one.failure}.")


def _draft(settings: Settings, wishes: Wishes, done: Sampled) -> None:
    written = write_drafts(settings, wishes.tickets, (), progress)
    done.drafts = [str(one) for one in written.files]
    done.lines += told(written)


def _replay(settings: Settings, wishes: Wishes, done: Sampled) -> None:
    finished = replayed(settings, Wish(wishes.tickets))
    done.replay = finished.report
    done.lines.append(f"What past tickets would have become: {finished.folder / 'report.html'}")
    done.lines.extend(_made_up(settings))


def _made_up(settings: Settings) -> Iterator[str]:
    """Twins know none of the company's own customers, and a report that does not say so would mislead."""
    if settings.table.systems.connectors:
        yield (
            "The systems are stand-ins with made-up customers, so look-ups found nobody of yours: connect the real "
            "ones, and replay again before you judge these figures."
        )
