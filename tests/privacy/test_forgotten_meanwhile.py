"""Whoever is forgotten while a run works on their words: wherever it is then, it writes nothing of them any more."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from tests.privacy.planted import holding, privacy_of
from tests.stories.lumen import Lumen, Signed, apart, opened

from deskhand.domain.journal_line import Verified
from deskhand.domain.stage import Stage
from deskhand.workflows.take_in import take_in

ENDED = "ended: what it was about was forgotten"
REFUND = "I was charged twice for my subscription this month, can you fix it? {name}"
PERSON = "I want a person, please. I am {name}."
READING, GATHERING, ACTING, ANSWERING = "GET /api/v2/tickets", "GET /v1/customers", "POST /v1/refunds", "PUT /api"


@pytest.fixture(scope="module")
def lumen(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    with opened(copytree(prepared, tmp_path_factory.mktemp("meanwhile") / "desk"), apart) as lumen:
        yield lumen


@pytest.mark.parametrize("known", [True, False], ids=["a ticket of theirs", "a ticket that nobody knew as theirs"])
@pytest.mark.parametrize(
    ("where", "text", "stage"),
    [
        (READING, REFUND, Stage.AUTONOMOUS),
        (GATHERING, REFUND, Stage.ASSISTED),
        (GATHERING, REFUND, Stage.AUTONOMOUS),
        (ACTING, REFUND, Stage.AUTONOMOUS),
        (ANSWERING, REFUND, Stage.AUTONOMOUS),
        (GATHERING, PERSON, Stage.AUTONOMOUS),
        (ANSWERING, PERSON, Stage.AUTONOMOUS),
    ],
    ids=["heard", "suggested", "considered", "refunded", "answered", "packed", "noted"],
)
def test_a_run_ends_where_it_is(
    lumen: Lumen, caplog: pytest.LogCaptureFixture, where: str, text: str, stage: Stage, known: bool
) -> None:
    caplog.set_level(logging.INFO, logger="deskhand.infrastructure.engine.engine")
    email, name = lumen.customer("double_charge_small"), f"Quagmirella{len(lumen.network.asked)}x"
    signed = lumen.write(email, text.format(name=name))
    held_at(lumen, where, signed, stage)
    ticket = f"zendesk:ticket:{lumen.number(signed)}"
    with lumen.network.quiet():
        subject = privacy_of(lumen).find(email, lumen.installation.systems.directories)
    privacy_of(lumen).begin(replace(subject, tickets=(ticket,) if known else ()))
    privacy_of(lumen).go_on("ana")
    lumen.network.released.set()
    lumen.eventually(lambda: ENDED in caplog.text)
    privacy_of(lumen).go_on("night")

    assert holding(lumen.installation.settings.state, [name]) == {}
    assert lumen.open_effects(ticket) == []
    assert lumen.installation.engine.status.keys_of([ticket]) == []
    assert isinstance(lumen.installation.queries.verify(), Verified)
    assert len(lumen.refunds(email)) == (text == REFUND and where in (ACTING, ANSWERING))


def held_at(lumen: Lumen, where: str, signed: Signed, stage: Stage) -> None:
    """The run of this message waits for an answer there; what it has read, it has read."""
    lumen.network.holding.clear()
    lumen.network.released.clear()
    lumen.network.trouble(where, "held")
    delivery = lumen.installation.doors["zendesk"](signed[0], signed[1], lumen.clock())
    assert delivery is not None
    assert take_in(lumen.installation.store, delivery, str(stage))
    assert lumen.network.holding.wait(30)
