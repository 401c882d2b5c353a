"""What a desk is, in one number: of all files that decide how a ticket ends."""

import hashlib

from deskhand.domain.digest import digest
from deskhand.settings import Settings

PARTS = ("policies", "procedures", "actions", "proactive", "trials")


def desk_digest(settings: Settings) -> str:
    """Of desk.toml, policies, procedures, actions, events, trials and articles. Tests of them are none of it, nor is
    what a synced source brings."""
    home = settings.folder
    written = [home / "desk.toml", *(file for part in PARTS for file in sorted((home / part).glob("*.y*ml")))]
    articles = sorted(file for file in (home / settings.table.articles).rglob("*") if file.is_file())
    return digest(
        [[str(file.relative_to(home)), hashlib.sha256(file.read_bytes()).hexdigest()] for file in (*written, *articles)]
    )
