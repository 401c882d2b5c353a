"""How the two versions of a trial did, from the journal."""

from collections.abc import Iterable, Mapping, Sequence

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.stretch import TESTS
from deskhand.rollout.sequential import Compared, compare
from deskhand.rollout.trial import Trial

# The journal's lines that tell of it.
KINDS = frozenset({"message.received", "message.ended", "suggestion.settled"})
DECIDED = ("approved", "edited", "rejected")


def trials(lines: Iterable[JournalLine], every: Sequence[Trial]) -> Mapping[str, Compared]:
    """By trial: a suggestion that an agent sent unedited is a success, an edited or rejected one is none. Messages of
    operators who try a desk out are left out."""
    of_suggestion: dict[str, Mapping[str, str]] = {}
    outcomes: dict[str, list[tuple[str, bool]]] = {one.name: [] for one in every}
    tests: set[str] = set()
    for line in lines:
        body = line.body
        match line.kind:
            case "message.received" if body.get("channel") in TESTS:
                tests.add(line.ticket)
            case "message.ended" if "suggestion" in body and line.ticket not in tests:
                of_suggestion[str(body["suggestion"])] = body.get("trials", {})
            case "suggestion.settled" if body["state"] in DECIDED:
                for name, version in of_suggestion.get(str(body["suggestion"]), {}).items():
                    if name in outcomes:
                        outcomes[name].append((version, body["state"] == "approved"))
            case _:
                pass
    return {one.name: compare(outcomes[one.name], one.alpha) for one in every}
