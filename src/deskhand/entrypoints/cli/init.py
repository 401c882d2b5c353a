"""`deskhand init`: a small desk folder to grow from."""

import shutil
from pathlib import Path

from deskhand.bootstrap import load_folder
from deskhand.domain.errors import DeskFault, Fault
from deskhand.entrypoints.printing import console, print_json
from deskhand.settings import read_settings

STARTER = Path(__file__).parent / "starter"


def run(folder: Path, *, company: str, as_json: bool) -> None:
    """Copies the starter desk, names the company, and proves with `check` that it is sound. Never overwrites."""
    if folder.exists() and any(folder.iterdir()):
        raise DeskFault((Fault(str(folder), 1, "is not empty; nothing was written. Name a new folder."),))
    shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    table = folder / "desk.toml"
    name = company.replace("\\", "").replace('"', "'")
    table.write_text(table.read_text("utf-8").replace("Your company", name), "utf-8")
    loaded = load_folder(read_settings(folder))
    files = sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())
    if as_json:
        print_json({"folder": str(folder), "files": files, "procedures": len(loaded.procedures)})
        return
    console.print(f"Made {folder}: {len(files)} files, no fault.", style="green")
    console.print(f'Try it:  deskhand ask "How long do refunds take?" --as you@example.com --desk {folder}')
    console.print(f"Then edit {table}, articles/, procedures/ and policies/, and run: deskhand check --desk {folder}")
