"""What a desk offers to its procedures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from deskhand.domain.finding import LookupSpec
from deskhand.procedures.procedure import ActionShape


@dataclass(frozen=True)
class Known:
    """What procedures may speak of on this desk."""

    look_ups: Mapping[str, LookupSpec]
    actions: Mapping[str, ActionShape]
    articles: Collection[str]
    queues: Collection[str]
