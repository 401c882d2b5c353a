"""The one secret that a desk makes for itself: people's tokens and the addresses of receipts come from it."""

import secrets

from deskhand.settings import Settings


def desk_secret(settings: Settings) -> bytes:
    """Made at the first call, and kept in the state folder for its owner alone."""
    file = settings.state / "secret"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32), "ascii")
    return file.read_text("ascii").encode()
