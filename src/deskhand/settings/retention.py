"""`[retention]`: how long the desk keeps what it knows of customers, in days by class of data; 0 keeps it."""

from collections.abc import Mapping

from pydantic import Field

from deskhand.domain.privacy import DataClass
from deskhand.settings.strict import Strict


class RetentionTable(Strict):
    """A row goes that many days after it was written, or after its ticket last changed, where that is open. The journal
    and what is counted from it hold no personal value, and stay."""

    messages: int = Field(default=1095, ge=0)
    identity: int = Field(default=90, ge=0)
    decisions: int = Field(default=1095, ge=0)
    deeds: int = Field(default=3650, ge=0)
    files: int = Field(default=365, ge=0)
    learning: int = Field(default=0, ge=0)
    models: int = Field(default=90, ge=0)
    ratings: int = Field(default=1095, ge=0)
    outreach: int = Field(default=1095, ge=0)
    audit: int = Field(default=1095, ge=0)  # the words that the journal keeps apart

    @property
    def days(self) -> Mapping[DataClass, int]:
        """Of the classes that end at all."""
        return {DataClass(name): days for name, days in self.model_dump().items() if days}
