"""The list of hosts that a desk may talk to."""

from pathlib import Path

from deskhand.bootstrap.connections.egress import ANY, WayOut, ways_out
from deskhand.settings import Settings, read_table

DESK = """company = "Lumen"
signature = "Your Lumen team"
default_queue = "support"
model = "m@http://localhost:11434/v1"
[egress]
private = ["erp.intern"]
hosts = ["zendesk.com", "lumen.example"]
[systems.zendesk]
address = "https://lumen.zendesk.com"
[systems.stripe]
twin = true
[systems.own.erp]
address = "https://erp.intern/api"
[systems.own.shop]
address = "https://shop.example"
[knowledge.sites.help]
sitemap = "https://help.lumen.example/sitemap.xml"
"""


def test_every_host_is_told_with_its_reason_and_those_that_would_be_refused() -> None:
    found = ways_out(Settings(Path(), read_table(DESK, "desk.toml"), Path(), "sqlite:///x", {}))

    assert {(one.host, one.why, one.private) for one in found} == {
        ("lumen.zendesk.com", "systems.zendesk", False),
        ("erp.intern", "systems.own.erp", True),
        ("shop.example", "systems.own.shop", False),
        ("help.lumen.example", "knowledge.sites.help", False),
        ("localhost", "model", True),
        (ANY, "attachments: only what an agent opens, without our keys", False),
    }
    assert [one.host for one in found if one.refused] == ["shop.example"]


def test_a_desk_of_twins_talks_to_nobody() -> None:
    text = DESK.split("model =", maxsplit=1)[0] + "[systems.stripe]\ntwin = true\n"
    nobody: list[WayOut] = []
    assert ways_out(Settings(Path(), read_table(text, "desk.toml"), Path(), "sqlite:///x", {})) == nobody
