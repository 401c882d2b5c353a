"""The notice that an AI writes here: once in every conversation, above the first words of the assistant in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deskhand.domain.digest import digest
from deskhand.domain.phrases import ENGLISH
from deskhand.domain.ref import Ref

GIVEN = "ai.disclosed"  # a line of the journal
OURS = "deskhand"

NOTICES: Mapping[str, str] = {
    "ar": "كتب هذا الرد مساعد يعمل بالذكاء الاصطناعي لدى {company}. يمكنك أن تطلب التحدث إلى موظف في أي وقت.",
    "cs": "Tuto odpověď napsal asistent s umělou inteligencí firmy {company}. Kdykoli můžete požádat o člověka.",
    "da": "Dette svar er skrevet af en AI-assistent hos {company}. Du kan altid bede om at tale med et menneske.",
    "de": "Das hat ein KI-Assistent von {company} geschrieben. Sie können jederzeit nach einem Menschen fragen.",
    ENGLISH: "An AI assistant of {company} wrote this reply. You can ask for a person at any time.",
    "es": "Un asistente de IA de {company} ha escrito esta respuesta. Puede pedir una persona cuando quiera.",
    "fi": "Tämän vastauksen kirjoitti yrityksen {company} tekoälyavustaja. Voit milloin tahansa pyytää ihmistä.",
    "fr": "Un assistant IA de {company} a écrit cette réponse. Vous pouvez demander une personne à tout moment.",
    "it": "Questa risposta è stata scritta da un assistente IA di {company}. Può chiedere una persona in ogni momento.",
    "nl": "Dit antwoord is geschreven door een AI-assistent van {company}. U kunt altijd om een medewerker vragen.",
    "pl": "Tę odpowiedź napisał asystent AI firmy {company}. W każdej chwili można poprosić o rozmowę z człowiekiem.",
    "pt": "Esta resposta foi escrita por um assistente de IA da {company}. Pode pedir para falar com uma pessoa.",
    "sv": "Svaret är skrivet av en AI-assistent hos {company}. Du kan alltid be om att få tala med en människa.",
}


# Above a letter that nobody asked for, which no person writes and whose answer the assistant reads first.
LETTERS: Mapping[str, str] = {
    "ar": "أرسل هذه الرسالة مساعد يعمل بالذكاء الاصطناعي لدى {company}. يمكنك أن تطلب التحدث إلى موظف في أي وقت.",
    "cs": "Tuto zprávu poslal asistent s umělou inteligencí firmy {company}. Kdykoli můžete požádat o člověka.",
    "da": "Denne besked er sendt af en AI-assistent hos {company}. Du kan altid bede om at tale med et menneske.",
    "de": "Das hat ein KI-Assistent von {company} geschickt. Sie können jederzeit nach einem Menschen fragen.",
    ENGLISH: "An AI assistant of {company} sent this message. You can ask for a person at any time.",
    "es": "Un asistente de IA de {company} ha enviado este mensaje. Puede pedir una persona cuando quiera.",
    "fi": "Tämän viestin lähetti yrityksen {company} tekoälyavustaja. Voit milloin tahansa pyytää ihmistä.",
    "fr": "Un assistant IA de {company} a envoyé ce message. Vous pouvez demander une personne à tout moment.",
    "it": "Un assistente IA di {company} ha inviato questo messaggio. Può chiedere una persona in ogni momento.",
    "nl": "Dit bericht is verstuurd door een AI-assistent van {company}. U kunt altijd om een medewerker vragen.",
    "pl": "Tę wiadomość wysłał asystent AI firmy {company}. W każdej chwili można poprosić o rozmowę z człowiekiem.",
    "pt": "Esta mensagem foi enviada por um assistente de IA da {company}. Pode pedir para falar com uma pessoa.",
    "sv": "Meddelandet är skickat av en AI-assistent hos {company}. Du kan alltid be om att få tala med en människa.",
}


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
