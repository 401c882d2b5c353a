"""All metrics, in one place: what reads numbers of a desk begins here."""

from collections.abc import Mapping

from deskhand.measurement.business_figures import BUSINESS, HEALTH
from deskhand.measurement.metric import About, Metric, Value
from deskhand.measurement.operational_figures import OPERATIONAL
from deskhand.measurement.quality_figures import QUALITY
from deskhand.measurement.sums import Sums

METRICS: tuple[Metric, ...] = (*OPERATIONAL, *QUALITY, *BUSINESS, *HEALTH)
BY_KEY: Mapping[str, Metric] = {one.key: one for one in METRICS}


def measured(sums: Sums, about: About) -> dict[str, Value]:
    """Every metric over these tickets, by its key."""
    return {one.key: one.measure(sums, about) for one in METRICS}
