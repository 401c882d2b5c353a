"""What a desk says of its articles: in an article's front matter, and in `_about.yaml` for a folder and its files."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from deskhand.connectors.documents.document import locale_of, moment_of
from deskhand.domain import lined_yaml
from deskhand.domain.article import AUDIENCES
from deskhand.domain.errors import DeskFault

NAME = "_about.yaml"
KEYS = ("audience", "locale", "owner", "product", "version", "family", "title", "updated")
FOR_A_FOLDER = KEYS[:5]
LARGEST = 1024 * 1024


@dataclass(frozen=True)
class About:
    """What is said of an article; "" and None where nothing is. `fault`: what cannot be meant."""

    audience: str = ""
    locale: str = ""
    owner: str = ""
    product: str = ""
    version: str = ""
    family: str = ""
    title: str = ""
    updated: datetime | None = None
    fault: str = ""

    def over(self, other: "About") -> "About":
        """This, and the other's word where this one is silent. What is wrong with either is wrong with both."""
        said = {key: getattr(self, key) for key in (*KEYS, "fault") if getattr(self, key)}
        return replace(other, **said)


def about(said: dict[str, str]) -> About:
    """Checked; keys that are none of ours are left to whoever wrote them."""
    known = {key: str(value).strip() for key, value in said.items() if key in KEYS and str(value).strip()}
    updated = moment_of(known.pop("updated", None))
    if known.get("audience") not in (None, *AUDIENCES):
        return About(fault=f"audience {known['audience']!r} is not one of {', '.join(AUDIENCES)}")
    if "locale" in known:
        known["locale"] = locale_of(locale := known["locale"])
        if not known["locale"]:
            return About(fault=f"locale {locale!r} is not a language tag such as en or pt-BR")
    if "updated" in said and said["updated"] and updated is None:
        return About(fault=f"updated {said['updated']!r} is not a date such as 2026-11-24")
    return About(**known, updated=updated)


class Abouts:
    """The `_about.yaml` files of a folder and of what lies below it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._read: dict[Path, tuple[About, dict[str, About]]] = {}

    def of(self, file: Path) -> About:
        """What is said of a file: by name in its own folder, then of its folder, then of those above."""
        defaults, files = self._in(file.parent)
        return files.get(file.name, About()).over(defaults)

    def _in(self, folder: Path) -> tuple[About, dict[str, About]]:
        if folder not in self._read:
            own, files = _one(folder / NAME)
            above = self._in(folder.parent)[0] if folder != self.folder else About()
            self._read[folder] = (own.over(above), files)
        return self._read[folder]


def _one(file: Path) -> tuple[About, dict[str, About]]:
    if not file.is_file():
        return About(), {}
    try:
        with file.open("rb") as stream:
            said = lined_yaml.read(stream.read(LARGEST).decode("utf-8-sig"), NAME)
    except (DeskFault, UnicodeDecodeError, OSError) as error:
        what = error.faults[0].what if isinstance(error, DeskFault) else "it is not UTF-8, or cannot be opened"
        return About(fault=f"{NAME} beside it, or above, cannot be read: {what}"), {}
    files = said.pop("files", {})
    strange = [key for key in said if key not in FOR_A_FOLDER]
    if strange or not isinstance(files, dict) or not all(isinstance(one, dict) for one in files.values()):
        ours = ", ".join(FOR_A_FOLDER)
        return About(fault=f"{NAME} beside it, or above, may say {ours} and files, each with its own"), {}
    return about(said), {name: about(one) for name, one in files.items()}
