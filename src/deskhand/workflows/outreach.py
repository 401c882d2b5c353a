"""Writing to customers first: what its stories work with beside the desk."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from deskhand.domain.finding import Finding
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.stage import Stage
from deskhand.proactive.rule import Rule

UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Outreach:
    """`ask` asks a question of `[records.events]`; `billing_lines` are the journal's lines of billing's events behind a
    number; `stages` by family, read-only where none is named; `link` is where a customer (a `Ref` as text) stops such
    messages, "" where this desk has no address."""

    rules: tuple[Rule, ...] = ()
    ask: Callable[[str], Finding] | None = None
    billing_lines: Callable[[int], Iterator[JournalLine]] = lambda after: iter(())
    stages: Mapping[str, Stage] = field(default_factory=dict)
    link: Callable[[str], str] = lambda customer: ""
    zone: ZoneInfo = UTC

    def stage(self, family: str) -> Stage:
        return self.stages.get(family, Stage.READ_ONLY)

    def rule(self, family: str) -> Rule | None:
        return next((one for one in self.rules if one.family == family), None)
