"""Whoever starts Python with this folder on its path listens to this machine only, whatever it meant to listen to."""

import socket
from typing import Any

HERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}
_bind = socket.socket.bind


def _bind_here(self: socket.socket, address: Any) -> None:
    if isinstance(address, tuple) and address[0] in HERE:
        address = (HERE[address[0]], *address[1:])
    return _bind(self, address)


socket.socket.bind = _bind_here  # type: ignore[assignment,method-assign]
