"""Word files: a zip of XML, taken apart with care, then read by mammoth as a page."""

import io
import lzma
import zipfile
import zlib
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

import mammoth

from deskhand.connectors.documents.document import Document, locale_of, moment_of, one_line
from deskhand.connectors.documents.html import read_html
from deskhand.connectors.documents.xml import parsed
from deskhand.domain.errors import Unreadable

LARGEST_PART, LARGEST_PARTS, MOST_PARTS = 16 * 1024 * 1024, 24 * 1024 * 1024, 5_000
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "creator": "{http://purl.org/dc/elements/1.1/}creator",
    "language": "{http://purl.org/dc/elements/1.1/}language",
    "modified": "{http://purl.org/dc/terms/}modified",
}
# Word's own names, which stay English in every language of Word.
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='List Paragraph'] => p:fresh
"""
SAID = ("word/", "_rels/", "docProps/core.xml", "[Content_Types].xml")
BROKEN = (  # the last three are zipfile's own, for offsets, passwords and ways of packing
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, OSError, EOFError),
    *(ValueError, RuntimeError, NotImplementedError),
)
# What mammoth trips over; it reads each part a second time, by a parser of its own.
STRANGE = (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError, OSError, ExpatError)
UNSAID = ("word/media/", "word/embeddings/", "word/fonts/", "word/theme/", "word/comments", "word/glossary/")


def read_docx(data: bytes) -> Document:
    """Its body with headings, lists and tables; tracked deletions and hidden words are not said."""
    try:
        parts = _parts(data)
    except BROKEN as error:
        raise Unreadable("it is not a Word file, or a broken one") from error
    if "word/document.xml" not in parts:
        raise Unreadable("it is a zip, and no Word file")
    core = parsed(parts.pop("docProps/core.xml", b"<none/>"))
    try:
        page = mammoth.convert_to_html(
            _zip(parts), style_map=STYLES, convert_image=mammoth.images.img_element(lambda image: {})
        ).value
    except STRANGE as error:
        raise Unreadable(f"it is a Word file of a shape that we do not know ({type(error).__name__})") from error
    read = read_html(page.encode(), "utf-8")

    def said(name: str) -> str:
        return (core.findtext(CORE[name]) or "").strip()

    return Document(
        text=read.text,
        title=one_line(said("title")) or read.title,
        locale=locale_of(said("language")) or _language(parts.get("word/styles.xml")),
        owner=one_line(said("creator")),
        changed=moment_of(said("modified")),
    )


def _parts(data: bytes) -> dict[str, bytes]:
    """What is said, by its name in the zip. The sizes that a zip tells of itself are not believed."""
    found: dict[str, bytes] = {}
    left = LARGEST_PARTS
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if len(archive.infolist()) > MOST_PARTS:
            raise Unreadable(f"it holds more than {MOST_PARTS:,} parts")
        for one in archive.infolist():
            name = one.filename
            if not name.startswith(SAID) or name.startswith(UNSAID) or not name.endswith((".xml", ".rels")):
                continue
            with archive.open(one) as part:
                content = part.read(min(left, LARGEST_PART) + 1)
            left -= len(content)
            if len(content) > LARGEST_PART or left < 0:
                raise Unreadable("it unpacks to more than we hold, as a zip bomb would")
            tree = parsed(content)
            found[name] = content if name.endswith(".rels") else _seen(tree, content)
    return found


def _seen(tree: ElementTree.Element, content: bytes) -> bytes:
    """Without runs that Word does not show."""
    hidden = [
        (above, run)
        for above in tree.iter()
        for run in above
        if run.tag == f"{WORD}r" and _on(run.find(f"{WORD}rPr/{WORD}vanish"))
    ]
    for above, run in hidden:
        above.remove(run)
    return ElementTree.tostring(tree, "utf-8", xml_declaration=True) if hidden else content


def _on(mark: ElementTree.Element | None) -> bool:
    return mark is not None and mark.get(f"{WORD}val", "true") not in ("0", "false", "off")


def _zip(parts: dict[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    packed.seek(0)
    return packed


def _language(styles: bytes | None) -> str:
    """That of the text unless said otherwise."""
    found = parsed(styles).find(f"{WORD}docDefaults//{WORD}lang") if styles else None
    return locale_of(found.get(f"{WORD}val")) if found is not None else ""
