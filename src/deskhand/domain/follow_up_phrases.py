"""How a customer is reminded, once, of what we asked them."""

from collections.abc import Mapping
from dataclasses import dataclass

from deskhand.domain.phrases import ENGLISH


@dataclass(frozen=True)
class FollowUpPhrases:
    """`here` in the conversation itself; `by_letter` holds {asked}, our last message there, and `subject` heads it."""

    here: str
    subject: str
    by_letter: str


PHRASES: Mapping[str, FollowUpPhrases] = {
    "en": FollowUpPhrases(
        here="We asked you something above that we need to know before we can go on. It is enough to answer here. If "
        "you no longer need this, there is nothing to do.",
        subject="We still need your answer",
        by_letter="You wrote to us in the chat, and we still need an answer to go on. This is what we wrote last:\n\n"
        "{asked}\n\nIt is enough to answer this letter. If you no longer need this, there is nothing to do.",
    ),
    "de": FollowUpPhrases(
        here="Oben haben wir Sie etwas gefragt, das wir wissen müssen, um weiterzumachen. Es genügt, hier zu "
        "antworten. Hat es sich erledigt, brauchen Sie nichts zu tun.",
        subject="Wir brauchen noch Ihre Antwort",
        by_letter="Sie haben uns im Chat geschrieben, und wir brauchen noch eine Antwort, um weiterzumachen. Zuletzt "
        "schrieben wir:\n\n{asked}\n\nEs genügt, auf diesen Brief zu antworten. Hat es sich erledigt, brauchen Sie "
        "nichts zu tun.",
    ),
    "es": FollowUpPhrases(
        here="Más arriba le hicimos una pregunta cuya respuesta necesitamos para continuar. Basta con que responda "
        "aquí. Si ya no lo necesita, no tiene que hacer nada.",
        subject="Aún necesitamos su respuesta",
        by_letter="Nos escribió por el chat y aún necesitamos una respuesta para continuar. Esto fue lo último que "
        "escribimos:\n\n{asked}\n\nBasta con que responda a este mensaje. Si ya no lo necesita, no tiene que hacer "
        "nada.",
    ),
    "fr": FollowUpPhrases(
        here="Nous vous avons posé plus haut une question dont la réponse nous manque pour continuer. Il suffit de "
        "répondre ici. Si ce n'est plus nécessaire, vous n'avez rien à faire.",
        subject="Il nous manque votre réponse",
        by_letter="Vous nous avez écrit par le chat, et il nous manque une réponse pour continuer. Notre dernier "
        "message :\n\n{asked}\n\nIl suffit de répondre à ce courrier. Si ce n'est plus nécessaire, vous n'avez rien à "
        "faire.",
    ),
}


def follow_up_phrases_in(language: str) -> FollowUpPhrases:
    """Those of this language (ISO 639-1); English where there are none."""
    return PHRASES.get(language, PHRASES[ENGLISH])
