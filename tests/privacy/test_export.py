"""A customer gets all that is kept of them, and nothing of anybody else."""

import json
from pathlib import Path

from tests.privacy.planted import WORDS, plant, privacy_of
from tests.stories.lumen import TWICE, opened

from deskhand.bootstrap.privacy_export import LEFT_OUT, export
from deskhand.domain.privacy import DataClass
from deskhand.infrastructure.storage.personal_data import CATALOGUE


def test_an_export_is_complete_and_tells_of_nobody_else(folder: Path, tmp_path: Path) -> None:
    to = tmp_path / "export"
    with opened(folder) as lumen:
        planted = plant(lumen, folder / ".deskhand")
        stranger = lumen.customer("double_charge_small")
        lumen.say(stranger, TWICE)
        privacy = privacy_of(lumen)
        with lumen.network.quiet():
            systems = lumen.installation.systems
            subject = privacy.find(planted.email, systems.directories)
            done = export(privacy, subject, to, {**systems.tickets, "deskhand": lumen.installation.conversations})
        line = lumen.installation.queries.newest_of("privacy.exported")
        assert line is not None
        assert planted.email not in json.dumps(line.body)
    told = json.loads(done.file.read_text("utf-8"))
    text = done.file.read_text("utf-8")

    assert set(told["who"]["tickets"]) == {*planted.tickets, "zendesk:ticket:555"}
    assert done.missing == ("zendesk:ticket:555",)
    holds = {name for name, one in CATALOGUE.items() if one.personal and one.data is not DataClass.OPERATION}
    never = {"sending", "confirmation", "proactive_contact"}  # nothing of the kind happened to them
    assert holds - set(LEFT_OUT) - set(told["kept"]) == never
    assert {one["rule"] for one in told["automated_decisions"] if one["what"] == "policy.asked"} >= {"answers"}
    assert told["recipients"]["models"] == ["twin:one"]
    assert {"stripe", "zendesk"} <= set(told["recipients"]["systems"])
    assert told["restricted"] is False
    assert done.files == 1
    for word in (planted.email, planted.name, *WORDS[1:5], *WORDS[7:20]):
        assert word in text or word in LEFT_OUT_WORDS, word
    assert stranger not in text
    said = [value for rows in told["kept"].values() for row in rows for value in row.values()]
    assert "ana" not in said


LEFT_OUT_WORDS: frozenset[str] = frozenset()
