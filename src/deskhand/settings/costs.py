"""`[costs]`: what the desk pays beside models, in US dollars."""

from pydantic import Field

from deskhand.measurement.metric import Costs
from deskhand.settings.strict import Strict


class CostsTable(Strict):
    """`agent_rate_per_hour`: an agent's hour with all that goes with it; `fixed_per_month`: hosting, licences, fees
    of connectors; `agent_minutes_before`: what an agent spent on one ticket before the assistant. What is not said is
    unknown, and never 0."""

    agent_rate_per_hour: float | None = Field(default=None, ge=0)
    fixed_per_month: float | None = Field(default=None, ge=0)
    agent_minutes_before: float | None = Field(default=None, gt=0)

    @property
    def costs(self) -> Costs:
        return Costs(self.agent_rate_per_hour, self.fixed_per_month, self.agent_minutes_before)
