"""A way to public addresses only: nobody makes us ask the company's own network, whatever a name resolves to."""

import ipaddress
import socket
from collections.abc import Callable, Sequence

import httpx2

from deskhand.domain.errors import Invalid

Resolve = Callable[[str, int], Sequence[str]]


def resolved(host: str, port: int) -> Sequence[str]:
    """Every address of this name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: str) -> bool:
    """False for a private, local or reserved one, however it is written, and for what is none."""
    try:
        ip = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return False
    return ip.is_global and not ip.is_multicast


class PublicOnly(httpx2.BaseTransport):
    """Asks the very address that was looked at, so that a name cannot change in between."""

    def __init__(self, inner: httpx2.BaseTransport, resolve: Resolve = resolved):
        self._inner, self._resolve = inner, resolve

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        host, where = request.url.host, f"{request.method} {request.url.path}"
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpx2.ConnectError("no such host", request=request) from error
        if not found or not all(map(is_public, found)):
            raise Invalid(f"{where}: leads to a private address, which is not allowed")
        request.url = request.url.copy_with(host=found[0])
        request.extensions = {**request.extensions, "sni_hostname": host}
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()
