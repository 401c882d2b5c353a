"""What stands above an article of a folder."""

import tempfile
from pathlib import Path

from tests.fuzz.door import Door
from tests.fuzz.mutating import pieces

from deskhand.connectors.knowledge_folder.about import Abouts
from deskhand.domain.errors import Unreadable

ABOUT = b"audience: public\nlocale: en\nfiles:\n  a.md: {title: Refunds, updated: 2026-11-24}\n"


def read(content: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "_about.yaml").write_bytes(content)
        return Abouts(Path(folder)).of(Path(folder) / "a.md")


DOORS = [
    Door(
        "about an article",
        pieces([ABOUT], [b"files: ", b"- ", b"[a]: "]),
        read,
        (Unreadable,),
        once=(b"files: {a.md: {title: [x]}}",),
    )
]
