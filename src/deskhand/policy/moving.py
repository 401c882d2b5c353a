"""What a conversation may take along from one channel to another: pure rules over how well we know who wrote there."""

from dataclasses import dataclass

from deskhand.domain.customer import Strength

# A number or a profile can be had by others: of themselves these channels show no more than a claim.
WEAK = frozenset({"sms", "whatsapp", "slack"})


@dataclass(frozen=True)
class Shown:
    """Who writes, as far as one message shows it: its channel, what that vouches for by itself, and the strength with
    everything, a one-time code included."""

    channel: str
    attested: bool
    strength: Strength

    @property
    def by_channel(self) -> Strength:
        return Strength.ATTESTED if self.attested and self.channel not in WEAK else Strength.CLAIMED


@dataclass(frozen=True)
class Carried:
    """`context`: questions, answers and promises of the former conversation may be used and told here. `proof`: its
    one-time code counts here as well."""

    context: bool
    proof: bool


def carried(there: Shown, here: Shown) -> Carried:
    """From `there` to `here`, both of one customer.

    Context moves between messages that are beyond doubt theirs. A proof moves only where both channels vouch for the
    customer by themselves: a code that made a weak channel strong makes no other one strong, nor does it come to one.
    """
    context = there.strength.verified and here.strength.verified
    both = there.by_channel is Strength.ATTESTED and here.by_channel is Strength.ATTESTED
    return Carried(context=context, proof=context and both and there.strength is Strength.PROVEN)
