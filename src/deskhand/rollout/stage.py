"""Who opens the door to the outside world: nobody, an agent, or the assistant. What `desk.toml` says of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from deskhand.domain.scope import Message, Scope
from deskhand.domain.stage import Stage, least, most

HOLD_OUT = 5.0  # percent of customers, once a procedure is rolled out in steps


@dataclass(frozen=True)
class Step:
    """A stage that `desk.toml` gives to some messages of a procedure."""

    procedure: str
    stage: Stage
    scope: Scope


@dataclass(frozen=True)
class Rollout:
    """The stage of each procedure; a procedure that is not named has the default, read-only unless told otherwise.

    `steps` give more than that to some. `ceilings`: no promotion goes higher, nor higher than `ceiling`. `hold_out`:
    the percentage of known customers whom only people answer; None for `HOLD_OUT` as soon as anything is given in
    steps. `salt`: another one puts customers into other groups.
    """

    default: Stage = Stage.READ_ONLY
    procedures: Mapping[str, Stage] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    ceiling: Stage = Stage.AUTONOMOUS
    ceilings: Mapping[str, Stage] = field(default_factory=dict)
    hold_out: float | None = None
    salt: str = ""

    def stage(self, procedures: Iterable[str]) -> Stage:
        """The least trusted stage among them, for everybody; the default when there is none."""
        return least(*([self.procedures.get(name, self.default) for name in procedures] or [self.default]))

    def given(self, procedure: str, one: Message) -> Stage:
        """What `desk.toml` gives this message."""
        steps = [step.stage for step in self.steps if step.procedure == procedure and step.scope.covers(one)]
        return most(self.stage([procedure]), *steps)

    def top(self, procedure: str) -> Stage:
        """The highest stage that `desk.toml` gives to anybody."""
        steps = [step.stage for step in self.steps if step.procedure == procedure and step.scope.percent > 0]
        return most(self.stage([procedure]), *steps)

    def most(self, procedure: str) -> Stage:
        """How high a promotion may go."""
        return self.ceilings.get(procedure, self.ceiling)
