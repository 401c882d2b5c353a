"""A small site on this machine that writes down what it is asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from deskhand.connectors.http.egress import Egress

HERE = Egress(private=frozenset({"127.0.0.1"}))
Reply = tuple[int, dict[str, str], bytes]
Answer = Reply | Callable[[dict[str, str]], Reply]


class Site:
    """`answers` by path; whatever is not among them is not there. `asked`: each path, in order."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.pause = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                answer = site.answers.get(self.path, (404, {}, b"not there"))
                headers = {key.lower(): value for key, value in self.headers.items()}
                status, told, body = answer(headers) if callable(answer) else answer
                try:
                    self.send_response(status)
                    for key, value in ({"content-length": str(len(body))} | told).items():
                        self.send_header(key, value)
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    pass

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    @property
    def address(self) -> str:
        return f"http://{self.host}"

    @property
    def sitemap(self) -> str:
        return f"{self.address}/sitemap.xml"

    def page(self, path: str, body: str, **headers: str) -> None:
        told = {"content-type": "text/html; charset=utf-8"} | {
            key.replace("_", "-"): one for key, one in headers.items()
        }
        self.answers[path] = (200, told, body.encode())

    def article(self, path: str, title: str, text: str = "Said.") -> None:
        self.page(path, f"<html lang=en><nav>Home</nav><main><h1>{title}</h1><p>{text}</p><p>And more.</p></main>")

    def lists(self, *paths: str, at: str = "/sitemap.xml", lastmod: str = "") -> None:
        """A sitemap of these, each a path of this site or an address elsewhere."""
        when = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
        urls = "".join(f"<url><loc>{self._whole(path)}</loc>{when}</url>" for path in paths)
        self.answers[at] = (200, {"content-type": "application/xml"}, _xml("urlset", urls))

    def indexes(self, *paths: str, at: str = "/sitemap.xml") -> None:
        inner = "".join(f"<sitemap><loc>{self._whole(path)}</loc></sitemap>" for path in paths)
        self.answers[at] = (200, {}, _xml("sitemapindex", inner))

    def _whole(self, path: str) -> str:
        return (self.address + path if path.startswith("/") else path).replace("&", "&amp;")


def _xml(root: str, inner: str) -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><{root} xmlns="{space}">{inner}</{root}>'.encode()


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield site
    site.pause.set()
    site.server.shutdown()
    site.server.server_close()
