"""The stage that a replay speaks for, procedure by procedure. It never speaks for more than assisted."""

from deskhand.domain.stage import Stage
from deskhand.measurement.shares import share
from deskhand.rollout.evidence import Evidence, Gates, Lacks, missing

NEVER_MORE = (
    "Autonomous is never suggested by a replay: agents saw none of these replies, facts are not those of then, and "
    "what customers would have written back is unknown. It takes decisions of agents in the assisted stage."
)


def suggested(comparable: int, same: int, gates: Gates) -> tuple[str, str]:
    """The stage, and why, in words. A comparable ticket that agrees with the agents stands for a suggestion that they
    would have sent unedited, one that does not for one that they would have rejected."""
    if not comparable:
        return str(Stage.READ_ONLY), "The history holds no reply of an agent that ours could be compared with."
    surely = share(same, comparable).low
    evidence = Evidence(decided=comparable, approved=same, rejected=comparable - same, surely=surely)
    lacks = missing(Stage.READ_ONLY, evidence, gates)
    low = f"at least {100 * (surely or 0):.0f} % surely do"
    agree = f"{same} of {comparable} comparable tickets agree with what agents did ({low})"
    if not lacks:
        return str(Stage.ASSISTED), f"{agree}: agents may be offered these replies to approve."
    few = "there are too few of them" if Lacks.CASES in lacks else ""
    low_share = "too many differ" if Lacks.APPROVAL in lacks else ""
    why = " and ".join(filter(None, (few, low_share))) or ", ".join(map(str, lacks))
    return str(Stage.READ_ONLY), f"{agree}: {why} for the gate of assisted."
