"""What a conversation takes along: every pair of channels, every pair of strengths."""

from itertools import product

import pytest

from deskhand.domain.customer import Strength
from deskhand.policy.moving import Shown, carried

CHANNELS = ("widget", "email", "web", "slack", "sms", "whatsapp")
WEAK = ("slack", "sms", "whatsapp")
# (vouched for by the channel, with a code)
SHOWN = {
    "unknown": (False, Strength.UNKNOWN),
    "claimed": (False, Strength.CLAIMED),
    "attested": (True, Strength.ATTESTED),
    "claimed and proven": (False, Strength.PROVEN),
    "attested and proven": (True, Strength.PROVEN),
}
CONTEXT = {  # from: to
    "unknown": (),
    "claimed": (),
    "attested": ("attested", "claimed and proven", "attested and proven"),
    "claimed and proven": ("attested", "claimed and proven", "attested and proven"),
    "attested and proven": ("attested", "claimed and proven", "attested and proven"),
}
PROOF = {"attested and proven": ("attested", "attested and proven")}


@pytest.mark.parametrize(("from_", "to"), list(product(CHANNELS, CHANNELS)))
def test_what_moves_from_one_channel_to_another(from_: str, to: str) -> None:
    weak = from_ in WEAK or to in WEAK
    for there, here in product(SHOWN, SHOWN):
        moved = carried(Shown(from_, *SHOWN[there]), Shown(to, *SHOWN[here]))
        assert moved.context == (here in CONTEXT[there]), (there, here)
        assert moved.proof == (here in PROOF.get(there, ()) and not weak), (there, here)


def test_a_proof_never_moves_without_the_context() -> None:
    for there, here in product(SHOWN.values(), SHOWN.values()):
        moved = carried(Shown("email", *there), Shown("email", *here))
        assert moved.context or not moved.proof
