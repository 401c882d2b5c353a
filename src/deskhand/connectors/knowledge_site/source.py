"""A site as a source of knowledge: every page that its sitemap names and that may be read."""

import hashlib
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx2
from protego import Protego

from deskhand.connectors.documents.apart import Apart
from deskhand.connectors.documents.document import first_heading, moment_of, one_line
from deskhand.connectors.documents.once import once
from deskhand.connectors.knowledge_site.fetch import AGENT, Fetched, Fetcher, NotFetched
from deskhand.connectors.knowledge_site.sitemap import Listed, read_sitemap
from deskhand.domain.article import Article
from deskhand.domain.errors import ConnectorError, Down, Invalid, Missing, Unreadable
from deskhand.ports.knowledge import Gathered, Unread

KINDS = {"text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf", "": "html"}
MOST_SITEMAPS = 200
LARGEST_ROBOTS = 512 * 1024
LONGEST_DELAY = 5.0


@dataclass(frozen=True)
class Limits:
    """Of one reading: pages, bytes of all of them together, seconds."""

    pages: int = 2_000
    bytes: int = 256 * 1024 * 1024
    seconds: float = 900.0


@dataclass(frozen=True)
class _Known:
    """A page as it was read last, and how to ask whether it still is that."""

    article: Article
    note: str
    lastmod: str
    validators: dict[str, str]


class KnowledgeSite:
    """See `ports.knowledge.KnowledgeSource`. An article is named by its address.

    `locale` is that of pages that do not say their own. Between two readings it remembers what it got, so that a page
    that has not changed is not sent again.
    """

    def __init__(
        self,
        name: str,
        sitemap: str,
        clock: Callable[[], datetime],
        *,
        hosts: Collection[str] = (),
        audience: str = "public",
        locale: str = "",
        product: str = "",
        limits: Limits = Limits(),
        transport: httpx2.BaseTransport | None = None,
        deadline: float = 20.0,
        wait: Callable[[float], None] = time.sleep,
    ):
        self.name, self.sitemap = name, sitemap
        self._clock, self._limits, self._wait = clock, limits, wait
        self._audience, self._locale, self._product = audience, locale, product
        self._fetcher = Fetcher(sitemap, hosts, transport=transport, deadline=deadline, wait=wait)
        self._known: dict[str, _Known] = {}

    def read(self) -> Gathered:
        self._robots: dict[str, Protego | NotFetched] = {}
        self._until = time.monotonic() + self._limits.seconds
        self._left = self._limits.bytes
        pages, unread = self._listed()
        if len(pages) > self._limits.pages:
            most = f"names {len(pages):,} pages; only the first {self._limits.pages:,} are read"
            unread.append(Unread(self.sitemap, most))
        known: dict[str, _Known] = {}
        with Apart() as apart:
            for page in pages[: self._limits.pages]:
                found = self._page(page, apart)
                if isinstance(found, Unread):
                    unread.append(found)
                    if not found.gone and page.url in self._known:
                        known[page.url] = self._known[page.url]
                    continue
                known[page.url] = found
        self._known = known
        unread_now = {one.place for one in unread}
        read = [one for url, one in known.items() if url not in unread_now]
        articles, twice = once(one.article for one in read)
        notes = [Unread(f"{one.article.source} (letters)", one.note) for one in read if one.note]
        if not pages and not unread:
            unread.append(Unread(self.sitemap, "names no page"))
        return Gathered(articles, (*unread, *notes, *twice))

    # -- which pages ------------------------------------------------------------------------------------

    def _listed(self) -> tuple[list[Listed], list[Unread]]:
        """Every page that the sitemap and those below it name. When one of them is down, nothing is known."""
        pages: dict[str, Listed] = {}
        unread: list[Unread] = []
        waiting, seen = [self.sitemap], {self.sitemap}
        while waiting:
            url = waiting.pop(0)
            found = self._get(url)
            problem = found if isinstance(found, NotFetched) else None
            if isinstance(found, Fetched):
                try:
                    sitemap = read_sitemap(found.body, found.url)
                except Unreadable as error:
                    problem = NotFetched(str(error))
            if problem is not None:
                if url == self.sitemap or problem.passing:
                    raise _failed(url, problem)
                unread.append(Unread(url, problem.why, problem.gone))
                continue
            for page in sitemap.pages:
                pages.setdefault(page.url, page)
            for inner in sitemap.sitemaps:
                if inner in seen or len(seen) >= MOST_SITEMAPS:
                    why = "is named by a sitemap again" if inner in seen else f"is beyond {MOST_SITEMAPS} sitemaps"
                    unread.append(Unread(inner, why))
                else:
                    seen.add(inner)
                    waiting.append(inner)
        return list(pages.values()), unread

    def _get(self, url: str, headers: dict[str, str] | None = None) -> Fetched | NotFetched:
        """Where robots.txt lets us, and while there is time."""
        if time.monotonic() > self._until:
            return NotFetched("was not asked: the time for this source was up", passing=True)
        if why := self._fetcher.refusal(url):
            return NotFetched(why, gone=True)
        rules = self._rules(url)
        if isinstance(rules, NotFetched):
            return NotFetched(f"was not asked: robots.txt {rules.why}", passing=True)
        if not rules.can_fetch(url, AGENT):
            return NotFetched("is closed to us by robots.txt", gone=True)
        if delay := rules.crawl_delay(AGENT):
            self._wait(min(delay, LONGEST_DELAY))
        found = self._fetcher.get(url, headers)
        if isinstance(found, Fetched) and found.url != url:
            rules = self._rules(found.url)
            if isinstance(rules, NotFetched) or not rules.can_fetch(found.url, AGENT):
                return NotFetched("leads to a page that is closed to us by robots.txt", gone=True)
        return found

    def _rules(self, url: str) -> Protego | NotFetched:
        """Those of its host. Without a robots.txt all is allowed; while it is down, nothing is."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            found = self._fetcher.get(f"{host}/robots.txt", largest=LARGEST_ROBOTS)
            if isinstance(found, NotFetched):
                self._robots[host] = found if found.passing else Protego.parse("")
            else:
                self._robots[host] = Protego.parse(found.body.decode("utf-8", "replace"))
        return self._robots[host]

    # -- one page -----------------------------------------------------------------------------------------

    def _page(self, page: Listed, apart: Apart) -> _Known | Unread:
        known = self._known.get(page.url)
        if known and not known.validators and page.lastmod and page.lastmod == known.lastmod:
            return known
        if self._left <= 0:
            return Unread(page.url, "was not asked: this source has sent all that we take at once")
        found = self._get(page.url, known.validators if known else None)
        if isinstance(found, NotFetched):
            return Unread(page.url, found.why, found.gone)
        self._left -= len(found.body)
        if found.unchanged:
            return known or Unread(page.url, "says that it has not changed, and was never read")
        try:
            return self._read(page, found, apart)
        except Unreadable as error:
            return Unread(page.url, str(error))

    def _read(self, page: Listed, found: Fetched, apart: Apart) -> _Known:
        told = Message()
        told["content-type"] = found.headers.get("content-type", "")
        kind = told.get_content_type() if found.headers.get("content-type") else ""
        if kind not in KINDS:
            raise Unreadable(f"is of a kind that we do not read ({one_line(kind, 60)})")
        charset = told.get_content_charset("") or ""
        document = apart.read(KINDS[kind], found.body, charset=charset, base=found.url)
        title = document.title or one_line(first_heading(document.text)) or urlsplit(page.url).path.strip("/")
        modified = found.headers.get("last-modified", "")
        digest = hashlib.sha256(document.text.encode()).hexdigest()
        before = self._known.get(page.url)
        same = before.article.updated_at if before and before.article.digest == digest else None
        article = Article(
            source=page.url,
            title=title or page.url,
            text=document.text,
            audience=self._audience,
            updated_at=document.changed or moment_of(page.lastmod) or _date(modified) or same or self._clock(),
            digest=digest,
            locale=page.locale or document.locale or self._locale,
            owner=document.owner,
            product=self._product,
            family=page.family,
        )
        validators = {"if-none-match": found.headers.get("etag", ""), "if-modified-since": modified}
        return _Known(article, document.note, page.lastmod, {key: one for key, one in validators.items() if one})


def _failed(url: str, problem: NotFetched) -> ConnectorError:
    where = f"GET {url}: {problem.why}"
    if problem.passing:
        return Down(where)
    return Missing(where) if problem.gone else Invalid(where)


def _date(header: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(header)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except ValueError:
        return None
