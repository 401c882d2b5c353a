"""What a desk may say in `[knowledge]`, and the sources that it gets for it."""

from pathlib import Path

import pytest
from tests.contracts import rigs
from tests.policy.world import load

from deskhand.bootstrap.folder.folder import Folder
from deskhand.bootstrap.knowledge.sources import knowledge_sources
from deskhand.bootstrap.systems.systems import connect_systems
from deskhand.domain.errors import DeskFault
from deskhand.settings import Settings, read_table

DESK = 'company = "C"\nsignature = "S"\ndefault_queue = "q"\n'
TWINS = "[systems.zendesk]\ntwin = true\n[systems.stripe]\ntwin = true\n"


def sources(folder: Path, table: str) -> list[str]:
    settings = Settings(folder, read_table(DESK + TWINS + table, "desk.toml"), folder / "state", "", {})
    (folder / "twins.toml").write_text(
        rigs.RECIPE.read_text("utf-8").replace("customers = ", "customers = 60 # "), "utf-8"
    )
    systems = connect_systems(settings, Folder(load({}), (), (), (), ()), rigs.clock, lambda text: None)
    return [one.name for one in knowledge_sources(settings, systems, rigs.clock)]


def test_a_desk_that_says_nothing_knows_its_articles(tmp_path: Path) -> None:
    assert sources(tmp_path, "") == ["articles"]


def test_a_desk_names_what_else_it_knows(tmp_path: Path) -> None:
    table = """
[knowledge]
zendesk_guide = true
resolved_tickets = 100
[knowledge.sites.help]
sitemap = "https://help.example.com/sitemap.xml"
hosts = ["docs.example.com", "docs.example.com:8443"]
audience = "customers"
locale = "en"
[knowledge.sites.blog]
sitemap = "https://blog.example.com/sitemap_index.xml.gz"
"""
    assert sources(tmp_path, table) == ["articles", "sites.help", "sites.blog", "zendesk_guide", "resolved_tickets"]


@pytest.mark.parametrize(
    "line",
    [
        'sitemap = "ftp://example.com/sitemap.xml"',
        'sitemap = "https://user:key@example.com/sitemap.xml"',
        'sitemap = "help.example.com"',
        'audience = "everybody"',
        'locale = "English"',
        'host = ["a.example"]',
        "pages = 0",
    ],
)
def test_a_fault_has_its_line(line: str) -> None:
    usual = "" if line.startswith("sitemap") else 'sitemap = "https://example.com/s.xml"\n'
    with pytest.raises(DeskFault) as fault:
        read_table(f"{DESK}[knowledge.sites.help]\n{usual}{line}", "desk.toml")

    assert [one.line for one in fault.value.faults] == [5 + usual.count("\n")]
