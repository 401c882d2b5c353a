"""What people graded, from the journal: right, wrong, made up; findings that are open; how far graders agree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.quality.agreement import Agreement, agreement
from deskhand.measurement.shares import Share, share

GRADED, AGENT_GRADED, SKIPPED, JUDGED = "quality.graded", "agent.graded", "quality.skipped", "quality.judged"
OPENED, CLOSED = "finding.opened", "finding.closed"
KINDS = frozenset({GRADED, AGENT_GRADED, SKIPPED, JUDGED, OPENED, CLOSED})
NO_REPLY = "no_response"
SKIPS = 2  # people who skip a reply before it leaves the sample
TOLD = ("message", "procedure", "kind", "by")  # of a finding
Id = tuple[str, str]  # ticket and message


@dataclass(frozen=True)
class Grade:
    """`label`: right, wrong or hallucinated."""

    by: str
    label: str
    at: datetime


@dataclass(frozen=True)
class OpenFinding:
    """A reply that somebody found wrong, and that nobody has dealt with yet."""

    finding: str
    ticket: str
    message: str
    procedure: str
    kind: str
    by: str
    at: datetime


@dataclass
class Grades:
    """By reply, in the order of the journal. `judged`: what a model said of it."""

    grades: dict[Id, list[Grade]] = field(default_factory=lambda: defaultdict(list))
    of_people: set[Id] = field(default_factory=set)
    skipped: dict[Id, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    judged: dict[Id, str] = field(default_factory=dict)
    findings: dict[str, OpenFinding] = field(default_factory=dict)

    def take(self, line: JournalLine) -> None:
        body = line.body
        match line.kind:
            case "quality.graded" | "agent.graded":
                id = (line.ticket, str(body["message"]))
                self.grades[id].append(Grade(str(body["by"]), label(body), line.at))
                if line.kind == AGENT_GRADED:
                    self.of_people.add(id)
            case "quality.skipped":
                self.skipped[line.ticket, str(body["message"])][str(body["by"])] = str(body["why"])
            case "quality.judged":
                self.judged[line.ticket, str(body["message"])] = label(body)
            case "finding.opened":
                finding = str(body["finding"])
                message, procedure, kind, by = (str(body.get(one, "")) for one in TOLD)
                self.findings[finding] = OpenFinding(finding, line.ticket, message, procedure, kind, by, line.at)
            case "finding.closed":
                self.findings.pop(str(body["finding"]), None)
            case _:
                pass

    def left_out(self, id: Id) -> bool:
        """Whether it is no response after all, or more than one person could not grade it."""
        whys = self.skipped.get(id, {}).values()
        return NO_REPLY in whys or len(whys) >= SKIPS


def grades(lines: Iterable[JournalLine]) -> Grades:
    """One pass over lines of `KINDS`."""
    made = Grades()
    for line in lines:
        made.take(line)
    return made


def label(body: Mapping[str, object]) -> str:
    return "hallucinated" if body["hallucinated"] else str(body["verdict"])


@dataclass(frozen=True)
class Arm:
    """Of replies that people graded: those that are right, and those with something made up. Graded twice, the worse
    grade counts."""

    accuracy: Share
    hallucination: Share


@dataclass(frozen=True)
class Judge:
    """What a model says of replies, beside what people say. `arm` is None below the bar: then it says nothing."""

    agreement: Agreement
    wanted: float
    pairs: int
    arm: Arm | None


@dataclass(frozen=True)
class Quality:
    """Figures of one time. `doubled`: replies that two people graded, and how far they agree."""

    assistant: Arm
    people: Arm
    by_procedure: Mapping[str, Share]
    doubled: Agreement
    judge: Judge
    findings: Sequence[OpenFinding]


def quality(
    known: Grades,
    procedures: Mapping[Id, str],
    *,
    since: datetime | None = None,
    kappa: float,
    pairs: int,
) -> Quality:
    """`procedures`: of each reply, for the accuracy of each. `kappa` and `pairs`: the bar for a model as judge.
    Agreement and findings are of all times."""
    told = {id: worst(given) for id, given in known.grades.items() if since is None or given[-1].at >= since}
    ours = {id: one for id, one in told.items() if id not in known.of_people}
    groups: dict[str, list[str]] = defaultdict(list)
    for id, one in ours.items():
        groups[procedures.get(id, "")].append(one)
    with_judge = agreement((worst(given), known.judged[id]) for id, given in known.grades.items() if id in known.judged)
    judged = known.judged.values() if with_judge.reaches(kappa, pairs) else ()
    return Quality(
        assistant=_arm(ours.values()),
        people=_arm(one for id, one in told.items() if id in known.of_people),
        by_procedure={name: _arm(found).accuracy for name, found in sorted(groups.items())},
        doubled=agreement((given[0].label, given[1].label) for given in known.grades.values() if len(given) > 1),
        judge=Judge(with_judge, kappa, pairs, _arm(judged) if judged else None),
        findings=sorted(known.findings.values(), key=lambda one: one.at),
    )


def worst(given: Sequence[Grade]) -> str:
    labels = {one.label for one in given}
    return next(one for one in ("hallucinated", "wrong", "right") if one in labels)


def _arm(labels: Iterable[str]) -> Arm:
    told = list(labels)
    return Arm(
        share(sum(one == "right" for one in told), len(told)),
        share(sum(one == "hallucinated" for one in told), len(told)),
    )
