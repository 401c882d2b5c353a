"""The way out: to public addresses and to hosts that the desk names, whatever a name resolves to or a redirect says."""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import httpx2

from deskhand.domain.errors import Invalid

Resolve = Callable[[str, int], Sequence[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
MOST_ADDRESSES = 3  # of one name that are tried
MOST_HOSTS = 64  # whose connections are kept
# Public by their number, and inside of a cloud or a protocol all the same.
INSIDE = tuple(map(ipaddress.ip_network, ("168.63.129.16/32", "192.0.0.0/24")))


@dataclass(frozen=True)
class Egress:
    """`private`: hosts that may lead into the company's own network. `hosts`: with those below them the only ones that
    are asked; empty for any."""

    private: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()

    def refusal(self, host: str) -> str:
        """Why this host is not asked, whatever it resolves to; "" when it may be."""
        name = plain(host)
        named = name in self.private or any(name == one or name.endswith(f".{one}") for one in self.hosts)
        return "" if named or not self.hosts else f"{name} is not among the hosts of [egress] in desk.toml"

    def permits(self, host: str, address: str) -> bool:
        """Whether this host may be at this address."""
        if is_public(address):
            return True
        ip, name = _parsed(address), plain(host)
        if ip is None or name not in self.private:
            return False
        # A name that leads to where clouds keep their keys is taken over, whoever wrote it down.
        return name == address or not (ip.is_link_local or ip.is_multicast or ip.is_unspecified)


def plain(host: str) -> str:
    """A host as it is compared."""
    return host.strip("[]").rstrip(".").lower()


def resolved(host: str, port: int) -> Sequence[str]:
    """Every address of this name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: str) -> bool:
    """False for a private, local or reserved one, however it is written, and for what is none."""
    ip = _parsed(address)
    if ip is None:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_reserved or ip.is_site_local:  # also what holds an IPv4 address in its end
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in one for one in INSIDE if one.version == ip.version)


def _parsed(address: str) -> Address | None:
    try:
        return ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return None


def network() -> httpx2.BaseTransport:
    """The network itself, with as many connections to a host as one client needs."""
    return httpx2.HTTPTransport(limits=httpx2.Limits(max_connections=10))


class Guarded(httpx2.BaseTransport):
    """Asks the very address that was looked at, under the host's name, so that a name cannot change in between.

    `way` makes what leads to one host: two hosts at one address share no connection. `Invalid`, and nothing is sent,
    for a host that is not asked.
    """

    def __init__(
        self,
        egress: Egress = Egress(),
        way: Callable[[], httpx2.BaseTransport] = network,
        resolve: Resolve = resolved,
    ):
        self.egress, self._way, self._resolve = egress, way, resolve
        self._ways: dict[str, httpx2.BaseTransport] = {}

    def public_only(self) -> "Guarded":
        """The same for addresses that strangers say: no host in the company's own network is asked."""
        return Guarded(replace(self.egress, private=frozenset()), self._way, self._resolve)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        host = request.url.raw_host.decode("ascii")
        where = f"{request.method} {request.url.path}"
        if why := self.egress.refusal(host):
            raise Invalid(f"{where}: {why}; nothing was sent")
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        try:
            found = self._resolve(plain(host), port)
        except (OSError, UnicodeError) as error:
            raise httpx2.ConnectError("no such host", request=request) from error
        if not found or not all(self.egress.permits(host, one) for one in found):
            named = "name the host in [egress] private of desk.toml if it belongs there"
            raise Invalid(f"{where}: {plain(host)} leads to a private address; nothing was sent; {named}")
        return self._first(request, host, found[:MOST_ADDRESSES])

    def _first(self, request: httpx2.Request, host: str, addresses: Sequence[str]) -> httpx2.Response:
        """The answer of the first address to which a connection comes about."""
        way = self._way_to(host)
        for address in addresses:
            asked = httpx2.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
            try:
                return way.handle_request(asked)
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                if address == addresses[-1]:
                    raise
        raise AssertionError("there is an address")

    def _way_to(self, host: str) -> httpx2.BaseTransport:
        if host not in self._ways:
            if len(self._ways) >= MOST_HOSTS:
                self._ways.pop(next(iter(self._ways)))  # not closed: an answer may still come through it
            self._ways[host] = self._way()
        return self._ways[host]

    def close(self) -> None:
        for one in list(self._ways.values()):
            one.close()
