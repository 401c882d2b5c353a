"""Money: a whole number of minor units and a currency. Nothing here ever rounds."""

import re
from dataclasses import dataclass
from decimal import Decimal

TWO_DIGITS = "USD EUR GBP CHF SEK NOK DKK PLN CZK HUF RON CAD AUD NZD SGD HKD INR MXN BRL ZAR ILS AED SAR THB MYR PHP"
DIGITS = dict.fromkeys(TWO_DIGITS.split(), 2) | dict.fromkeys("JPY KRW VND CLP".split(), 0)
DIGITS |= dict.fromkeys("KWD BHD JOD OMR TND".split(), 3)
AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,4})?")  # no sign, no exponent, no NaN, ASCII digits only


@dataclass(frozen=True)
class Money:
    """`minor` units of `currency` (ISO 4217): Money(2900, "USD") is 29.00 USD."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, text: str, currency: str | None = None) -> "Money":
        """From "29.00 USD", or from "29.00" with the currency apart. ValueError for anything else, also for 29.005."""
        amount, _, named = text.partition(" ")
        currency = currency if currency is not None and not named else named
        if currency not in DIGITS:
            raise ValueError(f"unknown currency {currency!r}")
        if not AMOUNT.fullmatch(amount):
            raise ValueError(f"{amount!r} is not an amount")
        units = Decimal(amount).scaleb(DIGITS[currency])
        if units != int(units):
            raise ValueError(f"{amount} {currency} is finer than the smallest unit of {currency}")
        return cls(int(units), currency)

    def __str__(self) -> str:
        digits = DIGITS[self.currency]
        return f"{Decimal(self.minor).scaleb(-digits):.{digits}f} {self.currency}"
