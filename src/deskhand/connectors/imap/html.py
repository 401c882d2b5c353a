"""The text of a letter that came as HTML only, without what its mail program quoted."""

import re

from selectolax.lexbor import LexborHTMLParser

UNSEEN = "head, script, style, title, template, noscript"
QUOTED = (
    "blockquote, .gmail_quote, .gmail_signature, .moz-cite-prefix, .yahoo_quoted, #appendonsend ~ *, #divRplyFwdMsg ~ *"
)
BLOCKS = "p, div, br, tr, li, h1, h2, h3, h4, h5, h6, pre, table, hr"


def text_of(html: str) -> str:
    """What a reader sees; with the quotations when nothing is left without them."""
    return _text(html, f"{UNSEEN}, {QUOTED}, #divRplyFwdMsg") or _text(html, UNSEEN)


def _text(html: str, without: str) -> str:
    tree = LexborHTMLParser(html)
    for node in tree.css(without):
        node.decompose()
    for node in tree.css(BLOCKS):
        node.insert_after("\n")
    body = tree.body
    text = body.text(separator="") if body else ""
    text = re.sub(r"[ \t\u00a0\u200b]+", " ", text)
    return re.sub(r" ?\n[ \n]*\n", "\n\n", text).strip()
