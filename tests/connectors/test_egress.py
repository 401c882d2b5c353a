"""The way out: which addresses are asked, under which name, and where a redirect or a second look-up leads."""

import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest
from tests.connectors.site import HERE, Site, serving
from tests.contracts.certificate import certificate_in

from deskhand.bootstrap.connections.connectors import guarded
from deskhand.connectors.http.egress import Egress, Guarded, is_public
from deskhand.connectors.http.files import Files
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.knowledge_site.fetch import Fetcher, NotFetched
from deskhand.domain.errors import DeskFault, Invalid, NotSent
from deskhand.settings import Settings, read_table

PRIVATE = [
    *("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1"),
    *("168.63.129.16", "192.0.0.192", "100.100.100.200", "240.0.0.1", "255.255.255.255", "198.18.0.1"),
    *("::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "::ffff:10.0.0.1", "::7f00:1"),
    *("2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "::ffff:168.63.129.16", "2001:db8::1", "x", ""),
]
ANYWHERE = Egress()
PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_none_of_the_public_ones(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_one(address: str) -> None:
    assert is_public(address)


def through(*found: str, egress: Egress = ANYWHERE) -> tuple[httpx2.Client, list[httpx2.Request]]:
    """A client of a network in which every name leads to these addresses, and what was asked."""
    asked: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(204)

    way = Guarded(egress, lambda: httpx2.MockTransport(answer), lambda host, port: list(found))
    return httpx2.Client(transport=way), asked


@pytest.mark.parametrize("found", [("10.0.0.1",), ("93.184.215.14", "127.0.0.1"), ()])
def test_a_name_that_leads_to_a_private_address_is_not_asked(found: tuple[str, ...]) -> None:
    client, asked = through(*found)
    with pytest.raises(Invalid, match="private address"):
        client.post("https://hook.example/x")

    assert asked == []


def test_the_address_that_was_looked_at_is_the_one_that_is_asked() -> None:
    client, asked = through("93.184.215.14")
    client.post("https://hook.example/x")

    assert asked[0].url.host == "93.184.215.14"
    assert asked[0].headers["host"] == "hook.example"
    assert asked[0].extensions["sni_hostname"] == "hook.example"


def test_a_host_that_is_named_may_be_private_and_no_other_one_may() -> None:
    client, asked = through("10.0.0.8", egress=Egress(private=frozenset({"erp.intern"})))
    client.get("https://ERP.intern./x")
    with pytest.raises(Invalid):
        client.get("https://sub.erp.intern/x")

    assert [one.url.host for one in asked] == ["10.0.0.8"]


@pytest.mark.parametrize("address", ["169.254.169.254", "0.0.0.0", "fe80::1", "224.0.0.1"])
def test_a_named_host_does_not_lead_to_the_keys_of_a_cloud(address: str) -> None:
    """Who answers for a company's names could otherwise send us there."""
    client, asked = through(address, egress=Egress(private=frozenset({"erp.intern"})))
    with pytest.raises(Invalid):
        client.get("http://erp.intern/latest/meta-data")

    assert asked == []


def test_where_hosts_are_listed_no_other_one_is_asked() -> None:
    listed = Egress(private=frozenset({"erp.intern"}), hosts=frozenset({"lumen.example"}))
    client, asked = through("93.184.215.14", egress=listed)
    for host in ("lumen.example", "api.lumen.example", "erp.intern"):
        client.get(f"https://{host}/")
    for host in ("elsewhere.example", "notlumen.example", "lumen.example.evil.test", "93.184.215.14"):
        with pytest.raises(Invalid, match="not among the hosts"):
            client.get(f"https://{host}/")

    assert len(asked) == 3


@contextmanager
def door(context: ssl.SSLContext | None = None) -> Iterator[tuple[int, list[str]]]:
    """A server of this machine: its port, and the host that each request was for."""
    heard: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(str(self.headers["host"]))
            self.send_response(200)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, format: str, *args: object) -> None:
            """Tests are silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server.server_port, heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.1", "127.1", "[::1]"])
def test_this_machine_is_not_asked_however_it_is_written(host: str) -> None:
    with door() as (port, heard), pytest.raises((Invalid, NotSent)):
        Wire(f"http://{host}:{port}", patience=0.01).read("/")

    assert heard == []


def test_this_machine_is_asked_under_the_name_that_the_desk_gives() -> None:
    with door() as (port, heard):
        Wire(f"http://127.0.0.1:{port}", transport=Guarded(HERE)).read("/")
        with pytest.raises(Invalid, match=r"\[egress\] private"):
            Wire(f"http://2130706433:{port}", transport=Guarded(HERE)).read("/")

    assert heard == [f"127.0.0.1:{port}"]


def test_a_name_that_changes_between_two_looks_leads_nowhere_else() -> None:
    """The first look-up says a public address and every later one this machine."""
    looked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        looked.append(host)
        return ["93.184.215.14"] if len(looked) == 1 else ["127.0.0.1"]

    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.host)
        return httpx2.Response(200, json={})

    wire = Wire(
        "http://rebinding.example", transport=Guarded(Egress(), lambda: httpx2.MockTransport(answer), rebinding)
    )
    wire.read("/")
    with pytest.raises(Invalid, match="private address"):
        wire.read("/")

    assert (asked, len(looked)) == (["93.184.215.14"], 2)


@pytest.mark.parametrize(("name", "trusted"), [("127.0.0.1", True), ("shop.example", False)])
def test_the_certificate_is_held_against_the_name_and_not_the_address(tmp_path: Path, name: str, trusted: bool) -> None:
    """A certificate of the very address is no proof for a host that merely resolves to it."""
    both = certificate_in(tmp_path)
    ours, theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context(cafile=str(both))
    ours.load_cert_chain(both)
    way = Guarded(
        Egress(private=frozenset({name})), lambda: httpx2.HTTPTransport(verify=theirs), lambda host, port: ["127.0.0.1"]
    )
    with door(ours) as (port, heard):
        wire = Wire(f"https://{name}:{port}", transport=way, patience=0.01)
        if trusted:
            wire.read("/")
        else:
            with pytest.raises(NotSent):
                wire.read("/")

    assert heard == ([f"{name}:{port}"] if trusted else [])


def test_the_next_address_of_a_name_is_tried_when_nobody_answers_at_the_first() -> None:
    named = Egress(private=frozenset({"shop.example"}))
    with door() as (port, heard):
        way = Guarded(named, resolve=lambda host, port: ["127.9.9.9", "127.0.0.1"])
        Wire(f"http://shop.example:{port}", transport=way).read("/")

    assert heard == [f"shop.example:{port}"]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        yield one


def test_a_redirect_of_a_system_is_not_followed(site: Site) -> None:
    site.answers["/"] = (302, {"location": f"{site.address}/other"}, b"")
    with pytest.raises(Invalid):
        Wire(site.address, transport=Guarded(HERE)).read("/")

    assert site.asked == ["/"]


def test_a_redirect_of_a_site_is_looked_at_like_its_first_address(site: Site) -> None:
    """A host that the source itself lists, and that leads within all the same."""
    inside = site.host.replace("127.0.0.1", "localhost")
    site.answers["/"] = (302, {"location": f"http://{inside}/secret"}, b"")
    site.page("/secret", "keys")
    found = Fetcher(f"{site.address}/", [inside], transport=Guarded(HERE), wait=lambda seconds: None).get(site.address)

    assert isinstance(found, NotFetched)
    assert "private address" in found.why
    assert site.asked == ["/"]


def test_a_file_elsewhere_is_never_fetched_within_even_where_the_system_itself_is(site: Site) -> None:
    """What a customer writes is the address of a file; the desk named the host for its system, and for nobody else."""
    asked: list[str] = []
    names: Callable[[str, int], list[str]] = lambda host, port: ["10.0.0.8"]  # noqa: E731

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.host)
        return httpx2.Response(200, content=b"keys")

    private = Egress(private=frozenset({"desk.intern", "erp.intern"}))
    wire = Wire("https://desk.intern", transport=Guarded(private, lambda: httpx2.MockTransport(answer), names))
    with pytest.raises(Invalid, match="private address"):
        Files(wire).fetch("https://erp.intern/report", 100)

    assert Files(wire).fetch("/file", 100) == b"keys"
    assert asked == ["10.0.0.8"]


DESK = 'company = "Lumen"\nsignature = "Your Lumen team"\ndefault_queue = "support"\n[egress]\n'


def test_what_desk_toml_says_of_the_way_out_is_what_every_system_gets() -> None:
    table = read_table(f'{DESK}private = ["[::1]", "ERP.intern."]\nhosts = ["lumen.example"]\n', "desk.toml")
    settings = Settings(Path(), table, Path(), "", {})
    way, twin = guarded(settings)("own", None), httpx2.MockTransport(lambda request: httpx2.Response(200))

    assert isinstance(way, Guarded)
    assert way.egress == Egress(frozenset({"::1", "erp.intern"}), frozenset({"lumen.example"}))
    assert guarded(settings)("own", twin) is twin


@pytest.mark.parametrize("wrong", ["https://erp.intern", "erp.intern/path", "a b", "*", ""])
def test_what_is_no_host_is_no_host_of_the_way_out(wrong: str) -> None:
    with pytest.raises(DeskFault, match="no host"):
        read_table(f'{DESK}private = ["{wrong}"]\n', "desk.toml")
