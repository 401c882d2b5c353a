"""`[changes]`: who approves a changed desk folder, and whether somebody has to."""

from pydantic import Field

from deskhand.settings.strict import Strict


class ChangesTable(Strict):
    """`required`: whether nothing is autonomous by a desk folder that nobody approved. Unsaid: yes, once a system that
    is no twin is connected and at least two people may approve. `approvers`: the roles of [people] that may submit and
    approve, empty for everybody there. `golden`: whether golden tickets must have passed on it, too."""

    required: bool | None = None
    approvers: list[str] = Field(default_factory=list)
    golden: bool = False
