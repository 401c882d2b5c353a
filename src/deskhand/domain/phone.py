"""A telephone number in its one international form."""

import re

SEPARATORS = re.compile(r"[\s().\-/\u00a0\u2010-\u2015]")
INTERNATIONAL = re.compile(r"\+[1-9][0-9]{6,14}")


def e164(text: str) -> str:
    """`+49 30 901820` as `+4930901820`; empty when no country is named: nobody can know it."""
    number = SEPARATORS.sub("", text.strip().replace("(0)", ""))
    number = "+" + number[2:] if number.startswith("00") else number
    return number if INTERNATIONAL.fullmatch(number) else ""
