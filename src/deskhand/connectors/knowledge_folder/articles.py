"""Reads Markdown articles from a folder. One that cannot be read is a fault of the desk."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from deskhand.connectors.knowledge_folder.about import About, Abouts, about
from deskhand.domain.article import Article
from deskhand.domain.errors import DeskFault, Fault

LARGEST = 1024 * 1024


def read_articles(folder: Path) -> tuple[Article, ...]:
    """Every *.md below it. `DeskFault` names each file that cannot be used."""
    faults: list[Fault] = []
    found: list[Article] = []
    abouts = Abouts(folder)
    for file in files(folder):
        if file.suffix.lower() == ".md":
            one = markdown_article(folder, file, abouts.of(file))
            if isinstance(one, Fault):
                faults.append(one)
            else:
                found.append(one)
    if faults:
        raise DeskFault(tuple(faults))
    return tuple(found)


def files(folder: Path) -> Iterator[Path]:
    """Every file below it in order of names, but hidden ones. A folder that is a link is not entered."""
    inside = (one for one in folder.rglob("*") if not _hidden(one.relative_to(folder)))
    return iter(sorted(one for one in inside if one.is_file() or (one.is_symlink() and not one.is_dir())))


def folder_links(folder: Path) -> Iterator[Path]:
    """The folders below it that are links."""
    found = (one for one in folder.rglob("*") if one.is_symlink() and one.is_dir())
    return (one for one in found if not _hidden(one.relative_to(folder)))


def strays(folder: Path, file: Path) -> bool:
    """Whether it is a link that leads out of the folder, or nowhere."""
    return file.is_symlink() and not (file.is_file() and file.resolve().is_relative_to(folder.resolve()))


def markdown_article(folder: Path, file: Path, said: About) -> Article | Fault:
    """`said` of it elsewhere; its front matter comes before that."""
    name = file.relative_to(folder).with_suffix("").as_posix()
    shown = f"{folder.name}/{name}{file.suffix}"
    if strays(folder, file):
        return Fault(shown, 1, "is a link that leads out of the folder, or nowhere")
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        return Fault(shown, 1, f"cannot be opened ({type(error).__name__})")
    if len(raw) > LARGEST:
        return Fault(shown, 1, "is larger than a megabyte")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return Fault(shown, raw[: error.start].count(b"\n") + 1, "is not UTF-8")
    front, body = _front_matter(text)
    said = about(front).over(said)
    heading = next((line[2:].strip() for line in body.splitlines() if line.startswith("# ")), "")
    if said.fault:
        return Fault(shown, 1, said.fault)
    if not (title := said.title or heading):
        return Fault(shown, 1, "has no title: neither in its front matter nor as a first heading")
    return article(name, title, body, said, said.updated or changed(file))


def article(source: str, title: str, text: str, said: About, updated_at: datetime) -> Article:
    """For everybody, unless something else is said."""
    return Article(
        source=source,
        title=title,
        text=text,
        audience=said.audience or "public",
        updated_at=updated_at,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        locale=said.locale,
        owner=said.owner,
        product=said.product,
        version=said.version,
        family=said.family,
    )


def changed(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _hidden(place: Path) -> bool:
    return any(part.startswith(".") for part in place.parts)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """`key: value` lines between two lines of three dashes, and the rest."""
    if not text.startswith("---\n") or "\n---\n" not in text[3:]:
        return {}, text
    head, _, body = text[4:].partition("\n---\n")
    pairs = (line.partition(":") for line in head.splitlines())
    return {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}, body.lstrip("\n")
