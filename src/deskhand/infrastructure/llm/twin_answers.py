"""What a good model answers to our prompts: it follows what was walked, quotes what was found, else hands over."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FENCE = re.compile(r"<data message>\n(.*?)\n</data>", re.DOTALL)
WISH = re.compile(r"<data wish>\n(.*?)\n</data>", re.DOTALL)
ANSWERS = re.compile(r"<data answer>\n(.*?)\n</data>", re.DOTALL)
SAID = re.compile(r"<data you said>\n")
LISTED = re.compile(r"^- ([a-z0-9-]+): (.*)$", re.MULTILINE)
WALKED = re.compile(
    r"^Procedure ([a-z0-9-]+): .*\n.*\nWalked just now for this customer\.\n((?:.*\n)*?)It would end: (\w+)", re.M
)
SAYS = re.compile(r'It would have you say: "(.*?)"$', re.MULTILINE | re.DOTALL)
PROPOSAL = re.compile(r"^Proposal (P\d+): .* Verdict: (\w+)\.", re.MULTILINE)
PASSAGE = re.compile(r"<data passage (S\d+) [^>]*>\n(.*?)\n(.*?)\n(.*?)\n</data>", re.DOTALL)
SENTENCE = re.compile(r"[A-Z][^.!?\n]{20,300}[.!?]")
WORD = re.compile(r"[a-z]{4,}")
NEAR = 2  # words in common with what is told of a procedure


@dataclass(frozen=True)
class Answer:
    """A call of an output tool or of another tool, and the same said in JSON."""

    name: str
    arguments: Mapping[str, Any]
    tool: bool = False

    @property
    def in_json(self) -> Mapping[str, Any]:
        if self.tool:
            return {"calls": [{"name": self.name, "arguments": self.arguments}], "answer": None}
        return {"calls": [], "answer": self.arguments}


def answer_to(body: Mapping[str, Any]) -> Answer:
    """By what the system text asks for."""
    system, case = _said(body, "system", "developer"), _said(body, "user", "tool")
    if system.startswith("You read"):
        return read(system, case)
    if system.startswith("You check"):
        return Answer("judgement", {"unsupported": []})
    if system.startswith("You play"):
        return play(case)
    if system.startswith("You grade"):
        return Answer("grade", {"verdict": "right", "supported": True})
    return plan(case)


def play(case: str) -> Answer:
    """What is wanted, then each answer, then nothing more."""
    wish, answers, said = _last(WISH, case), ANSWERS.findall(case), len(SAID.findall(case))
    lines = [wish, *answers]
    return Answer("spoken", {"text": lines[said] if said < len(lines) else "", "over": said >= len(lines)})


def read(system: str, case: str) -> Answer:
    """One request, for the procedure whose title shares most words with the message."""
    message, told = _last(FENCE, case), defaultdict[str, str](str)
    for name, about in LISTED.findall(f"{system}\n{case.partition('<data message>')[0]}"):
        told[name] += f" {about}"
    procedure = _nearest(message, told)
    kind = "procedure" if procedure else "question" if "?" in message else "other"
    wish = {"quote": message, "english": message[:300], "kind": kind, "procedure": procedure, "sure": "likely"}
    rest = {"language": "en", "sentiment": "calm", "urgency": "normal"}
    return Answer("reading", {"requests": [wish], **rest})


def plan(case: str) -> Answer:
    """The procedure's own words where it was walked; the first sentence of the best passage for the rest."""
    walked = list(WALKED.finditer(case))
    if walked:
        verdicts = dict(PROPOSAL.findall(case))
        do = [name for name, verdict in verdicts.items() if verdict in ("allow", "approve", "confirm")]
        ends = [one[3] for one in walked]
        end = next((one for one in ("asked", "resolved") if one in ends), "answered")
        said = [text for one in walked for text in SAYS.findall(one[2])]
        asks = "what the procedure asks for" if end == "asked" else ""
        follows = [one[1] for one in walked]
        return Answer("reply", {"text": "\n\n".join(said), "end": end, "do": do, "follows": follows, "asks": asks})
    for name, sentence in _sentences(case):
        if not _shared(_last(FENCE, case), sentence):
            continue
        return Answer("reply", {"text": sentence, "end": "answered", "cites": [{"source": name, "quote": sentence}]})
    return Answer("hand_over", {"reason": "no_source", "because": "no passage was given"})


def _sentences(case: str) -> Iterator[tuple[str, str]]:
    for name, _, _, text in PASSAGE.findall(case):
        yield from ((name, found[0]) for found in SENTENCE.finditer(text))


def _shared(message: str, text: str) -> set[str]:
    return set(WORD.findall(message.lower())) & set(WORD.findall(text.lower()))


def _nearest(message: str, told: Mapping[str, str]) -> str | None:
    scored = [(len(_shared(message, text)), name) for name, text in told.items()]
    best = max(scored, key=lambda one: one[0], default=(0, ""))
    return best[1] if best[0] >= NEAR else None


def _last(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.findall(text)
    return str(found[-1]) if found else ""


def _said(body: Mapping[str, Any], *roles: str) -> str:
    parts = [message["content"] for message in body["messages"] if message["role"] in roles]
    return "\n\n".join(part if isinstance(part, str) else json.dumps(part) for part in parts)
