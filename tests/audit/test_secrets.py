"""No secret lies in a tracked file; what looks like one is known, with its reason."""

import pytest
from tests.audit.secret_scan import KNOWN, digest, hits, secrets_in, tracked

# Each in two halves, so that this file does not hold what is looked for.
PLANTED = {
    "stripe": "sk_" + "live_51HxQ2aLq9ZrT7vKd",
    "aws": "AKIA" + "Q3EGX7PLM2ZJVB5T",
    "ours": "dh_" + "Zk3v" * 10 + "abc",
    "github": "ghp_" + "a1B2" * 9,
    "private key": "-----BEGIN " + "PRIVATE KEY-----\n" + "MIIE" * 16,
    "private key in a string": "-----BEGIN " + 'RSA PRIVATE KEY-----\\n" "' + "MIIE" * 16,
    "slack": "hooks.slack.com/" + "services/T00000000/B00000000/abcdefghijkl",
}


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_secret_is_found_and_not_told(kind: str) -> None:
    (found,) = hits([("some/file.py", f'x = "{PLANTED[kind]}"  # and more')])
    assert found.place == "some/file.py"
    assert PLANTED[kind] not in str(found)


@pytest.mark.parametrize("text", ["sk-", "-----BEGIN PRIVATE KEY-----", "dh_short", "a_risk_tested_thing = 1"])
def test_what_only_begins_like_one_is_none(text: str) -> None:
    assert list(secrets_in(text)) == []


def test_no_tracked_file_holds_a_secret() -> None:
    texts = list(tracked())
    assert len(texts) > 1000
    assert hits(texts) == []


def test_every_known_one_has_its_reason_and_is_still_there() -> None:
    seen = {digest(value) for _, text in tracked() for value in secrets_in(text)}
    assert set(KNOWN) - seen == set()
    assert all(len(reason) > 10 for reason in KNOWN.values())
