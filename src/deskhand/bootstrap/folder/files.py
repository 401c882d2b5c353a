"""The files of a desk folder as texts by name, read and not yet understood."""

from pathlib import Path

from deskhand.domain.errors import DeskFault, Fault


def policy_files(folder: Path, desk: Path | None = None) -> dict[str, str]:
    """The policy files of a desk folder, or of a folder of them alone: text by file name. `DeskFault` without any.

    With them the files of the company's own actions beside them, or else of `desk`: they say what facts there are.
    """
    home, part = _home(folder)
    found = texts(home, part)
    if not found:
        raise DeskFault((Fault(str(folder), 1, "there is no policy here: name a desk folder or its policies folder"),))
    return found | (texts(home, "actions") or (texts(desk, "actions") if desk else {}))


def policy_tests(folder: Path) -> dict[str, str]:
    """The files of tests beside them: text by file name."""
    home, part = _home(folder)
    return texts(home, f"{part}/tests")


def procedure_files(folder: Path) -> dict[str, str]:
    """The files of procedures of a desk folder: text by file name."""
    return texts(folder, "procedures")


def _home(folder: Path) -> tuple[Path, str]:
    whole = folder.resolve()
    return (whole, "policies") if (whole / "policies").is_dir() else (whole.parent, whole.name)


def texts(folder: Path, part: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted((folder / part).glob("*.y*ml")):
        name = f"{part}/{file.name}"
        try:
            found[name] = file.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise DeskFault((Fault(name, 1, "is not UTF-8"),)) from error
    return found
