"""`[limits]`: how often programs may come within a minute. How often people may is with what they come by."""

from pydantic import Field

from deskhand.settings.strict import Strict


class LimitsTable(Strict):
    """Each API token, and each address at which systems deliver (`/webhooks/<system>`, `/hooks/<name>`), for all
    processes together. Whoever comes more often hears 429 with the time to wait; systems then send again."""

    token_per_minute: int = Field(default=300, ge=1, le=100_000)
    deliveries_per_minute: int = Field(default=600, ge=1, le=100_000)
