"""Tables of Markdown."""

from collections.abc import Iterable, Iterator, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Its lines, and an empty one; nothing at all where there are no rows."""
    told = [_row(row) for row in rows]
    if told:
        yield from (_row(head), "|" + "---|" * len(head), *told, "")


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(one.split()).replace("|", "\\|") for one in cells) + " |"
