"""Posts an event of ours to a company's own address: signed, once for each call."""

from collections.abc import Callable, Sequence
from datetime import datetime

import httpx2

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.webhook.standard import signed
from deskhand.domain.errors import ConnectorError

PATIENCE = 15.0  # seconds for a whole exchange
LARGEST = 64 * 1024  # bytes of an answer, which nobody reads


class WebhookPoster:
    """See `ports.events.Poster`. Without a `transport` only public addresses are asked."""

    def __init__(
        self,
        address: str,
        keys: Sequence[bytes],
        clock: Callable[[], datetime],
        *,
        transport: httpx2.BaseTransport | None = None,
        patience: float = PATIENCE,
    ):
        self._address, self._keys, self._clock = httpx2.URL(address), keys, clock
        origin = str(self._address.copy_with(raw_path=b"/"))
        self._wire = Wire(
            origin,
            transport=transport,
            patience=0.001,  # once: who tries again is the caller, later
            deadline=patience,
            silence=patience,
            largest=LARGEST,
        )

    def post(self, id: str, body: bytes) -> None:
        headers = signed(self._keys, id, body, self._clock()) | {"content-type": "application/json"}
        path = self._address.raw_path.decode("ascii")
        try:
            self._wire.write("POST", path, key=id, answer=lambda headers, body: None, content=body, headers=headers)
        except ConnectorError as error:
            error.detail = None
            raise

    def close(self) -> None:
        self._wire.close()
