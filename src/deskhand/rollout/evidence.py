"""What speaks for trusting a procedure more, and what is still missing: facts and gates, and no decision."""

from dataclasses import asdict, dataclass
from enum import StrEnum

from deskhand.domain.stage import Stage


@dataclass(frozen=True)
class Gates:
    """What a promotion needs. Percentages are of the suggestions that agents decided on within `days`; `sample` are
    answers that people graded; `golden` is the desk on which its golden tickets must have passed, "" for any."""

    days: int = 90
    assisted_cases: int = 200
    assisted_agreed: float = 70
    autonomous_cases: int = 200
    autonomous_approved: float = 80
    autonomous_edited: float = 10
    sample: int = 0
    start_percent: float = 5
    golden: str = ""

    def cases(self, stage: Stage) -> int:
        """How many decisions are wanted before this stage."""
        return self.assisted_cases if stage is Stage.ASSISTED else self.autonomous_cases


class Lacks(StrEnum):
    CASES = "cases"
    APPROVAL = "approval"
    EDITS = "edits"
    FINDINGS = "findings"
    WRONG = "wrong"
    SAMPLE = "sample"
    GOLDEN = "golden"


@dataclass(frozen=True)
class Evidence:
    """`decided` are suggestions that agents decided on, `approved` those sent unedited; `surely` is the lower end of
    the 95 % interval of their share, None while there are none. `findings` are deeds that went wrong or that a customer
    contested, and findings of others that are open. `graded` are answers that people looked at, `wrong` those of them
    that were. `golden`: the desk on which all golden tickets passed when they were last recorded, or ""."""

    decided: int = 0
    approved: int = 0
    edited: int = 0
    rejected: int = 0
    surely: float | None = None
    findings: int = 0
    graded: int = 0
    wrong: int = 0
    golden: str = ""

    @property
    def agreed(self) -> float:
        """Percent that were sent unedited."""
        return 100 * self.approved / self.decided if self.decided else 0.0

    @property
    def changed(self) -> float:
        """Percent that were edited."""
        return 100 * self.edited / self.decided if self.decided else 0.0

    @property
    def figures(self) -> dict[str, object]:
        """For the journal."""
        return asdict(self)


def missing(stage: Stage, evidence: Evidence, gates: Gates) -> tuple[Lacks, ...]:
    """What is still wanted before a procedure that is at this stage may have the next one; nothing where there is
    none."""
    if stage is Stage.AUTONOMOUS:
        return ()
    there = {
        Lacks.CASES: evidence.decided >= gates.cases(stage.above),
        Lacks.APPROVAL: _approved(stage, evidence, gates),
        Lacks.EDITS: stage is Stage.READ_ONLY or evidence.changed < gates.autonomous_edited or not evidence.decided,
        Lacks.FINDINGS: evidence.findings == 0,
        Lacks.WRONG: evidence.wrong == 0,
        Lacks.SAMPLE: evidence.graded >= gates.sample or stage is Stage.READ_ONLY,
        Lacks.GOLDEN: not gates.golden or evidence.golden == gates.golden,
    }
    return tuple(one for one, reached in there.items() if not reached)


def _approved(stage: Stage, evidence: Evidence, gates: Gates) -> bool:
    """The share itself before assisted; before autonomous the least that it surely is."""
    if stage is Stage.READ_ONLY:
        return evidence.decided > 0 and evidence.agreed >= gates.assisted_agreed
    return evidence.surely is not None and 100 * evidence.surely >= gates.autonomous_approved
