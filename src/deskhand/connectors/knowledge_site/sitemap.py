"""Sitemaps: the addresses of a site's pages, or of more sitemaps."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree

from deskhand.connectors.documents.document import locale_of
from deskhand.connectors.documents.xml import parsed
from deskhand.domain.errors import Unreadable

LARGEST = 12 * 1024 * 1024  # unpacked
ALTERNATE = "{http://www.w3.org/1999/xhtml}link"


@dataclass(frozen=True)
class Listed:
    """A page. `family` is shared by its translations; `lastmod` as it is written."""

    url: str
    lastmod: str = ""
    locale: str = ""
    family: str = ""


@dataclass(frozen=True)
class Sitemap:
    pages: tuple[Listed, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_sitemap(data: bytes, url: str) -> Sitemap:
    """`Unreadable` when it is none."""
    root = parsed(_unpacked(data))
    entries = [entry for entry in root if _text(entry, "loc")]
    match _local(root):
        case "urlset":
            return Sitemap(pages=tuple(_listed(entry, url) for entry in entries))
        case "sitemapindex":
            return Sitemap(sitemaps=tuple(_address(_text(entry, "loc"), url) for entry in entries))
        case _:
            raise Unreadable("it is no sitemap")


def _listed(entry: ElementTree.Element, base: str) -> Listed:
    url = _address(_text(entry, "loc"), base)
    others = {
        _address(one.get("href") or "", base): locale_of(one.get("hreflang"))
        for one in entry.iter(ALTERNATE)
        if one.get("rel") == "alternate" and locale_of(one.get("hreflang"))
    }
    family = min(others) if len(others) > 1 and url in others else ""
    return Listed(url, _text(entry, "lastmod"), others.get(url, ""), family)


def _address(written: str, base: str) -> str:
    """Of the same site's pages, however they are written; what is no address stays for people to see."""
    try:
        return urldefrag(urljoin(base, written.strip()))[0]
    except ValueError:
        return written.strip()[:200]


def _text(entry: ElementTree.Element, name: str) -> str:
    return next(((one.text or "").strip() for one in entry if _local(one) == name), "")


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _unpacked(data: bytes) -> bytes:
    if data[:2] == b"\x1f\x8b":
        data = b"".join(_inflated(data))
    if len(data) > LARGEST:
        raise Unreadable("it unpacks to more than we hold, as a zip bomb would")
    return data


def _inflated(data: bytes) -> Iterator[bytes]:
    try:
        yield zlib.decompressobj(31).decompress(data, LARGEST + 1)
    except zlib.error as error:
        raise Unreadable("it is packed, and broken") from error
