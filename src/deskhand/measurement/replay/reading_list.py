"""The past tickets that a person should read first, by fixed rules that each is listed with."""

from bisect import insort
from math import log10

from deskhand.domain.money import DIGITS, Money
from deskhand.domain.replayed import ALONE, Replayed, WouldBe

MOST = 50
UNHAPPY = 2  # ratings up to here
UNSURE = 0.5  # confidence below this
UNLIKE = 0.3  # cosine below this
NOTABLE = 50  # units of a currency from which an amount is worth a look
MOVES = frozenset({"allow", "approve", "confirm"})
EXCERPT = 600


def rules(one: Replayed) -> dict[str, float]:
    """By name of the rule, how much it weighs for this ticket; only those that apply."""
    found: dict[str, float] = {}
    agreement = one.agreement
    if one.outcome is WouldBe.FAILED:
        found["the story broke off"] = 90
    if agreement.actions is False:
        found["acts otherwise than the agents did"] = 100
    if agreement.facts is False:
        found["names other amounts, dates or ids than the agents did"] = 40
    if agreement.similarity is not None and agreement.similarity < UNLIKE:
        found["replies quite otherwise than the agents did"] = 35
    if (largest := max((_units(each.amount) for each in one.actions if each.effect in MOVES), default=0.0)) >= NOTABLE:
        found["moves a large amount"] = 20 + 10 * log10(largest)
    if one.outcome is WouldBe.DENIED or any(each.effect in ("deny", "escalate") for each in one.actions):
        found["policy says no"] = 50
    if one.csat is not None and one.csat <= UNHAPPY:
        found["the customer was not satisfied with the agents"] = 45
    if one.confidence is not None and one.confidence < UNSURE and one.outcome in ALONE:
        found["answered on a reading that is not sure"] = 30
    return found


class ReadingList:
    """Keeps the `MOST` that weigh most: the heaviest first, of equals the first by ticket."""

    def __init__(self) -> None:
        self._kept: list[tuple[float, str, Replayed]] = []

    def add(self, one: Replayed) -> None:
        if weight := round(sum(rules(one).values()), 3):
            insort(self._kept, (-weight, one.ticket, one), key=lambda entry: entry[:2])
            del self._kept[MOST:]

    def told(self) -> list[dict[str, object]]:
        """For the report, in that order."""
        return [_told(-weight, one) for weight, _, one in self._kept]


def _told(weight: float, one: Replayed) -> dict[str, object]:
    return {
        "ticket": one.ticket,
        "at": one.at.isoformat(),
        "weight": weight,
        "rules": sorted(rules(one)),
        "customer": one.customer,
        "text": one.text[:EXCERPT],
        "outcome": str(one.outcome),
        "procedures": list(one.procedures),
        "confidence": one.confidence,
        "reply": one.reply[:EXCERPT],
        "actions": [
            {"name": each.name, "verdict": each.effect, "rule": each.rule, "amount": each.amount, "what": each.preview}
            for each in one.actions
        ],
        "because": one.because,
        "agents": one.agents[:EXCERPT],
        "csat": one.csat,
        "similarity": one.agreement.similarity,
    }


def _units(amount: str) -> float:
    if not amount:
        return 0.0
    money = Money.parse(amount)
    return float(money.minor) / 10.0 ** DIGITS[money.currency]
