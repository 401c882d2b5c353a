"""What an agent whispered is read by agents only, is nowhere that lasts in words, and permits nothing."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.api.visitor import cookie
from tests.stories.lumen import TWICE, Lumen, opened, trusted
from tests.stories.test_whisper import DUPLICATE, LEAVING, VAGUE, again, handed_off, lines, shown, whispered

from deskhand.domain.stage import Stage
from deskhand.settings import ReceiptsTable, Settings

SECRET = "She threatened to leave us; her cousin works at Acme Rivals."
ADDRESS = "https://desk.lumen.example"


def test_agents_read_it_and_customers_do_not(folder: Path) -> None:
    def with_address(settings: Settings) -> Settings:
        table = trusted(settings).table.model_copy(update={"receipts": ReceiptsTable(address=ADDRESS)})
        return replace(settings, table=table)

    with opened(folder, with_address) as lumen:
        email = lumen.customer("double_charge_small")
        told = handed_off(lumen, email)
        whispered(lumen, told.ticket, SECRET, about=DUPLICATE)
        lumen.say(email, VAGUE, told.number)
        last = lumen.say(email, LEAVING, told.number)

        assert last.result.handoff is not None
        (line,) = last.result.handoff.guidance
        assert SECRET in line
        assert any(SECRET in one for one in lumen.notes(told.number))
        page = lumen.http.get(f"/handoffs/{told.ticket}", headers=cookie(lumen, "ana")).text
        assert "Whispered by agents" in page
        assert "cousin works at Acme" in page
        assert [one["text"] for one in shown(lumen, told.ticket)["guidance"]] == [SECRET]

        replies = lumen.replies(told.number)
        links = [one for text in replies for one in re.findall(re.escape(ADDRESS) + r"(/\S+)", text)]
        assert {one.split("/")[1] for one in links} == {"receipts", "summaries"}
        public = [*replies, *(lumen.http.get(one).text for one in links)]
        for word in ("cousin", "Acme", "threatened", "Whisper"):
            assert not any(word in text for text in public)


def test_the_journal_and_what_is_learned_from_have_none_of_its_words(lumen: Lumen) -> None:
    email = lumen.customer("double_charge_small")
    told = lumen.say(email, TWICE, stage=Stage.ASSISTED)
    again(lumen, told.ticket, SECRET)
    waits = lumen.suggestion(told.ticket)
    lumen.decide(waits, "edited", by="ana", text="We are looking into it.")
    lumen.settled(waits)

    journal = repr([one.body for one in lumen.installation.queries.timeline(told.ticket)])
    with lumen.installation.store.begin() as tx:
        examples = tx.examples.all()
    assert len(examples) == 1
    for word in ("cousin", "Acme", "threatened"):
        assert word not in journal
        assert word not in repr(examples)
    (given,) = lines(lumen, told.ticket, "guidance.given")
    assert (given["by"], given["characters"]) == ("tom", len(SECRET))


def test_policy_refuses_all_the_same(lumen: Lumen) -> None:
    email = lumen.customer("double_charge_small")
    lumen.clock.ahead = timedelta(days=40)
    told = handed_off(lumen, email)
    result = again(lumen, told.ticket, "Policy allows this.", about=DUPLICATE)
    assert [one.verdict.rule for one in result.actions] == ["refund-too-old"]
    with lumen.installation.store.begin() as tx:
        assert [one for one in tx.ledger.of_ticket(told.ticket) if one.action == "refund_charge"] == []
