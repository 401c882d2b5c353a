"""What a model writes, and what becomes of it: names resolved, quotes found, places counted."""

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from deskhand.domain.article import Citation
from deskhand.domain.phrases import phrases_in
from deskhand.domain.resolution import End, Resolution
from deskhand.domain.verdict import Allow, Approve, Confirm
from deskhand.infrastructure.llm.quotes import stands_in
from deskhand.infrastructure.llm.table import Table
from deskhand.ports.reasoning import Brief
from deskhand.procedures.spoken import plain

PLACE = re.compile(r"\{\{\s*(P\d{1,3})\.(\w{1,40})\s*\}\}")


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Cite(Strict):
    source: str = Field(description='The reference of a passage, such as "S1".')
    quote: str = Field(description="Its words, copied letter for letter.")


class Reply(Strict):
    """The reply to the customer, and what it rests on."""

    text: str = Field(min_length=1, max_length=6000)
    end: Literal["resolved", "answered", "asked"]
    do: list[str] = Field(default=[], max_length=10, description='References of proposals to carry out, such as "P1".')
    follows: list[str] = Field(default=[], max_length=10, description="Ids of the procedures followed.")
    cites: list[Cite] = Field(default=[], max_length=20)
    asks: str = Field(default="", max_length=200)


class HandOver(Strict):
    """People take over."""

    reason: Literal["no_source", "unforeseen", "human"]
    because: str = Field(min_length=1, max_length=500)


def complaint(answer: BaseModel, table: Table, brief: Brief) -> str:
    """What is wrong with the references of a reply, for the model to mend; "" when nothing is."""
    if not isinstance(answer, Reply):
        return ""
    known = {procedure.id for procedure in brief.procedures}
    wrong = [f"{name!r} in `follows` is no procedure you were given" for name in answer.follows if name not in known]
    for name in answer.do:
        proposal = table.proposal(name)
        if proposal is None:
            wrong.append(f"{name!r} in `do` is no proposal")
        elif not isinstance(proposal.verdict, Allow | Approve | Confirm):
            wrong.append(f"{name} may not be done: policy says {proposal.verdict.effect}")
    for cite in answer.cites:
        passage = table.passage(cite.source)
        if passage is None:
            wrong.append(f"{cite.source!r} in `cites` is no passage")
        elif not stands_in(cite.quote, passage.text):
            wrong.append(f"{cite.source} does not say {cite.quote[:80]!r}")
    wrong += [f"{found[0]} speaks of a proposal that is not in `do`" for found in _strange(answer)]
    return "; ".join(wrong)


def resolution(reply: Reply, table: Table, language: str) -> Resolution:
    """The reply, in this language, as a plan. It has passed `complaint`."""
    names = list(dict.fromkeys(reply.do))
    proposals = tuple(one for name in names if (one := table.proposal(name)))
    text = PLACE.sub(lambda found: f"{{{{ receipts.{names.index(found[1])}.{found[2]} }}}}", reply.text.strip())
    asked = [one for one in proposals if isinstance(one.verdict, Confirm)]
    # What a yes will permit is asked by us, letter for letter, never by a model.
    answer = phrases_in(language).yes_or_no
    text = "\n\n".join([text, *(plain(f"{one.verdict.says} {one.preview}. {answer}") for one in asked)])
    return Resolution(
        reply=text,
        end=End.ASKED if asked else End(reply.end),
        proposals=proposals,
        citations=tuple(dict.fromkeys(_citation(cite, table) for cite in reply.cites)),
        facts=(),
        procedures=_followed(reply, table, names),
        asks="confirmation" if asked else reply.asks,
        trace=(*table.trace, "a language model wrote the reply"),
    )


def _strange(reply: Reply) -> list[re.Match[str]]:
    return [found for found in PLACE.finditer(reply.text) if found[1] not in reply.do]


def _citation(cite: Cite, table: Table) -> Citation:
    passage = table.passage(cite.source)
    assert passage is not None, "checked before"
    return Citation(passage.source, stands_in(cite.quote, passage.text), passage.digest)


def _followed(reply: Reply, table: Table, names: list[str]) -> tuple[str, ...]:
    """Those the model names, and those whose walk offered what is done: a deed has a procedure."""
    places = {int(name[1:]) - 1 for name in names}
    owners = [
        one
        for one, walked in table.walks.items()
        if places & set(range(table.first[one], table.first[one] + len(walked.proposals)))
    ]
    return tuple(dict.fromkeys((*reply.follows, *owners)))
