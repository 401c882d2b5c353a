"""What `desk.toml` says of how people get in: how long a sign-in lasts, and who is limited to which queues."""

from pydantic import Field

from deskhand.settings.strict import Strict


class AccessTable(Strict):
    """A session ends after `idle_hours` without a click, and after `most_days` in any case. `scopes`: by person, the
    queues whose tickets they see; who is not named there sees all."""

    idle_hours: float = Field(default=12, gt=0, le=24 * 7)
    most_days: float = Field(default=7, gt=0, le=90)
    scopes: dict[str, list[str]] = Field(default_factory=dict)
