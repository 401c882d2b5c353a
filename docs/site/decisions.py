"""For MkDocs: every decision in the navigation, by its own title, so that a new one needs no second place."""

from pathlib import Path
from typing import Any


def on_config(config: Any) -> Any:
    folder = Path(config.docs_dir) / "decisions"
    pages = [{_title(file): f"decisions/{file.name}"} for file in sorted(folder.glob("[0-9]*.md"))]
    config.nav.append({"Decisions": pages})
    return config


def _title(file: Path) -> str:
    with file.open(encoding="utf-8") as lines:
        return next(lines).removeprefix("# ").strip()
