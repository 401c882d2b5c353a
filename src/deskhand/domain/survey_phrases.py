"""How a customer is asked, once, how satisfied they are: the same words whoever handled their ticket."""

from collections.abc import Mapping
from dataclasses import dataclass

from deskhand.domain.phrases import ENGLISH


@dataclass(frozen=True)
class SurveyPhrases:
    """`ask` holds a {link}, and stands in a letter; all others on the page. `low` and `high` name 1 and 5; `thanks`
    says that an answer was kept, `closed` that none is taken any more, and `again` that there were too many."""

    ask: str
    question: str
    low: str
    high: str
    label: str
    send: str
    thanks: str
    closed: str
    again: str


PHRASES: Mapping[str, SurveyPhrases] = {
    "cs": SurveyPhrases(
        ask="Váš požadavek jsme uzavřeli. Jak jste byli spokojeni s jeho vyřízením? Odpovědět můžete zde: {link}",
        question="Jak jste byli spokojeni s vyřízením svého požadavku?",
        low="vůbec ne",
        high="velmi",
        label="Chcete k tomu něco dodat? (nepovinné)",
        send="Odeslat",
        thanks="Děkujeme. Svou odpověď můžete sedm dní měnit.",
        closed="Zde již odpovědi nepřijímáme.",
        again="Příliš mnoho pokusů. Zkuste to prosím za hodinu.",
    ),
    "da": SurveyPhrases(
        ask="Vi har lukket din henvendelse. Hvor tilfreds er du med, hvordan den blev behandlet? Svar her: {link}",
        question="Hvor tilfreds er du med, hvordan din henvendelse blev behandlet?",
        low="slet ikke",
        high="meget",
        label="Vil du tilføje noget? (valgfrit)",
        send="Send svar",
        thanks="Tak. Du kan ændre dit svar i syv dage.",
        closed="Der tages ikke længere imod svar her.",
        again="For mange forsøg. Prøv venligst igen om en time.",
    ),
    "de": SurveyPhrases(
        ask="Ihr Anliegen ist für uns abgeschlossen. Wie zufrieden sind Sie damit, wie es bearbeitet wurde? Hier "
        "können Sie antworten: {link}",
        question="Wie zufrieden sind Sie damit, wie Ihr Anliegen bearbeitet wurde?",
        low="gar nicht",
        high="sehr",
        label="Möchten Sie etwas dazu sagen? (freiwillig)",
        send="Absenden",
        thanks="Vielen Dank. Sie können Ihre Antwort sieben Tage lang ändern.",
        closed="Hier werden keine Antworten mehr angenommen.",
        again="Zu viele Versuche. Bitte versuchen Sie es in einer Stunde noch einmal.",
    ),
    ENGLISH: SurveyPhrases(
        ask="Your request is closed on our side. How satisfied are you with how it was handled? Tell us here: {link}",
        question="How satisfied are you with how your request was handled?",
        low="not at all",
        high="very",
        label="Would you like to add anything? (optional)",
        send="Send",
        thanks="Thank you. You can change your answer for seven days.",
        closed="No answers are taken here any more.",
        again="Too many tries. Please try again in an hour.",
    ),
    "es": SurveyPhrases(
        ask="Hemos cerrado su consulta. ¿Hasta qué punto está satisfecho con cómo se atendió? Responda aquí: {link}",
        question="¿Hasta qué punto está satisfecho con cómo se atendió su consulta?",
        low="nada",
        high="mucho",
        label="¿Desea añadir algo? (opcional)",
        send="Enviar",
        thanks="Gracias. Puede cambiar su respuesta durante siete días.",
        closed="Aquí ya no se aceptan respuestas.",
        again="Demasiados intentos. Vuelva a intentarlo dentro de una hora.",
    ),
    "fi": SurveyPhrases(
        ask="Asianne on osaltamme päättynyt. Kuinka tyytyväinen olette sen käsittelyyn? Vastatkaa tässä: {link}",
        question="Kuinka tyytyväinen olette asianne käsittelyyn?",
        low="en lainkaan",
        high="erittäin",
        label="Haluatteko lisätä jotakin? (vapaaehtoinen)",
        send="Lähetä",
        thanks="Kiitos. Voitte muuttaa vastaustanne seitsemän päivän ajan.",
        closed="Tässä ei enää oteta vastaan vastauksia.",
        again="Liian monta yritystä. Yrittäkää uudelleen tunnin kuluttua.",
    ),
    "fr": SurveyPhrases(
        ask="Votre demande est close de notre côté. Dans quelle mesure êtes-vous satisfait de son traitement ? Vous "
        "pouvez répondre ici : {link}",
        question="Dans quelle mesure êtes-vous satisfait du traitement de votre demande ?",
        low="pas du tout",
        high="très",
        label="Souhaitez-vous ajouter quelque chose ? (facultatif)",
        send="Envoyer",
        thanks="Merci. Vous pouvez modifier votre réponse pendant sept jours.",
        closed="Les réponses ne sont plus acceptées ici.",
        again="Trop d'essais. Merci de réessayer dans une heure.",
    ),
    "it": SurveyPhrases(
        ask="La Sua richiesta per noi è chiusa. Quanto è soddisfatto di come è stata gestita? Risponda qui: {link}",
        question="Quanto è soddisfatto di come è stata gestita la Sua richiesta?",
        low="per niente",
        high="molto",
        label="Desidera aggiungere qualcosa? (facoltativo)",
        send="Invia",
        thanks="Grazie. Può modificare la Sua risposta per sette giorni.",
        closed="Qui non si accettano più risposte.",
        again="Troppi tentativi. Riprovi tra un'ora.",
    ),
    "nl": SurveyPhrases(
        ask="Uw vraag is voor ons afgesloten. Hoe tevreden bent u over de afhandeling? Antwoord hier: {link}",
        question="Hoe tevreden bent u over de afhandeling van uw vraag?",
        low="helemaal niet",
        high="zeer",
        label="Wilt u er iets aan toevoegen? (niet verplicht)",
        send="Versturen",
        thanks="Dank u wel. U kunt uw antwoord zeven dagen lang wijzigen.",
        closed="Hier worden geen antwoorden meer aangenomen.",
        again="Te veel pogingen. Probeert u het over een uur opnieuw.",
    ),
    "pl": SurveyPhrases(
        ask="Zamknęliśmy Państwa zgłoszenie. Jak oceniają Państwo jego obsługę? Odpowiedź można zostawić tutaj: {link}",
        question="Jak oceniają Państwo obsługę swojego zgłoszenia?",
        low="bardzo źle",
        high="bardzo dobrze",
        label="Czy chcą Państwo coś dodać? (nieobowiązkowe)",
        send="Wyślij",
        thanks="Dziękujemy. Odpowiedź można zmienić przez siedem dni.",
        closed="Odpowiedzi nie są tu już przyjmowane.",
        again="Zbyt wiele prób. Prosimy spróbować ponownie za godzinę.",
    ),
    "pt": SurveyPhrases(
        ask="O seu pedido está encerrado do nosso lado. Qual é o seu grau de satisfação com o atendimento? Responda "
        "aqui: {link}",
        question="Qual é o seu grau de satisfação com o atendimento do seu pedido?",
        low="nenhum",
        high="muito alto",
        label="Deseja acrescentar algo? (opcional)",
        send="Enviar",
        thanks="Obrigado. Pode alterar a sua resposta durante sete dias.",
        closed="Aqui já não são aceites respostas.",
        again="Demasiadas tentativas. Tente novamente dentro de uma hora.",
    ),
    "sv": SurveyPhrases(
        ask="Ditt ärende är avslutat hos oss. Hur nöjd är du med hur det hanterades? Svara här: {link}",
        question="Hur nöjd är du med hur ditt ärende hanterades?",
        low="inte alls",
        high="mycket",
        label="Vill du tillägga något? (frivilligt)",
        send="Skicka",
        thanks="Tack. Du kan ändra ditt svar i sju dagar.",
        closed="Här tas inga svar emot längre.",
        again="För många försök. Försök gärna igen om en timme.",
    ),
}


def survey_phrases_in(language: str) -> SurveyPhrases:
    """Those of this language (ISO 639-1); English where there are none."""
    return PHRASES.get(language, PHRASES[ENGLISH])
