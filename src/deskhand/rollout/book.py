"""What the journal says of stages: what desk.toml gives, what people promoted, and what stepped back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from deskhand.domain.journal_line import JournalLine
from deskhand.domain.scope import Message, Scope
from deskhand.domain.stage import Stage, least, most

WRITTEN = "rollout.written"  # desk.toml gives other stages than before
ASKED = "rollout.asked"
WITHDRAWN = "rollout.withdrawn"
REFUSED = "rollout.refused"  # an approval that came to nothing
APPROVED = "rollout.approved"  # its shares are given one by one, each when it is due
PROMOTED = "rollout.promoted"
NOT_PROMOTED = "rollout.not_promoted"  # a step whose evidence no longer held at its time
STEPPED_BACK = "rollout.stepped_back"


@dataclass(frozen=True)
class Grant:
    """One promotion that stands: from line `line` of the journal on."""

    stage: Stage
    scope: Scope
    line: int
    at: datetime


@dataclass(frozen=True)
class Kept:
    """Of one procedure. `cap`: what desk.toml gives at most, lowered by each step back. `back`: the last of these,
    `promoted` the last promotion. A promotion lifts no cap: it gives its stage beside it."""

    cap: Stage = Stage.AUTONOMOUS
    grants: tuple[Grant, ...] = ()
    back: JournalLine | None = None
    promoted: JournalLine | None = None

    def stage(self, written: Stage, one: Message) -> Stage:
        """For this message; `written` is what desk.toml gives it."""
        given = [grant.stage for grant in self.grants if grant.scope.covers(one)]
        return most(least(written, self.cap), *given)

    def top(self, written: Stage) -> Stage:
        """The highest for anybody."""
        return most(least(written, self.cap), *(grant.stage for grant in self.grants if grant.scope.percent > 0))


@dataclass(frozen=True)
class Book:
    """`written`: the highest stage that desk.toml gives to anybody, by procedure, `default` for all others; as the
    desk was last opened with it. `first` is the number of the first line, 0 where there is none."""

    default: Stage = Stage.READ_ONLY
    written: Mapping[str, Stage] = field(default_factory=dict)
    ceilings: Mapping[str, Stage] = field(default_factory=dict)
    kept: Mapping[str, Kept] = field(default_factory=dict)
    first: int = 0

    def of(self, procedure: str) -> Kept:
        return self.kept.get(procedure, Kept())

    def top(self, procedure: str) -> Stage:
        """The highest stage that anybody has in this procedure."""
        high = self.of(procedure).top(self.written.get(procedure, self.default))
        return least(high, self.ceilings.get(procedure, Stage.AUTONOMOUS))


def book(lines: Iterable[JournalLine]) -> Book:
    """From the lines about stages, in order."""
    told = Book()
    for line in lines:
        body = line.body
        told = replace(told, first=told.first or line.seq)
        match line.kind:
            case "rollout.written":
                stages = {name: Stage(stage) for name, stage in body["procedures"].items()}
                ceilings = {name: Stage(stage) for name, stage in body["ceilings"].items()}
                told = replace(told, default=Stage(body["default"]), written=stages, ceilings=ceilings)
            case "rollout.promoted":
                name = str(body["procedure"])
                told = replace(told, kept={**told.kept, name: _promoted(told.of(name), line)})
            case "rollout.stepped_back":
                name = str(body["procedure"])
                told = replace(told, kept={**told.kept, name: _back(told.of(name), line)})
            case _:
                pass
    return told


def _promoted(kept: Kept, line: JournalLine) -> Kept:
    """The newest promotion of the same messages to the same stage holds, whatever its share."""
    body = line.body
    new = Grant(Stage(body["stage"]), Scope(**body["scope"]), line.seq, line.at)
    others = tuple(one for one in kept.grants if (one.stage, one.scope.whom) != (new.stage, new.scope.whom))
    return replace(kept, grants=(*others, new), promoted=line)


def _back(kept: Kept, line: JournalLine) -> Kept:
    """Nobody has more than this stage from here on, whoever gave it."""
    stage = Stage(line.body["stage"])
    left = tuple(one for one in kept.grants if one.stage.trust <= stage.trust)
    return replace(kept, cap=least(kept.cap, stage), grants=left, back=line)
