"""What speaks for trusting a procedure more, and what is still missing: facts and wishes, and no decision."""

from dataclasses import dataclass
from enum import StrEnum

from deskhand.domain.stage import Stage

CASES = 30  # suggestions that agents decided on
APPROVED = 0.9  # the least that their share of unedited approvals surely is


class Lacks(StrEnum):
    CASES = "cases"
    APPROVAL = "approval"
    FINDINGS = "findings"


@dataclass(frozen=True)
class Evidence:
    """`decided` are suggestions that agents decided on, `approved` those sent unedited; `surely` is the lower end of
    the 95 % interval of their share, None while there are none. `findings` are deeds that went wrong, or that a
    customer contested."""

    decided: int = 0
    approved: int = 0
    edited: int = 0
    rejected: int = 0
    surely: float | None = None
    findings: int = 0


def missing(stage: Stage, evidence: Evidence) -> tuple[Lacks, ...]:
    """What should be there before the next stage; nothing where there is no next one."""
    if stage is Stage.AUTONOMOUS:
        return ()
    wanted = {
        Lacks.CASES: evidence.decided >= CASES,
        Lacks.APPROVAL: evidence.surely is not None and evidence.surely >= APPROVED,
        Lacks.FINDINGS: evidence.findings == 0,
    }
    return tuple(one for one, there in wanted.items() if not there)
