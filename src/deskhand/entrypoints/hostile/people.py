"""Who the customers of the small company are, and what each of them has paid."""

from deskhand.domain.billing import ChargeStatus
from deskhand.domain.money import Money

TIERS = {"a": "standard", "b": "standard", "c": "enterprise", "d": "standard", "e": "vip"}
FLAGGED = "d"
CREDITS = {"a": Money(0, "USD"), "b": Money(0, "EUR"), "c": Money(500, "USD"), "d": None, "e": Money(0, "JPY")}
FAILED: dict[str, object] = {"status": ChargeStatus.FAILED}
# number, minor units, days ago, currency, what is special
CHARGES: tuple[tuple[int, int, float, str, dict[str, object]], ...] = (
    (1, 2900, 4, "USD", {}),
    (2, 2900, 3.9, "USD", {}),
    (3, 24900, 9, "USD", {}),
    (4, 24900, 8.8, "USD", {}),
    (5, 90000, 5, "USD", {}),
    (6, 2900, 60, "USD", {}),
    (7, 2900, 59.9, "USD", {}),
    (8, 4500, 6, "EUR", {}),
    (9, 4500, 5.5, "EUR", {}),
    (10, 2000, 2, "USD", {"disputed": True}),
    (11, 2000, 2, "USD", FAILED),
    (12, 5000, 7, "JPY", {}),
    (13, 4800, 11, "USD", {}),
    (14, 4800, 10.5, "USD", {}),
    (15, 4900, 13, "USD", {}),
    (16, 4900, 12.5, "USD", {}),
    (17, 9000, 3, "KWD", {}),
    (18, 9000, 2.9, "KWD", {}),
    (19, 4400, 29.2, "EUR", {}),
    (20, 4400, 29.1, "EUR", {}),
    (21, 4000, 1.5, "EUR", {}),
    (22, 4000, 1.2, "EUR", {}),
)
