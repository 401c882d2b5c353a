"""What `desk.toml` says of the notice that an AI writes here."""

from typing import Annotated

from pydantic import Field

from deskhand.domain.ai_notice import Notice
from deskhand.settings.strict import Strict

OwnText = Annotated[str, Field(pattern=r"^[^{}\n]{20,300}$")]


class AiNoticeTable(Strict):
    """`texts`: the company's own, by language, in place of ours. `elsewhere`: its help desk says it by itself in every
    first reply, so nothing is added to the text; the journal then says so."""

    texts: dict[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], OwnText] = Field(default_factory=dict)
    elsewhere: bool = False

    def notice(self, company: str, language: str) -> Notice:
        return Notice(company, language, self.texts, self.elsewhere)
