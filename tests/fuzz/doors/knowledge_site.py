"""Sitemaps of sites whose pages are articles."""

import zlib

from hypothesis import strategies as st
from tests.fuzz.door import Door
from tests.fuzz.mutating import pieces

from deskhand.connectors.knowledge_site.sitemap import read_sitemap
from deskhand.domain.errors import Unreadable

AT = "https://a.example/sitemap.xml"
SITEMAP = (
    b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:x="http://www.w3.org/1999/'
)
SITEMAP += (
    b'xhtml"><url><loc>/a</loc><lastmod>2026-11-24</lastmod><x:link rel="alternate" hreflang="de" href="/de/a"/></url>'
)
SITEMAP += b"<url><loc>https://a.example/b#c</loc></url></urlset>"
INDEX = b"<sitemapindex><sitemap><loc>http://[::1</loc></sitemap></sitemapindex>"
JOINTS = (
    b"<url>",
    b"<loc>http://[",
    b"</loc>",
    b"<!DOCTYPE a>",
    b"&#x110000;",
    b"<?xml version='1.0' encoding='utf-16'?>",
)


def packed(data: bytes) -> bytes:
    made = zlib.compressobj(9, zlib.DEFLATED, 31)
    return made.compress(data) + made.flush()


plain = pieces([SITEMAP, INDEX], JOINTS)
DOORS = [
    Door(
        "sitemap",
        st.one_of(plain, plain.map(packed), pieces([packed(SITEMAP)])),
        lambda data: read_sitemap(data, AT),
        (Unreadable,),
        long=(
            packed(b" " * 60_000_000),
            b"<a>" * 300_000,
            SITEMAP.replace(b"</urlset>", b"<url/>" * 100_000 + b"</urlset>"),
        ),
    )
]
