"""Pages: what they say apart from scripts, styles and ways round the site."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from deskhand.connectors.documents.charset import decoded
from deskhand.connectors.documents.document import Document, first_heading, locale_of, moment_of, one_line, visible
from deskhand.connectors.documents.markdown import markdown

MAIN = ("main", "[role=main]", "article", "[itemprop=articleBody]")
# Outside of the main part, these are the site's and not the article's.
ROUND = "header, footer, aside, nav, [role=banner], [role=contentinfo], [role=complementary], [role=navigation]"
CHANGED = (
    "meta[property='article:modified_time']",
    "meta[name='last-modified']",
    "meta[name='dcterms.modified']",
    "meta[itemprop='dateModified']",
)


def read_html(data: bytes, charset: str = "", base: str = "") -> Document:
    """`charset` and `base` (its address) as whoever sent it says; a page may say both itself."""
    text, note = decoded(data, charset)
    page = LexborHTMLParser(visible(text))
    main = _main(page)
    if main is None:
        return Document("")
    written = markdown(main, base)
    return Document(
        text=written,
        title=_title(page, main) or one_line(first_heading(written)),
        locale=locale_of(_attribute(page, "html", "lang")),
        owner=one_line(_attribute(page, "meta[name='author' i]", "content")),
        changed=next(filter(None, (moment_of(_attribute(page, one, "content")) for one in CHANGED)), None),
        note=note,
    )


def _main(page: LexborHTMLParser) -> LexborNode | None:
    """The one part that is marked as the main one, else everything but what stands round it."""
    for mark in MAIN:
        found = page.css(mark)
        if len(found) == 1 and len(found[0].text_lexbor().split()) > 3:
            return found[0]
    if page.body is not None:
        for one in page.body.css(ROUND):
            one.decompose()
    return page.body


def _title(page: LexborHTMLParser, main: LexborNode) -> str:
    """The only first-level heading, else what the tab would say: many sites put their own name there, too."""
    headings = main.css("h1") or page.css("h1")
    if len(headings) == 1 and (title := one_line(headings[0].text_lexbor())):
        return title
    title_node = page.css_first("title")
    return one_line(title_node.text_lexbor()) if title_node is not None else ""


def _attribute(page: LexborHTMLParser, selector: str, name: str) -> str:
    found = page.css_first(selector)
    return (found.attributes.get(name) or "") if found is not None else ""
