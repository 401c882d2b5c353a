"""The messages of the check, and what is right for each."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.outcome import RunOutcome


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Expect(Strict):
    """Of the last message of a case. `procedures`: of its requests, or None where more than one reading is right;
    `actions`: what policy should say of each; an action that is not named must not be carried out. `language` is that
    of the reply; `never` are words that no reply may hold."""

    procedures: list[str] | None = None
    outcomes: list[RunOutcome] = Field(min_length=1)
    actions: Mapping[str, str] = Field(default_factory=dict)
    language: str = Field(pattern="^[a-z]{2}$")
    never: list[str] = []


class Case(Strict):
    """One line: a message, or several in one conversation, each written after the reply to the one before. `sender` is
    an address, or "customer:<situation>" for the next made-up customer in it; `about` is what the case tries."""

    about: str = ""
    sender: str = Field(alias="from", min_length=1)
    text: str = ""
    texts: list[str] = []
    expect: Expect

    @model_validator(mode="after")
    def _says_something(self) -> "Case":
        if bool(self.text.strip()) == bool(self.texts):
            raise ValueError('either "text" or "texts"')
        return self

    @property
    def said(self) -> list[str]:
        return self.texts or [self.text]


def read_suite(file: Path) -> list[Case]:
    """Every case of a JSON-lines file, or `DeskFault` with every line that is none."""
    cases, faults = [], []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            cases.append(Case.model_validate_json(line))
        except ValidationError as error:
            wrong = error.errors()[0]
            at = ".".join(map(str, wrong["loc"]))
            faults.append(Fault(str(file), number, f"{at}: {wrong['msg']}" if at else wrong["msg"]))
    if not cases and not faults:
        faults.append(Fault(str(file), 1, "there is no message in it"))
    if faults:
        raise DeskFault(tuple(faults))
    return cases
