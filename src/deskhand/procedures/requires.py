"""What a procedure requires of whoever asks, and whether proving who they are would be enough."""

from collections.abc import Mapping

from deskhand.domain.finding import Value
from deskhand.procedures.gathered import Gathered
from deskhand.procedures.procedure import Procedure

PROVEN: Mapping[str, Value] = {"customer.verified": True, "customer.proven": True}


def met(procedure: Procedure, names: Mapping[str, Value]) -> bool:
    scope = Gathered(procedure.language, dict(names)).scope()
    return all(condition.holds(scope) is True for condition in procedure.requires)


def lacks_only_proof(procedure: Procedure, names: Mapping[str, Value]) -> bool:
    """Whether it may not be followed as things are, and might be if the customer proved who they are."""
    return not met(procedure, names) and met(procedure, {**names, **PROVEN})
