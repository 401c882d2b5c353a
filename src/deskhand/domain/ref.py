"""Where a thing lives: which system, what kind, under which id."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Ref:
    """Ref("stripe", "charge", "ch_1"), written "stripe:charge:ch_1"."""

    system: str
    kind: str
    id: str

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """The inverse of `str`. ValueError when a part is missing."""
        system, kind, name = text.split(":", 2)
        return cls(system, kind, name)

    def __str__(self) -> str:
        return f"{self.system}:{self.kind}:{self.id}"
