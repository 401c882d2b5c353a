"""What people are told elsewhere when a link was made that signs in an admin."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class GlassAlert:
    id: str
    by: str
    why: str

    @property
    def subject(self) -> str:
        return "Glass was broken: a link that signs in an admin was made"

    @property
    def text(self) -> str:
        return f"{self.subject}, on the machine itself, by {self.by}: {self.why}\nAcknowledge it in the workspace."


def glass_alert_of(body: Mapping[str, object]) -> GlassAlert:
    return GlassAlert(str(body["glass"]), str(body["by"]), str(body["why"]))
