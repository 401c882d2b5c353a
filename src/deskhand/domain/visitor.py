"""Who is signed in at the company's own site, as its server vouches for them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Visitor:
    """`email` is the address that the company has on file."""

    email: str
    name: str
