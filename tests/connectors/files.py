"""PDF and Word files, and worse ones, made byte by byte: what a test needs and nothing else."""

import io
import zipfile
import zlib
from collections.abc import Sequence

Line = tuple[float, float, float, str]  # x, y, size, text; a negative size is bold

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(*pages: Sequence[Line], info: str = "", root: str = "", packed: bool = False) -> bytes:
    """Each page with lines of Helvetica. `info` and `root`: more of what the file says of itself."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {root} >>".encode(),
        f"<< /Type /Pages /Kids [{' '.join(f'{5 + 2 * at} 0 R' for at in range(len(pages)))}] "
        f"/Count {len(pages)} >>".encode(),
        font("Helvetica"),
        font("Helvetica-Bold"),
    ]
    for at, lines in enumerate(pages):
        drawn = "\n".join(map(_drawn, lines)).encode("cp1252")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * at} 0 R "
            "/Resources << /Font << /F0 3 0 R /F1 4 0 R >> >> >>".encode()
        )
        objects.append(stream(drawn, packed=packed))
    objects.append(f"<< {info} >>".encode())
    return assembled(objects)


def font(name: str) -> bytes:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()


def stream(data: bytes, *, packed: bool = False) -> bytes:
    data = zlib.compress(data, 9) if packed else data
    filtered = " /Filter /FlateDecode" if packed else ""
    return f"<< /Length {len(data)}{filtered} >>\nstream\n".encode() + data + b"\nendstream"


def assembled(objects: Sequence[bytes]) -> bytes:
    """Objects numbered from 1; the first is the catalogue, the last the file's own information."""
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start, size = len(written), len(objects) + 1
    written += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    written += f"trailer\n<< /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(written)


def _drawn(line: Line) -> str:
    x, y, size, text = line
    text = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /F{int(size < 0)} {abs(size)} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"


def column(top: float, size: float, *texts: str, x: float = 72, step: float = 1.3) -> list[Line]:
    """Lines below each other."""
    return [(x, top - at * step * abs(size), size, text) for at, text in enumerate(texts)]


def docx(body: str, *, core: str = "", more: dict[str, bytes | str] | None = None) -> bytes:
    """A Word file with this inside its body. `core`: its properties. `more`: parts instead of, or beside, the usual."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/numbering" Target="numbering.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/>'
        "</w:rPr></w:rPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style></w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    }
    if core:
        parts["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
            f"{core}</cp:coreProperties>"
        )
    return zipped(parts | (more or {}))


def zipped(parts: dict[str, bytes | str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def paragraph(text: str, *, style: str = "", run: str = "", item: bool = False) -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if item else ""
    return f"<w:p><w:pPr>{styled}{listed}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: Sequence[str]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
