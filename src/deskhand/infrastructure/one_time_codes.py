"""One-time codes by HMAC-SHA256, cut to digits as RFC 4226 does it."""

import hmac
import secrets

from deskhand.domain.one_time_code import IssuedCode

DIGITS = 8


class HmacCodes:
    """See `ports.codes.Codes`. `key` is this desk's secret."""

    def __init__(self, key: bytes):
        self._key = hmac.digest(key, b"one-time codes", "sha256")

    def seed(self) -> str:
        return secrets.token_hex(16)

    def digits(self, code: IssuedCode) -> str:
        text = "\n".join((code.seed, code.ticket, code.customer))
        mac = hmac.digest(self._key, text.encode(), "sha256")
        # Eight bytes over 10^8: no digit is likelier than another by more than 1 in 10^11.
        return str(int.from_bytes(mac[:8]) % 10**DIGITS).zfill(DIGITS)

    def fits(self, digits: str, code: IssuedCode) -> bool:
        same = hmac.compare_digest(digits.encode(), self.digits(code).encode())
        return same and bool(code.customer)
