"""desk.toml."""

from pathlib import Path

from tests.fuzz.door import Door
from tests.fuzz.mutating import texts

from deskhand.domain.errors import DeskFault
from deskhand.settings.reading import read_table

LUMEN, HEAD = (
    Path("examples/lumen/desk.toml").read_text("utf-8"),
    'company = "L"\nsignature = "L"\ndefault_queue = "q"\n',
)
JOINTS: tuple[str, ...] = (
    "[",
    "[[",
    "]",
    "]]",
    "=",
    "{",
    '"""',
    "'''",
    "inf",
    "nan",
    "-0",
    "1e999",
    "0x",
    "2026-11-24",
    "\\ud800",
    "#",
    "[a.b]\n",
)
JOINTS += (
    "models = ",
    "systems.",
    "[access.scopes]\n",
    "[channels.hooks.x]\n",
    "true",
    "9" * 5_000,
    "25:00:00",
    "\ufeff",
)

DOORS = [
    Door(
        "desk.toml",
        texts([LUMEN, LUMEN, HEAD], JOINTS),
        lambda text: read_table(text, "desk.toml").company,
        (DeskFault,),
        once=(
            HEAD + "languages = " + "[" * 5_000,
            HEAD + "waiting = " + "{a = " * 5_000,
            HEAD + f"[retention]\ndays = {'9' * 5_000}",
            HEAD + "x = " + "9" * 5_000,
            HEAD + "[" + "a." * 5_000 + "b]",
            HEAD + '"\\n" = 1',
            HEAD + '"" = 1',
        ),
        long=(HEAD + "languages = [" + '"en", ' * 100_000 + "]", HEAD + "x = '" + "y" * 2_000_000),
    )
]
