"""Bytes to letters: by what is declared, and by what they are when that cannot be."""

import codecs
import re

from deskhand.connectors.documents.document import visible

DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.I,
)
# Browsers read these names so, because that is what such pages hold.
MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949"}
REFUSED = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf_7"})
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(data: bytes, declared: str = "") -> tuple[str, str]:
    """The text, and a note when it had to be guessed. `declared` by whoever sent it comes before what stands in it."""
    if mark := next((name for mark, name in MARKS if data.startswith(mark)), ""):
        return data.decode(mark, "replace"), ""
    inside = DECLARED.search(data[:2048])
    said = declared or (inside and (inside[1] or inside[2]).decode("ascii", "replace")) or ""
    names = [codec_of(said)] if said else ["utf-8", "cp1252"]
    for name in filter(None, (*names, "utf-8")):
        try:
            text = data.decode(name)
        except (UnicodeError, LookupError):
            continue
        return text, "" if name == names[0] else _note(said, name)
    return data.decode("cp1252", "replace"), _note(said, "windows-1252")


def codec_of(label: str) -> str:
    """Python's name of it, of a charset for text; "" when there is none, or one by which a text is hidden, or takes
    the square of its length to read."""
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    name = found.name.replace("-", "_")  # Python calls some of its own by either
    if not getattr(found, "_is_text_encoding", True) or name in REFUSED:
        return ""
    return MEANT.get(found.name, found.name)


def _note(said: str, name: str) -> str:
    shown = "windows-1252" if name == "cp1252" else name
    return (
        f"it is not {visible(said)}, as it says, and was read as {shown}"
        if said
        else f"it is not UTF-8; read as {shown}"
    )
