"""Messages that say nothing but thanks, or nothing but that somebody will look: fixed lists, never a model."""

import re

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
SENTENCE = re.compile(r"[.!?\n]+")
QUESTION = re.compile(r"[?\uff1f]")
LONGEST = 14  # words; a longer message says more than thanks

THANKS = frozenset(
    "thanks thank thx thankyou ty tysm cheers appreciated appreciate danke dank dankeschön vielen merci gracias grazie"
    " obrigado obrigada bedankt dankjewel tack tak kiitos dziękuję dzięki děkuji díky 🙏".split()
)
# What may stand around thanks without saying more.
AROUND = frozenset(
    """
    you u so very much a lot many again for the your and i we it that that's is all this to of everyone everybody team
    help helping quick fast kind great good answer reply response support explanation explaining perfect awesome
    brilliant wonderful excellent amazing lovely nice super ok okay really greatly guys sir madam all have day weekend
    evening best regards wishes bye
    für die ihre eure schnelle nette hilfe antwort sehr herzlichen schön gut alles klar schönen tag noch und gruß grüße
    viele liebe mit freundlichen
    beaucoup bien pour votre aide réponse rapide parfait bonne journée à vous c'est super
    muchas muchísimas por su tu ayuda respuesta rápida la perfecto muy amable buen día
    mille tante per il suo tuo aiuto la risposta perfetto buona giornata molte
    muito pela sua ajuda resposta o perfeito bom dia
    u wel je voor hulp het antwoord snelle hartelijk fijne dag
    """.split()
)
GREETS = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|guten tag|bonjour|hola|ciao)(?: [\w.'-]+){0,2}"
)
# What agents write to say that they will write: nothing of it answers anything.
LOOKING = re.compile(
    r"(?:thanks?(?: you)?(?: very much| so much)? for (?:your|the) (?:message|e-?mail|patience|waiting)"
    r"|(?:i|we)(?:'ll| will| am going to| are going to)? (?:have a look|take a look|look(?:ing)? into (?:it|this|that)"
    r"|check(?: this| it| that)?|get back to you|be with you|come back to you)\b.{0,40}"
    r"|(?:i am|i'm|we are|we're) (?:looking into|checking) (?:it|this|that)\b.{0,40}"
    r"|(?:one|a|just a) moment(?: please)?|please (?:hold on|bear with (?:me|us)|wait)\b.{0,30}"
    r"|(?:best|kind)(?: regards| wishes)?|regards|we have received your (?:message|e-?mail)"
    r"|ich schaue (?:mir das an|nach)|einen moment bitte|ich kümmere mich darum|un instant(?: s'il vous plaît)?)"
)


def thanks_only(text: str) -> bool:
    """Whether the whole message is thanks. In doubt it is not: then it counts as a message."""
    words = [word.casefold() for word in WORD.findall(text.replace("\u2019", "'"))]
    if QUESTION.search(text) or len(words) > LONGEST:
        return False
    if not words:
        return "🙏" in text
    return bool(THANKS & set(words)) and set(words) <= THANKS | AROUND


def says_something(text: str) -> bool:
    """Of an agent's message: whether it is more than a greeting, thanks, and the word that somebody will look."""
    plain = text.casefold().replace("\u2019", "'")
    parts = [part.strip(" ,;:-\t\r") for part in SENTENCE.split(plain)]
    return any(part and not _courtesy(part) for part in parts)


def _courtesy(part: str) -> bool:
    return bool(GREETS.fullmatch(part) or LOOKING.fullmatch(part)) or thanks_only(part)
