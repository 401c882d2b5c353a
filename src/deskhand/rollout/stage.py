"""Who opens the door to the outside world: nobody, an agent, or the assistant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from deskhand.domain.stage import Stage


@dataclass(frozen=True)
class Rollout:
    """The stage of each procedure; a procedure that is not named has the default, read-only unless told otherwise."""

    default: Stage = Stage.READ_ONLY
    procedures: Mapping[str, Stage] = field(default_factory=dict)

    def stage(self, procedures: Iterable[str]) -> Stage:
        """The least trusted stage among them; the default when there is none."""
        stages = [self.procedures.get(name, self.default) for name in procedures]
        return min(stages or [self.default], key=lambda stage: stage.trust)
