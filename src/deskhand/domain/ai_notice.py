"""The notice that an AI writes here: once in every conversation, above the first words of the assistant in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deskhand.domain.digest import digest
from deskhand.domain.phrases import ENGLISH
from deskhand.domain.ref import Ref

GIVEN = "ai.disclosed"  # a line of the journal
OURS = "deskhand"

WROTE: Mapping[str, str] = {
    "ar": "كتب هذا الرد مساعد يعمل بالذكاء الاصطناعي لدى {company}.",
    "cs": "Tuto odpověď napsal asistent s umělou inteligencí firmy {company}.",
    "da": "Dette svar er skrevet af en AI-assistent hos {company}.",
    "de": "Das hat ein KI-Assistent von {company} geschrieben.",
    ENGLISH: "An AI assistant of {company} wrote this reply.",
    "es": "Un asistente de IA de {company} ha escrito esta respuesta.",
    "fi": "Tämän vastauksen kirjoitti yrityksen {company} tekoälyavustaja.",
    "fr": "Un assistant IA de {company} a écrit cette réponse.",
    "it": "Questa risposta è stata scritta da un assistente IA di {company}.",
    "nl": "Dit antwoord is geschreven door een AI-assistent van {company}.",
    "pl": "Tę odpowiedź napisał asystent AI firmy {company}.",
    "pt": "Esta resposta foi escrita por um assistente de IA da {company}.",
    "sv": "Svaret är skrivet av en AI-assistent hos {company}.",
}
SENT: Mapping[str, str] = {
    "ar": "أرسل هذه الرسالة مساعد يعمل بالذكاء الاصطناعي لدى {company}.",
    "cs": "Tuto zprávu poslal asistent s umělou inteligencí firmy {company}.",
    "da": "Denne besked er sendt af en AI-assistent hos {company}.",
    "de": "Das hat ein KI-Assistent von {company} geschickt.",
    ENGLISH: "An AI assistant of {company} sent this message.",
    "es": "Un asistente de IA de {company} ha enviado este mensaje.",
    "fi": "Tämän viestin lähetti yrityksen {company} tekoälyavustaja.",
    "fr": "Un assistant IA de {company} a envoyé ce message.",
    "it": "Un assistente IA di {company} ha inviato questo messaggio.",
    "nl": "Dit bericht is verstuurd door een AI-assistent van {company}.",
    "pl": "Tę wiadomość wysłał asystent AI firmy {company}.",
    "pt": "Esta mensagem foi enviada por um assistente de IA da {company}.",
    "sv": "Meddelandet är skickat av en AI-assistent hos {company}.",
}
A_PERSON: Mapping[str, str] = {
    "ar": "يمكنك أن تطلب التحدث إلى موظف في أي وقت.",
    "cs": "Kdykoli můžete požádat o rozhovor s člověkem.",
    "da": "Du kan altid bede om at tale med et menneske.",
    "de": "Sie können jederzeit nach einem Menschen fragen.",
    ENGLISH: "You can ask for a person at any time.",
    "es": "Puede pedir hablar con una persona en cualquier momento.",
    "fi": "Voit milloin tahansa pyytää keskustelua ihmisen kanssa.",
    "fr": "Vous pouvez demander à parler à une personne à tout moment.",
    "it": "Può chiedere di parlare con una persona in qualsiasi momento.",
    "nl": "U kunt altijd om een medewerker vragen.",
    "pl": "W każdej chwili można poprosić o rozmowę z człowiekiem.",
    "pt": "Pode pedir para falar com uma pessoa a qualquer momento.",
    "sv": "Du kan alltid be om att få tala med en människa.",
}
NOTICES: Mapping[str, str] = {one: f"{text} {A_PERSON[one]}" for one, text in WROTE.items()}
# Above a letter that nobody asked for, which no person writes and whose answer the assistant reads first.
LETTERS: Mapping[str, str] = {one: f"{text} {A_PERSON[one]}" for one, text in SENT.items()}


@dataclass(frozen=True)
class Notice:
    """`own` texts of the company's, by language. `elsewhere`: its systems tell by themselves, and nothing is added."""

    company: str
    language: str = ENGLISH
    own: Mapping[str, str] = field(default_factory=dict)
    elsewhere: bool = False

    def text(self, language: str, ours: Mapping[str, str] = NOTICES) -> str:
        """In this language, else in the desk's own."""
        found = next(
            (texts[one] for one in (language, self.language, ENGLISH) for texts in (self.own, ours) if one in texts),
            "",
        )
        return found.format(company=self.company)

    def on_letter(self, letter: str, language: str) -> str:
        """A letter that nobody asked for, with its notice."""
        return letter if self.elsewhere else f"{self.text(language, LETTERS)}\n\n{letter}"

    def above(self, reply: str, ticket: Ref, language: str) -> tuple[str, Mapping[str, object]]:
        """The first reply of a conversation with its notice, and what the journal keeps of that. The chat says it on
        its own page, above every conversation."""
        text = self.text(language)
        by = "page" if _chat(ticket) else "elsewhere" if self.elsewhere else "text"
        told = {"by": by, "language": language or self.language, "version": digest(text)[:12]}
        return (f"{text}\n\n{reply}" if by == "text" else reply), told


def without_notice(reply: str) -> str:
    """The reply as it was before, where the notice is one of ours."""
    first, _, rest = reply.partition("\n\n")
    return rest if any(_is(first.strip(), one) for one in NOTICES.values()) else reply


def _is(text: str, notice: str) -> bool:
    before, _, behind = notice.partition("{company}")
    return text.startswith(before) and text.endswith(behind) and len(text) < len(notice) + 100


def _chat(ticket: Ref) -> bool:
    """Conversations of channels have the channel in their name; what is ours beside them is the chat."""
    return ticket.system == OURS and "." not in ticket.id
