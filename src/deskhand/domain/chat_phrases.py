"""The words of a transcript, in the languages that the chat on the company's own site speaks."""

from collections.abc import Mapping
from dataclasses import dataclass

from deskhand.domain.phrases import ENGLISH


@dataclass(frozen=True)
class ChatPhrases:
    """`subject` and `opening` hold a {company}."""

    subject: str
    opening: str
    you: str
    assistant: str
    agent: str


PHRASES: Mapping[str, ChatPhrases] = {
    "ar": ChatPhrases(
        subject="محادثتك مع {company}",
        opening="هذا ما قيل في محادثتك مع {company}. الأوقات بالتوقيت العالمي المنسق.",
        you="أنت",
        assistant="المساعد الآلي",
        agent="موظف الدعم",
    ),
    "de": ChatPhrases(
        subject="Ihr Gespräch mit {company}",
        opening="Das wurde in Ihrem Gespräch mit {company} geschrieben. Zeiten in UTC.",
        you="Sie",
        assistant="KI-Assistent",
        agent="Mitarbeiter",
    ),
    ENGLISH: ChatPhrases(
        subject="Your conversation with {company}",
        opening="This is what was said in your conversation with {company}. Times are in UTC.",
        you="You",
        assistant="AI assistant",
        agent="Support team",
    ),
}


def chat_phrases_in(language: str) -> ChatPhrases:
    """Those of this language (ISO 639-1); English where there are none."""
    return PHRASES.get(language, PHRASES[ENGLISH])
