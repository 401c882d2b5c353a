"""`[quality]` and `[csat]`: who looks at replies that were sent, and whether customers are asked."""

from pydantic import Field

from deskhand.settings.strict import Strict


class QualityTable(Strict):
    """`sample`: how many replies of a month people are asked to grade, fewer where fewer were sent. `judge`: whether
    models judge replies, too; what they say is shown once at least `double` replies were graded by a person and by
    them, and Cohen's kappa between both reaches `kappa`. `every_minutes`: how often `serve` holds conversations that
    closed to the rules; 0 for never."""

    sample: int = Field(default=300, ge=1, le=10_000)
    judge: bool = False
    kappa: float = Field(default=0.6, ge=0, le=1)
    double: int = Field(default=50, ge=1)
    every_minutes: float = Field(default=5, ge=0)


class CsatTable(Strict):
    """`ask`: whether customers are asked, once, after their ticket has closed. Needs `[receipts] address`, where the
    page with the question is."""

    ask: bool = False
