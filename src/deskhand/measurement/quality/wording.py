"""Rules that look at how something is said."""

import re
from collections.abc import Iterable

from deskhand.measurement.quality.check import Check, Remark, remark, replies
from deskhand.measurement.quality.talk import Reply, Talk

LEAST = 8  # words by which a language can be told
QUESTION = 3  # words of a question that can be asked twice
STOCK = re.compile(
    r"we (?:sincerely |deeply )?apologi[sz]e for (?:any|the|this) (?:inconvenience|trouble)"
    r"|(?:we are|we're|i am|i'm) (?:so |very |truly |terribly )?sorry for (?:any|the) inconvenience"
    r"|i (?:completely |totally |fully )?understand (?:your|how|that this (?:is|must be))[^.!?\n]{0,20} ?frustrat"
    r"|i understand (?:your|the) (?:frustration|concern|disappointment)"
    r"|(?:your|customer) satisfaction is (?:our|very)|as a valued customer|valued customer"
    r"|(?:we|i) (?:really |truly |do )?(?:appreciate|thank you for) your (?:patience|understanding)"
    r"|thank you for (?:reaching out|your patience|your understanding|contacting us)"
    r"|(?:please )?(?:do not|don't) hesitate to|rest assured|i hope this (?:e-?mail|message) finds you well"
    r"|wir (?:entschuldigen uns|bitten[^.!?\n]{0,20} um entschuldigung)[^.!?\n]{0,20} unannehmlichkeiten"
    r"|ich verstehe ihre (?:frustration|verärgerung|enttäuschung)|vielen dank für ihr(?:e geduld| verständnis)"
    r"|zögern sie nicht|wir schätzen sie als kund"
    r"|nous (?:vous prions de nous excuser|sommes désolés) (?:de|pour) (?:la gêne|tout désagrément)"
    r"|n'hésitez pas à|je comprends votre frustration"
    r"|lamentamos (?:las|cualquier) molestias?|no dude en|entiendo su frustración",
    re.IGNORECASE,
)
CHEER = re.compile(
    r"!|[\U0001f600-\U0001f64f\U0001f389\U0001f44d]|(?<!\w)[:;]-?[)D](?!\w)"
    r"|\b(?:great news|good news|happy to|glad to|no worries|no problem|awesome|wonderful|gute nachrichten"
    r"|kein problem|super|bonne nouvelle|pas de souci|buenas noticias|sin problema)\b",
    re.IGNORECASE,
)
BLAME = re.compile(
    r"\byou (?:should have|failed to|did not read|didn't read|must have)\b|\bas (?:i|we) (?:already|have) (?:said|told"
    r"|explained|stated|mentioned)|\bas (?:already )?(?:stated|mentioned) (?:above|before|earlier)"
    r"|\bcalm down\b|\bhätten sie\b|\bsie haben (?:es )?versäumt\b|\bwie (?:bereits|schon) (?:gesagt|erwähnt|erklärt)",
    re.IGNORECASE,
)
# What a reply says of one thing, and what it cannot say of it in the same breath.
OPPOSITES = (
    (
        re.compile(
            r"\b(?:subscription|plan|contract|membership|account)\b[^.!?;\n]{0,30}\b(?:goes on|continues|carries on"
            r"|stays (?:active|as it is)|remains (?:active|as it is|unchanged)|is unchanged)\b"
            r"|\b(?:abonnement|abo|tarif|vertrag|konto)\b[^.!?;\n]{0,30}\b(?:läuft (?:wie bisher )?weiter"
            r"|bleibt (?:aktiv|unverändert|bestehen))\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\bcancel(?:led|ed|ling|ing|s|lation)?\b(?! it\b| them\b)|\b(?:ends on|has ended|will end|terminated)\b"
            r"|\b(?:gekündigt|kündig(?:en|ung)|endet am|beendet)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(
            r"\b(?:i|we)(?:'ve| have) (?:now |already )?(?:refunded|reimbursed)\b|\bhas been refunded\b", re.IGNORECASE
        ),
        re.compile(
            r"\b(?:cannot|can't|can not|could not|did not|will not) (?:be )?(?:refund(?:ed)?|reimburse[d]?)\b"
            r"|\bno refund\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"\bnothing (?:more |else )?(?:is|will be) charged\b|\byou will not be charged\b", re.IGNORECASE),
        re.compile(r"(?<!not )\b(?:you )?will be charged (?!nothing)|\bnext charge is\b", re.IGNORECASE),
    ),
)
CONDITIONAL = re.compile(r"\b(?:if|unless|would you like|until|wenn|falls|bis)\b", re.IGNORECASE)


def foreign(talk: Talk) -> Iterable[Remark]:
    for turn, one in replies(talk):
        told = one.languages and turn.language != "und" and len(one.words) >= LEAST
        if told and turn.language not in one.languages:
            yield remark(one, one.sentences[0])


def stock(talk: Talk) -> Iterable[Remark]:
    for _, one in replies(talk):
        if found := STOCK.search(one.text.replace("\u2019", "'")):
            yield remark(one, found[0])


def tone(talk: Talk) -> Iterable[Remark]:
    for turn, one in replies(talk):
        found = CHEER.search(one.text) or BLAME.search(one.text)
        if turn.angry and found:
            yield remark(one, found[0])


def contradiction(talk: Talk) -> Iterable[Remark]:
    """Each side is looked for in a sentence of its own, and a sentence with a condition takes no side."""
    for _, one in replies(talk):
        if said := _at_odds(one):
            yield remark(one, said)


def repeated(talk: Talk) -> Iterable[Remark]:
    asked: set[tuple[str, ...]] = set()
    for turn in talk.turns:
        now: set[tuple[str, ...]] = set()
        for one in turn.replies:
            for sentence in one.sentences:
                words = tuple(Reply("", "", sentence).words)
                if sentence.endswith("?") and len(words) >= QUESTION:
                    if words in asked:
                        yield remark(one, sentence)
                        break
                    now.add(words)
        asked |= now


def _at_odds(reply: Reply) -> str:
    plain = [one for one in reply.sentences if not CONDITIONAL.search(one.partition(";")[0])]
    for yes, no in OPPOSITES:
        says = [one for one in plain if yes.search(one)]
        if any(no.search(other) for one in says for other in plain if other != one):
            return says[0]
    return ""


WORDING = (
    Check("language", 1, "A reply is in the language in which the customer wrote.", foreign),
    Check("stock", 1, "No reply holds a stock phrase of empathy or service (a fixed list).", stock),
    Check("tone", 1, "To an angry customer no reply cheers, jokes or blames (a fixed list).", tone),
    Check("contradiction", 1, "No two sentences of a reply say the opposite of one thing.", contradiction),
    Check("repeated", 1, "No question is asked again after the customer has written.", repeated),
)
