"""What a procedure requires of whoever asks: met, wanting a proof and nothing else, or wanting more."""

import json
from collections.abc import Mapping

import pytest
from tests.procedures.world import CUSTOMER, TEXT, loaded

from deskhand.domain.finding import Value
from deskhand.procedures.requires import lacks_only_proof, met

CLAIMED: Mapping[str, Value] = {**CUSTOMER, "customer.verified": False, "customer.proven": False}
ATTESTED: Mapping[str, Value] = {**CLAIMED, "customer.verified": True}
PROVEN: Mapping[str, Value] = {**ATTESTED, "customer.proven": True}
STRANGER: Mapping[str, Value] = {**CLAIMED, "customer.known": False}
ENTERPRISE = 'customer.tier == "enterprise"'


@pytest.mark.parametrize(
    ("requires", "names", "expected"),
    [
        (["customer.verified"], CLAIMED, (False, True)),
        (["customer.verified"], ATTESTED, (True, False)),
        (["customer.proven"], ATTESTED, (False, True)),
        (["customer.proven"], PROVEN, (True, False)),
        (["customer.proven", ENTERPRISE], ATTESTED, (False, False)),
        ([f"customer.proven || {ENTERPRISE}"], ATTESTED, (False, True)),
        ([ENTERPRISE], PROVEN, (False, False)),
        (["customer.proven", "customer.known"], STRANGER, (False, False)),
    ],
)
def test_a_proof_is_asked_for_only_where_it_is_all_that_is_missing(
    requires: list[str], names: Mapping[str, Value], expected: tuple[bool, bool]
) -> None:
    procedure = loaded(TEXT.replace("requires: [customer.verified]", f"requires: {json.dumps(requires)}"))
    assert (met(procedure, names), lacks_only_proof(procedure, names)) == expected
