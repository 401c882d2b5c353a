"""`[audit]`: how often the journal is signed."""

from pydantic import Field

from deskhand.settings.strict import Strict


class AuditTable(Strict):
    """`checkpoint_minutes`: how often `serve` signs the newest line of the journal; 0 for never."""

    checkpoint_minutes: float = Field(default=60, ge=0)
