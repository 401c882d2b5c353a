"""A decision for a person: what was decided, by which line of which file, on which values."""

from deskhand.domain.verdict import Approve, Escalate, Verdict, in_words
from deskhand.policy.policy import Decision


def explain(decision: Decision) -> str:
    """Several lines of plain text; the verdict first."""
    out = [_spoken(decision.verdict)]
    for line in decision.trace:
        state = "fired" if line.fired else "did not fire"
        out.append(f"  {line.file}:{line.line}: {line.rule} ({line.effect}) {state}")
        for one in line.because:
            values = ", ".join(f"{name} = {value}" for name, value in one.values.items())
            holds = one.holds if isinstance(one.holds, bool) else f"unknown ({one.holds})"
            out.append(f"    {one.condition}  is {holds}" + (f"  [{values}]" if values else ""))
    return "\n".join(out)


def _spoken(verdict: Verdict) -> str:
    match verdict:
        case Approve(rule, by):
            apart = ", and whoever asked for it is none of them" if verdict.four_eyes else ""
            return f"approve by {rule}: {in_words(by)}{apart}"
        case Escalate(rule, to):
            return f"escalate by {rule}: to {to}"
        case _:
            return f"{verdict.effect} by {verdict.rule}"
