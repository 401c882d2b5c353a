"""Reads articles from a folder."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from deskhand.domain.article import AUDIENCES, Article
from deskhand.domain.errors import DeskFault, Fault

LARGEST = 1024 * 1024


def read_articles(folder: Path) -> tuple[Article, ...]:
    """Every *.md below it. `DeskFault` names each file that cannot be used."""
    faults: list[Fault] = []
    found: list[Article] = []
    for file in sorted(folder.rglob("*.md")):
        name = file.relative_to(folder).with_suffix("").as_posix()
        one = _article(file, name, f"{folder.name}/{name}.md")
        if isinstance(one, Fault):
            faults.append(one)
        else:
            found.append(one)
    if faults:
        raise DeskFault(tuple(faults))
    return tuple(found)


def _article(file: Path, name: str, shown: str) -> Article | Fault:
    raw = file.read_bytes()
    if len(raw) > LARGEST:
        return Fault(shown, 1, "is larger than a megabyte")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return Fault(shown, raw[: error.start].count(b"\n") + 1, "is not UTF-8")
    front, body = _front_matter(text)
    heading = next((line[2:].strip() for line in body.splitlines() if line.startswith("# ")), "")
    title, audience = front.get("title") or heading, front.get("audience", "public")
    if not title:
        return Fault(shown, 1, "has no title: neither in its front matter nor as a first heading")
    if audience not in AUDIENCES:
        return Fault(shown, 1, f"audience {audience!r} is not one of {', '.join(AUDIENCES)}")
    changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return Article(name, title, body, audience, changed, hashlib.sha256(body.encode()).hexdigest())


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """`key: value` lines between two lines of three dashes, and the rest."""
    if not text.startswith("---\n") or "\n---\n" not in text[3:]:
        return {}, text
    head, _, body = text[4:].partition("\n---\n")
    pairs = (line.partition(":") for line in head.splitlines())
    return {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}, body.lstrip("\n")
