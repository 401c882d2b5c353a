"""Knowledge: articles, the passages they are cut into, and quotes from them."""

from dataclasses import dataclass
from datetime import datetime

AUDIENCES = ("public", "customers", "internal")


@dataclass(frozen=True)
class Article:
    """`source` names it for people and citations ("billing/refund-times"); `digest` is SHA-256 of `text`.

    `text` is Markdown. `audience` is one of `AUDIENCES`. `locale` is a BCP 47 tag, "" when not said; `owner` is who
    keeps it up to date. `product` and `version` say what it is about, where it is not everything. `family` is shared by
    articles that are one thing told for several locales, products or versions. `precedent`: it is a resolved ticket,
    which never outranks an article.
    """

    source: str
    title: str
    text: str
    audience: str
    updated_at: datetime
    digest: str
    locale: str = ""
    owner: str = ""
    product: str = ""
    version: str = ""
    family: str = ""
    precedent: bool = False


@dataclass(frozen=True)
class Passage:
    """A stretch of one article under one heading, at most 180 words; a block of code is not cut.

    `heading` is the path of headings above it; for later rows of a table, with the table's header as the last one.
    `start` is where `text` begins in the article's text, in characters.
    """

    source: str
    title: str
    heading: str
    text: str
    digest: str
    start: int = 0


@dataclass(frozen=True)
class Hit:
    """A passage that was found. Judge "is there an answer at all?" by `cosine` alone; `score` only ranks."""

    passage: Passage
    score: float
    cosine: float


@dataclass(frozen=True)
class Asker:
    """For whom is looked: `verified` when it is proven that they are a customer; `locale` is what they write in, as a
    BCP 47 tag, "" when not known."""

    verified: bool = False
    locale: str = ""


ANYBODY = Asker()


@dataclass(frozen=True)
class Citation:
    """`quote` stands in the article `source`, letter for letter; `digest` is that of the article it was taken from."""

    source: str
    quote: str
    digest: str = ""
