"""What the assistant says about one-time codes: in the letter that holds one, and in the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass

from deskhand.domain.phrases import ENGLISH


@dataclass(frozen=True)
class CodePhrases:
    """`sent` may hold {address}, part of the address on file; `if_known` is said where we cannot know that the address
    is theirs, word for word the same whether anybody has it. {minutes} is how long the code is good, {left} how often
    they may try again; `subject` holds {company}, `letter` {code}, {company}, {minutes} and
    {about}, the titles of what is asked for: whoever did not ask for it must not give the code away."""

    sent: str
    if_known: str
    wrong: str
    expired: str
    too_many: str
    subject: str
    letter: str


PHRASES: Mapping[str, CodePhrases] = {
    "en": CodePhrases(
        sent="For this I need to be sure that it is you. I have sent a code to the address we have on file "
        "({address}). Please reply here with its 8 digits within {minutes} minutes, and I will go on with your "
        "request.",
        if_known="For this I need to be sure that it is you. If the address that you write from belongs to an "
        "account, a code is on its way to it. Please reply here with its 8 digits within {minutes} minutes, and I "
        'will go on with your request. If no code comes, reply "person" and a colleague will help you.',
        wrong="That code does not fit. Please look at our latest letter again and reply with its 8 digits. Tries "
        "left: {left}.",
        expired="That code is no longer valid.",
        too_many="That was not the code either, and for safety I cannot take another one. Nothing was changed. A "
        "colleague will take over from here.",
        subject="Your code for {company}",
        letter="Your code is {code}. It is good for {minutes} minutes, for this: {about}.\n\n"
        "Reply with it in your conversation with us, "
        "and give it to nobody else: we never ask for it by telephone or by mail. If you did not ask us for anything, "
        "you need not do anything: without this code nothing is changed.\n\n{company}",
    ),
    "de": CodePhrases(
        sent="Dafür muss ich sicher sein, dass Sie es sind. Ich habe einen Code an die bei uns hinterlegte Adresse "
        "({address}) geschickt. Bitte antworten Sie hier innerhalb von {minutes} Minuten mit den 8 Ziffern, dann "
        "mache ich mit Ihrem Anliegen weiter.",
        if_known="Dafür muss ich sicher sein, dass Sie es sind. Wenn die Adresse, von der Sie schreiben, zu einem "
        "Konto gehört, ist ein Code dorthin unterwegs. Bitte antworten Sie hier innerhalb von {minutes} Minuten mit "
        "den 8 Ziffern, dann mache ich mit Ihrem Anliegen weiter. Wenn kein Code kommt, bitten Sie um einen Menschen.",
        wrong="Dieser Code passt nicht. Bitte sehen Sie in unserem letzten Schreiben noch einmal nach und antworten "
        "Sie mit den 8 Ziffern. Verbleibende Versuche: {left}.",
        expired="Dieser Code gilt nicht mehr.",
        too_many="Auch das war nicht der Code, und zur Sicherheit kann ich keinen weiteren annehmen. Es wurde nichts "
        "geändert. Eine Kollegin oder ein Kollege übernimmt von hier an.",
        subject="Ihr Code für {company}",
        letter="Ihr Code lautet {code}. Er gilt {minutes} Minuten, und zwar dafür: {about}.\n\n"
        "Antworten Sie damit in Ihrem Gespräch mit uns "
        "und geben Sie ihn an niemanden weiter: Wir fragen nie am Telefon oder per Post danach. Wenn Sie uns um "
        "nichts gebeten haben, müssen Sie nichts tun: Ohne diesen Code wird nichts geändert.\n\n{company}",
    ),
    "es": CodePhrases(
        sent="Para esto necesito estar seguro de que es usted. He enviado un código a la dirección que tenemos "
        "registrada ({address}). Responda aquí con sus 8 cifras en un plazo de {minutes} minutos y seguiré con su "
        "petición.",
        if_known="Para esto necesito estar seguro de que es usted. Si la dirección desde la que escribe pertenece a "
        "una cuenta, un código va de camino a ella. Responda aquí con sus 8 cifras en un plazo de {minutes} minutos y "
        "seguiré con su petición. Si no llega ningún código, pida hablar con una persona.",
        wrong="Ese código no es correcto. Mire de nuevo nuestro último mensaje y responda con sus 8 cifras. Intentos "
        "restantes: {left}.",
        expired="Ese código ya no es válido.",
        too_many="Tampoco era ese el código y, por seguridad, no puedo aceptar otro. No se ha cambiado nada. Una "
        "persona de nuestro equipo seguirá desde aquí.",
        subject="Su código para {company}",
        letter="Su código es {code}. Es válido durante {minutes} minutos, para lo siguiente: {about}.\n\n"
        "Responda con él en su conversación con "
        "nosotros y no se lo dé a nadie más: nunca lo pedimos por teléfono ni por correo. Si no nos ha pedido nada, "
        "no tiene que hacer nada: sin este código no se cambia nada.\n\n{company}",
    ),
    "fr": CodePhrases(
        sent="Pour cela, je dois m'assurer qu'il s'agit bien de vous. J'ai envoyé un code à l'adresse que nous avons "
        "enregistrée ({address}). Merci de répondre ici avec ses 8 chiffres dans les {minutes} minutes, et je "
        "poursuivrai votre demande.",
        if_known="Pour cela, je dois m'assurer qu'il s'agit bien de vous. Si l'adresse d'où vous écrivez correspond à "
        "un compte, un code y a été adressé. Merci de répondre ici avec ses 8 chiffres dans les {minutes} minutes, et "
        "je poursuivrai votre demande. Si aucun code n'arrive, demandez à parler à une personne.",
        wrong="Ce code ne convient pas. Merci de relire notre dernier message et de répondre avec ses 8 chiffres. "
        "Essais restants : {left}.",
        expired="Ce code n'est plus valable.",
        too_many="Ce n'était pas le bon code non plus et, par sécurité, je ne peux pas en accepter d'autre. Rien n'a "
        "été modifié. Un collègue prend la suite.",
        subject="Votre code pour {company}",
        letter="Votre code est {code}. Il est valable {minutes} minutes, pour ceci : {about}.\n\n"
        "Répondez avec ce code dans votre "
        "conversation avec nous et ne le donnez à personne d'autre : nous ne le demandons jamais par téléphone ni par "
        "courrier. Si vous ne nous avez rien demandé, vous n'avez rien à faire : sans ce code, rien n'est modifié.\n\n"
        "{company}",
    ),
}


def code_phrases_in(language: str) -> CodePhrases:
    """Those of this language (ISO 639-1); English where there are none."""
    return PHRASES.get(language, PHRASES[ENGLISH])


def in_part(address: str) -> str:
    """As much of an address as tells its owner which one it is: m***@example.com."""
    name, at, host = address.rpartition("@")
    return f"{name[:1]}***{at}{host}"
