"""How customers ask for a person, in six languages, and what must then have become of their message."""

from tests.stories.lumen import TWICE, Lumen, Told

from deskhand.domain.outcome import RunOutcome, RunResult

# By language: how they ask, by themselves and beside a request for money.
FOR_A_PERSON = {
    "en": (
        "can i talk to an actual person about this",
        f"{TWICE} And get me a human please, the bot doesn't get it.",
    ),
    "de": (
        "kann ich bitte mit einem menschen sprechen",
        "Ich wurde zweimal belastet, bitte erstatten Sie den Betrag. Und ich möchte mit einem Mitarbeiter sprechen.",
    ),
    "fr": (
        "je veux parler à quelqu'un, pas à un robot",
        "J'ai été débité deux fois, merci de me rembourser. Et passez-moi un conseiller s'il vous plaît.",
    ),
    "es": (
        "quiero hablar con una persona por favor",
        "Me cobraron dos veces, quiero la devolución del dinero y que me atienda una persona.",
    ),
    "it": (
        "voglio parlare con un operatore per favore",
        "Mi avete addebitato due volte, vorrei il rimborso e vorrei parlare con qualcuno.",
    ),
    "nl": (
        "kan ik een medewerker spreken alstublieft",
        "Ik heb twee keer betaald, ik wil graag mijn geld terug en een medewerker aan de telefoon.",
    ),
}


def for_people(result: RunResult) -> None:
    """It ended with people, because they were asked for, and nothing else was done."""
    assert result.outcome is RunOutcome.HANDED_OFF
    assert result.handoff is not None
    assert result.handoff.reason == "asked"
    assert result.actions == ()


def given_to_people(lumen: Lumen, told: Told) -> None:
    """This very message did, and the ticket is theirs."""
    for_people(told.result)
    assert lumen.owner(told.ticket).startswith("queue:")
