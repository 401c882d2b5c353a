"""`[alerts]`: whether drift is watched for, what takes a procedure a step back, and who is told."""

from pydantic import Field, model_validator

from deskhand.measurement.drift.signals import SIGNALS
from deskhand.settings.strict import Strict


def _own_choice() -> list[str]:
    return [name for name, one in SIGNALS.items() if one.steps_back]


class AlertsTable(Strict):
    """`every_minutes`: how often `serve` looks; 0 for never. `step_back`: the signals whose alarm takes the procedure
    one stage back. `email`: an address that is told, by [systems.mail]; `slack`: the id of a channel, by
    [channels.slack]. Hooks are told by naming "drift.alarmed" among their events."""

    every_minutes: float = Field(default=1, ge=0)
    step_back: list[str] = Field(default_factory=_own_choice)
    email: str = Field(default="", pattern=r"^([^\s@<>]+@[^\s@<>]+)?$")
    slack: str = Field(default="", pattern=r"^([CG][A-Z0-9]{2,})?$")

    @model_validator(mode="after")
    def _known(self) -> "AlertsTable":
        for name in self.step_back:
            if name not in SIGNALS:
                raise ValueError(f"step_back: there is no signal {name!r}. These are watched: {', '.join(SIGNALS)}")
        return self
