"""Pages of the documentation that are made from the program itself: `make reference` writes them, a test compares."""

from collections.abc import Callable, Mapping
from pathlib import Path

from docs.site import clicks, commands, endpoints

DOCS = Path(__file__).parent.parent
PAGES: Mapping[str, Callable[[], str]] = {
    "api.md": endpoints.page,
    "cli.md": commands.page,
    "clicks.md": clicks.page,
}
