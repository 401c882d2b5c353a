"""What the assistant says when a matter is, or was, talked about on another channel."""

from collections.abc import Mapping
from dataclasses import dataclass

from deskhand.domain.phrases import ENGLISH


@dataclass(frozen=True)
class MovingPhrases:
    """{channel} and {at} say where and when; none of them repeats a word that was said there. `known` holds {name} and
    {value}: what the customer told us there themselves."""

    answered_there: str
    with_people: str
    known: str
    to_confirm: str


PHRASES: Mapping[str, MovingPhrases] = {
    "en": MovingPhrases(
        answered_there="You wrote to us about this before ({channel}, {at}). It is being seen to there, so that you "
        "get one answer and not two.",
        with_people="A colleague has had this since {at} ({channel}). I have added your message to what they have, so "
        "you need not repeat anything.",
        known="I use the {name} {value} that you gave us on {at} ({channel}).",
        to_confirm="I asked you on {at} ({channel}) to confirm this. It is enough to answer here.",
    ),
    "de": MovingPhrases(
        answered_there="Sie haben uns dazu bereits geschrieben ({channel}, {at}). Dort kümmern wir uns darum, damit "
        "Sie eine Antwort erhalten und nicht zwei.",
        with_people="Das liegt seit {at} bei einer Kollegin oder einem Kollegen ({channel}). Ich habe Ihre Nachricht "
        "dort hinzugefügt; Sie müssen nichts wiederholen.",
        known="Ich verwende {name} {value}, die Angabe stammt von Ihnen ({channel}, {at}).",
        to_confirm="Ich habe Sie dazu bereits um Ihre Bestätigung gebeten ({channel}, {at}). Es genügt, hier zu "
        "antworten.",
    ),
    "es": MovingPhrases(
        answered_there="Ya nos había escrito sobre esto ({channel}, {at}). Lo atendemos allí, para que reciba una "
        "respuesta y no dos.",
        with_people="Una persona de nuestro equipo se ocupa de esto desde {at} ({channel}). He añadido su mensaje, así "
        "que no tiene que repetir nada.",
        known="Uso el dato {name} {value} que usted nos dio ({channel}, {at}).",
        to_confirm="Ya le había pedido que lo confirmara ({channel}, {at}). Basta con que responda aquí.",
    ),
    "fr": MovingPhrases(
        answered_there="Vous nous avez déjà écrit à ce sujet ({channel}, {at}). Nous nous en occupons là-bas, afin "
        "que vous receviez une seule réponse.",
        with_people="Un collègue s'en occupe depuis le {at} ({channel}). J'y ai ajouté votre message : vous n'avez "
        "rien à répéter.",
        known="J'utilise l'indication {name} {value} que vous nous avez donnée ({channel}, {at}).",
        to_confirm="Je vous ai déjà demandé de le confirmer ({channel}, {at}). Il suffit de répondre ici.",
    ),
}


def channel_in_words(channel: str) -> str:
    """As customers know it."""
    return "chat" if channel == "widget" else channel


def moving_phrases_in(language: str) -> MovingPhrases:
    """Those of this language (ISO 639-1); English where there are none."""
    return PHRASES.get(language, PHRASES[ENGLISH])
