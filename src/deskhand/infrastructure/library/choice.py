"""Which of several articles suits a question and whoever asks it."""

import re
from collections.abc import Iterable

from deskhand.infrastructure.library.shelf import Card

OTHER_LOCALE = 4  # a rank of `locale_rank`: told for somebody else


def fits(card: Card, products: frozenset[str], versions: frozenset[str]) -> bool:
    """Whether it may be about the product and version that a question names; what says neither is about all."""
    return (not products or not card.product or card.product.casefold() in products) and (
        not versions or not card.version or _plain(card.version) in versions
    )


def products_in(question: str, products: Iterable[str]) -> frozenset[str]:
    """Those of the library's products that the question names."""
    asked = question.casefold()
    known = {one.casefold() for one in products}
    return frozenset(one for one in known if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", asked))


def versions_in(question: str, versions: Iterable[str]) -> frozenset[str]:
    """Those of the library's versions that the question names; a bare number is none."""
    asked = question.casefold()
    return frozenset(one for one in map(_plain, versions) if re.search(_version(one), asked))


def locale_rank(locale: str, wanted: str) -> int:
    """0 for the very locale, then the same language, then what says none, then English, then any other."""
    own, asked = locale.casefold().replace("_", "-"), wanted.casefold().replace("_", "-")
    if not own or not asked or asked == "und":
        return 2
    if own == asked:
        return 0
    own = own.partition("-")[0]
    return 1 if own == asked.partition("-")[0] else 3 if own == "en" else OTHER_LOCALE


def version_rank(card: Card) -> tuple[int, ...]:
    """Lower for newer."""
    return tuple(-int(one) for one in re.findall(r"\d+", card.version)[:6]) or (0,)


def _plain(version: str) -> str:
    return re.sub(r"^(?:version|v)\.?\s*", "", version.casefold().strip())


def _version(plain: str) -> str:
    """With "version" or "v" before it; by itself only when it could be nothing else, as 2.4 or "classic"."""
    before = (
        r"(?:\b(?:version|release|v)\.?\s*|(?<![\w.]))" if not plain.isdigit() else r"\b(?:version|release|v)\.?\s*"
    )
    return rf"{before}{re.escape(plain)}(?![\w]|\.\d)"
