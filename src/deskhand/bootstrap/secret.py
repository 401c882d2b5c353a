"""The one secret of a desk: people's tokens, one-time codes and the addresses of receipts come from it."""

import secrets

from deskhand.settings import Settings


def desk_secret(settings: Settings) -> bytes:
    """DESKHAND_SECRET, which several machines at one database share; else one of its own, kept in the state folder."""
    if given := settings.secrets.get("DESKHAND_SECRET"):
        return given.encode()
    file = settings.state / "secret"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32), "ascii")
    return file.read_text("ascii").encode()
