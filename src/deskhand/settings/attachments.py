"""What `desk.toml` says of files that customers send."""

from typing import Annotated

from pydantic import AfterValidator, Field

from deskhand.policy.attachments import CAREFUL, MEGABYTE, Limits
from deskhand.policy.file_kinds import BY_TYPE
from deskhand.settings.strict import Strict


def _known(type: str) -> str:
    if type not in BY_TYPE:
        raise ValueError(
            f"{type!r} cannot be told by its content, so it is never opened; there are {', '.join(BY_TYPE)}"
        )
    return type


class AttachmentsTable(Strict):
    """Which files agents may have from the workspace. `scan`: a program and its arguments, which gets each file on
    standard input within `scan_seconds`, and ends with 0 when it is clean and with 1 when it is not; after anything
    else the file is withheld. Without one files are handed out as "not scanned"."""

    max_megabytes: float = Field(default=20, gt=0, le=100)
    types: tuple[Annotated[str, AfterValidator(_known)], ...] = CAREFUL
    scan: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    scan_seconds: float = Field(default=30, gt=0, le=300)

    @property
    def limits(self) -> Limits:
        return Limits(int(self.max_megabytes * MEGABYTE), frozenset(self.types))
