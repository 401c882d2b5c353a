"""What is likely to be wrong with how a desk is set up, beside its systems: each with what to do."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from sqlalchemy.exc import SQLAlchemyError

from deskhand.bootstrap.folder.folder import Folder
from deskhand.domain.errors import DeskFault
from deskhand.domain.rights import LEAST, Right, role_of
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import standing
from deskhand.settings import Settings


@dataclass(frozen=True)
class Setup:
    """`stops`: the desk does not work with it. Else it works, and not as somebody is likely to want it."""

    what: str
    do: str
    stops: bool = False

    def __str__(self) -> str:
        return f"{self.what[:1].upper()}{self.what[1:]}. {self.do}."


def setup_faults(settings: Settings, folder: Folder) -> Iterator[Setup]:
    """Nothing is written, and nobody but the database is asked."""
    yield from _place(settings)
    yield from _database(settings)
    yield from _secrets(settings)
    yield from _models(settings)
    yield from _people(settings)
    yield from _customers(settings, folder)
    yield from _variables(settings)


def _place(settings: Settings) -> Iterator[Setup]:
    place = settings.state if settings.state.exists() else settings.folder
    if not place.is_dir() or not os.access(place, os.W_OK):
        what = f"{place} is no folder that this process may write: the desk could remember nothing"
        yield Setup(what, "Give it to the user that runs Deskhand, or remove what stands in its place", stops=True)


def _database(settings: Settings) -> Iterator[Setup]:
    if settings.database_url.startswith("sqlite"):
        return
    if not settings.secrets.get("DESKHAND_SECRET"):
        what = "several machines may share this database, and each would sign in people by a secret of its own"
        yield Setup(what, "Set DESKHAND_SECRET to the same long random text on all of them")
    try:
        database = connect(settings.database_url)
        try:
            found = standing(database)
        finally:
            database.dispose()
    except SQLAlchemyError as error:  # not its words: they name a user
        what = f"the database of DESKHAND_DATABASE_URL does not answer ({type(error).__name__})"
        yield Setup(what, "Start it, or correct the address; nothing is kept until then", stops=True)
        return
    if found == "newer":
        yield Setup("the database is of a newer version of Deskhand", "Install that version here, too", stops=True)


def _secrets(settings: Settings) -> Iterator[Setup]:
    for read in (lambda: settings.widget_secrets, lambda: settings.metrics_token):
        try:
            read()
        except DeskFault as error:
            yield Setup(error.faults[0].what, "Make one with: openssl rand -hex 32", stops=True)


def _models(settings: Settings) -> Iterator[Setup]:
    from deskhand.infrastructure.llm.model_name import parse

    for model in settings.table.chain:
        try:
            name = parse(model)
            settings.model_key(name.provider)
        except (DeskFault, ValueError) as error:
            told = error.faults[0].what if isinstance(error, DeskFault) else str(error)
            yield Setup(f"the model {model} cannot be asked: {told}", "Set it, or take the model out", stops=True)
            continue
        if find_spec("pydantic_ai") is None:
            what = f"the model {model} needs an extra that is not installed"
            yield Setup(what, f"Install it: pip install 'deskhand[{name.extra}]'", stops=True)
    others = [one for one in settings.table.languages if one != "en"]
    if others and not settings.table.chain:
        what = f"messages in {', '.join(others)} go to people: the built-in brain reads English only"
        yield Setup(what, "Name a language model in desk.toml (docs/models.md)")


def _people(settings: Settings) -> Iterator[Setup]:
    people, least = settings.table.people, LEAST[Right.PROMOTE].rank
    if not people and settings.table.access.oidc is None:
        yield Setup("nobody may sign in", "Name people under [people] of desk.toml, then: deskhand people invite NAME")
    elif people and not any(role_of(roles).rank >= least for roles in people.values()):
        what = "nobody of [people] is a lead: nobody may promote a procedure"
        yield Setup(what, 'Give somebody the role "lead" in desk.toml')


def _customers(settings: Settings, folder: Folder) -> Iterator[Setup]:
    table = settings.table
    if table.csat.ask and not table.receipts.address:
        what = "[csat] ask is set and [receipts] address is not: no customer is ever asked"
        yield Setup(what, "Set [receipts] address to where customers reach this desk")
    known = table.knowledge
    if not folder.articles and not known.sites and not known.zendesk_guide and not _documents(settings):
        what = "there is no article: questions that no procedure covers go to people"
        yield Setup(what, "Put articles into articles/, or name a site (docs/knowledge.md)")


def _documents(settings: Settings) -> bool:
    return any(one.is_file() for one in (settings.folder / settings.table.articles).rglob("*.*"))


def _variables(settings: Settings) -> Iterator[Setup]:
    if (settings.folder / ".env").exists():
        what = "there is a .env in the desk folder, and nothing reads it"
        yield Setup(what, "Export its variables where Deskhand runs, or use `deskhand connect`; keep it out of git")
    example = settings.folder / ".env.example"
    lines = example.read_text("utf-8", "replace").splitlines() if example.is_file() else []
    if any(one.partition("=")[2].strip() for one in lines if not one.startswith("#")):
        what = ".env.example holds values, and belongs into git"
        yield Setup(what, "Take them out, and change these secrets where they come from")
