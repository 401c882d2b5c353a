"""`[reports]`: who gets the week by e-mail, and when."""

from typing import Annotated, Literal

from pydantic import Field

from deskhand.domain.calendar import DAYS
from deskhand.settings.strict import Strict

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class ReportsTable(Strict):
    """`to`: addresses, by [systems.mail]; none for no e-mail. `day` and `hour`: when the week that is over is sent, by
    the clock of the calendar's zone (UTC where there is none). `language`: of the letter."""

    to: list[Annotated[str, Field(pattern=r"^[^\s@<>,;]+@[^\s@<>,;]+$")]] = Field(default_factory=list)
    day: Day = "monday"
    hour: int = Field(default=7, ge=0, le=23)
    language: Literal["en", "de"] = "en"

    @property
    def weekday(self) -> int:
        """0 is Monday."""
        return DAYS.index(self.day)
