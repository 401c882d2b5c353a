"""One customer who leaves something in every store, and what of it is looked for afterwards."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.storage.examples import example
from tests.stories.lumen import TWICE, Lumen

from deskhand.bootstrap.numbers.numbers import Asked
from deskhand.bootstrap.privacy import Privacy
from deskhand.domain.attachment import Attachment
from deskhand.domain.correction import Correction
from deskhand.domain.delivery import Delivery
from deskhand.domain.guidance import Guidance
from deskhand.domain.link import Bond
from deskhand.domain.model_call import ModelCall, Purpose
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.domain.survey import Answered
from deskhand.domain.ticket import Requester, Status, Ticket
from deskhand.domain.visit import Rating, SentFile
from deskhand.entrypoints.cli.report.metrics import as_object
from deskhand.workflows.link_customers import link
from deskhand.workflows.pause import pause
from deskhand.workflows.take_in import take_in

WORDS = (
    *("Quagmirella", "Brackenford", "Zephyrdale", "+49 170 5554433", "quag.mire@elsewhere.example", "ORD-998877"),
    *("Marshwiggle", "Tumbledown", "Osprey Lane 17", "Pellingham", "+44 20 7946 0991", "ORD-665544", "Nettlecombe"),
    *("Wyverstone", "Umberleigh", "Foxglove Court 3", "INV-774411", "Thistlewood", "Kestrelby", "Larkhollow"),
    *("Ivybridge-Smythe", "Dunmallet", "Rooksnest", "Harrowbeer", "SN-5566-QX", "Culmstock", "Vennbridge"),
    *("Yarnscombe", "Zealmonach", "Aller-Park", "Beaminster-Jones", "Chagfordia", "Drewsteign", "Eggesford"),
    *("Frithelstock", "Gidleigh", "Hatherleigh", "Iddesleigh", "Jacobstowe", "Kenn-Hollow", "Loxbeare"),
    *("Morchard", "Sampford", "Tetcott", "Uplowman", "Nymet", "Okeford", "Petrockstow"),
)


@dataclass(frozen=True)
class Planted:
    """Who it is, and every text that must be found nowhere."""

    email: str
    name: str
    tickets: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return (*WORDS, self.email, self.name, self.name.split()[-1], self.email.split("@")[0])


def privacy_of(lumen: Lumen) -> Privacy:
    one = lumen.installation
    return Privacy(one.settings, one.store.engine, one.engine, lumen.clock)


def plant(lumen: Lumen, state: Path) -> Planted:
    """By the help desk, the chat, our own mail, an agent's note, decisions, ratings, files and models."""
    store, at = lumen.installation.store, lumen.clock()
    words = iter(WORDS)
    email = lumen.customer("double_charge_small")
    with lumen.network.quiet():
        record = lumen.installation.systems.directories[0].by_email(email)[0].value
    name, ref = record.name, str(record.ref)
    asked = lumen.say(email, TWICE, stage=Stage.ASSISTED)
    said = f"I'm {next(words)} from {next(words)}, {next(words)}. Call me on {next(words)}, mail {next(words)}."
    lumen.decide(lumen.suggestion(asked.ticket), "rejected", by="ana", text=f"I know {next(words)} of old")
    lumen.eventually(lambda: lumen.installation.engine.idle())
    handed = lumen.say(email, f"{said} I want a person. It is about {next(words)} and {next(words)}.")
    other = lumen.say(email, "How do I invite a colleague to my workspace?", stage=Stage.ASSISTED)
    lumen.suggestion(other.ticket)  # waits
    chats = lumen.installation.conversations
    talk = chats.open("c1", email, name=name, verified=True, subject=next(words), channel="chat")
    mail = chats.open("mail.1", email.upper(), name=next(words), verified=False, subject=next(words), channel="email")
    for ref_, message in ((talk, "m1"), (mail, "m2")):
        named = (Attachment(f"{next(words)}.pdf", "application/pdf", 3),)
        chats.say(ref_, message, f"{next(words)} lives at {next(words)}. I want a person.", attachments=named)
        take_in(store, Delivery("deskhand", message, str(ref_), message, "chat", at), "")
        lumen.installation.wait(f"message/{ref_}/{message}", 30.0)
    chats.reply(talk, f"Dear {next(words)}", public=True, key="agent/1")
    with store.begin() as tx:
        ticket = handed.ticket
        tx.guidance.add(Guidance("g1", ticket, "ana", f"{next(words)} is nice", "", at, ""))
        tx.handoffs.correct(Correction("c1", ticket, "1", f"No: {next(words)}", at))
        tx.visits.rate(Rating(str(talk), 4, f"Thanks to {next(words)}", at))
        tx.visits.answer(Answered(ticket, 1, 5, f"{next(words)}!", at, at))
        tx.visits.keep(SentFile("f1", str(talk), "m1", f"{next(words)}.txt", "text/plain", 3, at), next(words).encode())
        tx.examples.keep(example("e9", next(words), customer=f"email:address:{email}", reason=next(words)), ticket)
        call = ModelCall(Purpose.READ, "twin:one", "p", "q", (), 1, 0, 1, None, "", 1.0)
        tx.models.note(ticket, "1", call, policy="p", question=f"of {next(words)}", answer=next(words), at=at)
        tx.history.keep(
            Ticket(
                ref=Ref.parse("zendesk:ticket:555"),
                subject=next(words),
                status=Status.CLOSED,
                channel="email",
                requester=Requester(name, email, True),
                tags=frozenset(),
                version="1",
                created_at=at,
                messages=(),
            ),
            "past",
            at,
        )
        tx.journal.append("run.failed", ticket, {"run": "r", "why": f"no mail to {email} {next(words)}", "to": "q"}, at)
        tx.journal.append("proactive.waits", ticket, {"customer": f"records:customer:{email}"}, at)
    link(store, Bond.APART, Ref.parse(ref), Ref.parse("stripe:customer:none"), by="ana", why=next(words), now=at)
    pause(store, f"customer:{ref}", by="ana", why=f"{next(words)} calls", now=at)
    for place in ("replays/r1", "evals"):
        (state / place).mkdir(parents=True, exist_ok=True)
        (state / place / "rows.txt").write_text(f"{ticket} {next(words)}")
    drafts = state.parent / "golden" / "drafts"
    drafts.mkdir(parents=True, exist_ok=True)
    (drafts / f"past-{asked.ticket.replace(':', '-')}.yaml").write_text(f"# {' '.join(words)}\n")
    return Planted(email, name, (asked.ticket, handed.ticket, other.ticket, str(talk), str(mail)))


def holding(folder: Path, texts: Iterable[str]) -> dict[str, list[str]]:
    """Of each text that a file of the desk still holds, in which; what stands for other systems is not the desk's."""
    found: dict[str, list[str]] = {}
    for file in (one for one in folder.rglob("*") if one.is_file() and "twins" not in one.parts):
        content = file.read_bytes().lower()
        for text in texts:
            if text.lower().encode() in content or json.dumps(text)[1:-1].lower().encode() in content:
                found.setdefault(text, []).append(file.name)
    return found


def report(lumen: Lumen, at: datetime) -> str:
    counting = lumen.installation.counting
    while not counting.keep_up():
        pass
    return json.dumps(as_object(counting.numbers(Asked(30), at)), sort_keys=True, default=str)
