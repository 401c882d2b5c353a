"""What a text says was done, will be done, or is due to the customer, and by whom: in the languages it speaks."""

import re
from functools import cache

from deskhand.planning.claim import Claim, Of
from deskhand.planning.tongue import Tongue
from deskhand.planning.tongues.english import ADVERBS, ENGLISH

WITHIN = r"[^.!?;\n]{0,80}?"  # between the auxiliary and a participle at the end
PERFECT = re.compile(
    rf"\b(?:i|we)(?:'ve| have){ADVERBS} (?!been\b|not\b|no\b|never\b)(?P<deed>\w{{2,30}}(?:ed|en|nt|de|ne))\b",
    re.IGNORECASE,
)
PLAIN = "made done taken given paid called asked accepted completed registered invited blocked"
# At the start of a sentence: behind "when" or "once" it only says what would be.
STATE = re.compile(
    r"(?:^|[.!?:\n])[ \"'(]{0,4}"
    r"(?:(?:yes|no|okay|well|good news|(?:all )?done|great|right|and|so|now|also)\b[,!.: -]{0,4})?"
    r"(?P<state>(?:your|the|that|this) (?:[\w'-]{1,20} ){1,3}?"
    rf"(?:is|are|was|were|(?:has|have){ADVERBS} been){ADVERBS}"
    r" (?P<deed>refunded|reimbursed|credited|returned|cancell?ed|terminated|ended|deleted|upgraded|downgraded|extended"
    r"|waived|unlocked|sent|resent))\b"
    r"(?! (?:when|once|if|as soon as|after|until|unless|by|at the end|with the next)\b)",
    re.IGNORECASE,
)
THOUGHTS = frozenset(
    "checked looked reviewed searched seen found noticed understood compared read received heard gone been been listed"
    " pulled traced consulted studied examined investigated explained written verified identified detected got spotted"
    " described mentioned needed different".split()
)
LOOK = re.compile(r"taken (?:(?:an? )?(?:\w{1,20} )?look|care of (?:it|this|that)\b)", re.IGNORECASE)
PERSON = (
    r"(?:i|we|he|she|they|someone|somebody|(?:a|an|my|our|your|the|one of our) (?:\w{1,20} ){0,2}?"
    r"(?:colleagues?|team|manager|person|agent|specialist|engineers?|developers?|department|officer|expert))"
)
DUE = "refunded|credited|compensated|reimbursed|paid|contacted|called|upgraded|notified|informed|phoned"
FUTURE = re.compile(
    rf"\b(?P<who>{PERSON})(?:'ll| will| shall|(?:'m|'re| am| are| is) going to){ADVERBS}(?:"
    rf" personally)? (?P<verb>\w{{2,30}})"
    rf"|\byou(?:'ll| will)(?: also| soon)? be (?P<done>{DUE})\b"
    r"|\byou(?:'ll| will| should| can expect to)(?: also| soon)? (?P<get>hear)\b"
    r"|\b(?:can|may|could|want to|happy to|like to) (?P<offer>offer|give|grant|waive|refund|credit"
    r"|compensate|send) you\b"
    r"|\b(?:for you )?(?:i|we) can (?:now |also |still )?(?P<can>waive|refund|credit|compensate"
    r"|extend|grant|offer|upgrade)\b",
    re.IGNORECASE,
)
DOING = re.compile(
    r"\b(?:i'm|i am|we're|we are)(?: now| also| currently| already)? (?P<verb>\w{2,30}ing)\b", re.IGNORECASE
)
EXPECT = re.compile(
    r"\b(?:you can |please )?(?:count on|rely on|expect) (?:an? |the |it|your |to |us |our )"
    r"(?:\w{1,20} ){0,2}?"
    r"(?P<of>refund|reimbursement|credit|compensation|discount|upgrade|call|visit|extension|money)?\b",
    re.IGNORECASE,
)
SURELY = re.compile(r"count on|rely on", re.IGNORECASE)
SAYING = frozenset(
    "need see find know be have like ask explain help show list tell not happy glad then only look like start"
    " wondering looking checking asking writing hoping thinking sorry trying".split()
)
COSTLY = frozenset("refun credi pay compe reimb waive retur disco offer exten upgra trans grant doubl cover".split())
# What is a promise when a person says it of the time to come; other verbs tell what a company does every day.
PROMISED = COSTLY | frozenset(
    "conta call phone email mail send fix resol escal forwa notif infor inves revie arran follo get reach updat cance"
    " delet remov chang unloc reset add proce issue match guara ensur make take look work monit prior exped assig hear"
    " adjus corre lower reduc apply appro repla ship speed refer discu expec crediting put pass hand"
    " see speak talk answe".split()
)
SENDING = {"email": "send", "mail": "send", "phone": "call", "refer": "pass"}
ANSWERING = re.compile(r" (?:back to|in touch with) you\b", re.IGNORECASE)
DOINGS = frozenset("givin sendi callin forwa looki callin passi closi openi addin takin makin payin".split())
WE = re.compile(
    r"\b(?:we|i|you|will|'ll|colleague|person|team|manager|can|may)(?: (?:will|can|also|then|only|may"
    r"|be))*(?! (?:not|never)\b)"
    r" (?P<verb>\w{2,30})",
    re.IGNORECASE,
)
NOUN = (
    r"(?:department|division|officer|specialist|director|ceo|lawyers?|attorney|engineers?|developers?"
    r"|supervisor|manager|team)"
)
DOER = re.compile(rf"\b(?P<who>[a-z]{{1,20}}(?:[ -][a-z]{{1,20}})?) (?P<noun>{NOUN})\b", re.IGNORECASE)
TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herrn?|Frau|Monsieur|Madame|Mme|Señora?|Sra?|Signora?|Meneer|Mevrouw|Pani?|Hr|Fru)\.?"
    r" (?P<name>[A-Z\u00c0-\u00de][\w'-]{1,40})"
)
SMALL = frozenset("is are and or on of in with for to by have has had as be from at".split())
OWN_TEAM = frozenset("our the my a your whole support customer their this".split())
DEPARTMENT = re.compile(
    r"\b(?P<who>\w{1,30}abteilung|service (?:juridique|comptable|technique)|departamento \w{1,30}|reparto \w{1,30}"
    r"|dział \w{1,30}|\w{1,30}afdeling(?:en)?|\w{1,30}avdelning(?:en)?)\b",
    re.IGNORECASE,
)


GIVEN = frozenset("sent given paid put transferred moved passed".split())
BACK = re.compile(r"(?: (?:[^\s.!?;:]|\.(?=\d)){1,30}){1,6}? back\b(?! in the (?:post|mail))", re.IGNORECASE)
SAME_DEED = {
    "reversed": "refunded",
    "dispatched": "sent",
    "popped": "sent",
    "pinged": "sent",
    "terminated": "cancelled",
}
# "Issued a refund" is refunded.
SUPPORTING = frozenset("issued made done given processed arranged initiated completed submitted sent granted".split())
FITTING = frozenset("taken settled reversed arranged".split())
DONE_BY_NOUN = {
    "refund": "refunded",
    "reimbursement": "reimbursed",
    "credit": "credited",
    "cancellation": "cancelled",
    "upgrade": "upgraded",
    "extension": "extended",
}
DEED_NOUN = re.compile(
    r" (?:(?:you|for you|out) )?(?:an?|the|your|this|that)(?: \w{1,12})?"
    rf" (?P<noun>{'|'.join(DONE_BY_NOUN)})\b",
    re.IGNORECASE,
)


def deeds(text: str, tongues: tuple[Tongue, ...]) -> list[Claim]:
    """Something that was done: (English participle, whether we did it). Having looked at something is a thought."""
    found = []
    for tongue in tongues:
        for pattern, ours in _done(tongue):
            found += [_deed(m, tongue, ours) for m in pattern.finditer(text) if not LOOK.match(text, m.start("deed"))]
    if ENGLISH in tongues:
        found += [_deed(m, ENGLISH, True) for m in PERFECT.finditer(text) if not LOOK.match(text, m.start("deed"))]
    told = [claim for claim in found if claim.value[0] not in THOUGHTS and f"{claim.text} no " not in text]
    spoken = {claim.value[0] for claim in told if claim.value[1]}
    return [claim for claim in told if claim.value[1] or claim.value[0] not in spoken]


def names_no_deed(verb: str) -> bool:
    """Whether this verb alone does not tell what was done: it goes with many things, or is none that we know."""
    return verb in SUPPORTING | GIVEN | FITTING or verb not in ENGLISH.deeds


def states(text: str, tongues: tuple[Tongue, ...]) -> list[Claim]:
    """Something of the customer's is said to be as only a deed makes it: (English participle,). Without conditions."""
    if ENGLISH not in tongues:
        return []
    return [Claim(Of.STATE, m["state"], (m["deed"].lower(),)) for m in STATE.finditer(text)]


def promises(text: str, tongues: tuple[Tongue, ...]) -> list[Claim]:
    """What somebody will do: (the first letters of the verb in English, whether it is only said that we can)."""
    found = []
    if ENGLISH in tongues:
        for m in FUTURE.finditer(text):
            verb = (m["verb"] or m["done"] or m["get"] or m["offer"] or m["can"]).lower()
            verb = "answer" if verb == "get" and ANSWERING.match(text, m.end()) else SENDING.get(verb, verb)
            found += (
                []
                if verb[:5] not in PROMISED or verb in SAYING
                else [Claim(Of.PROMISE, m[0], (verb[:5], bool(m["can"])))]
            )
        found += [
            Claim(Of.PROMISE, m[0], (m["verb"].lower()[:5], False))
            for m in DOING.finditer(text)
            if m["verb"].lower() not in SAYING and m["verb"].lower()[:5] in PROMISED | DOINGS
        ]
        found += [
            Claim(Of.PROMISE, m[0], (m["of"].lower()[:5] if m["of"] else "expec", False))
            for m in EXPECT.finditer(text)
            if m["of"] or SURELY.search(m[0])
        ]
    for tongue in tongues:
        for verb, pattern in _vows(tongue):
            found += [Claim(Of.PROMISE, m[0].strip(), (verb[:5], False)) for m in pattern.finditer(text)]
    return found


def wont(text: str) -> frozenset[str]:
    """What the company, its people or the customer do by these words: the first letters of each verb."""
    return frozenset(m["verb"].lower()[:5] for m in WE.finditer(text))


def grants(text: str, tongues: tuple[Tongue, ...]) -> list[Claim]:
    """Discounts, vouchers, guarantees, exceptions, rights, law and policy: (which of them,)."""
    return [
        Claim(Of.GRANT, m[0], (kind,))
        for tongue in tongues
        if _gift(tongue).search(text)
        for kind, pattern in _gifts(tongue)
        for m in pattern.finditer(text)
    ]


def doers(text: str) -> list[Claim]:
    """People with a title, and departments: (words in lower case,)."""
    found = [Claim(Of.DOER, m[0], (m["name"].lower(),)) for m in TITLED.finditer(text)]
    for m in DOER.finditer(text):
        who = re.split(r"[ -]", m["who"].lower())[-1]
        if who not in SMALL and m["noun"] != "Team" and (m["noun"] != "team" or who not in OWN_TEAM):
            found.append(Claim(Of.DOER, m[0], (f"{who} {m['noun'].lower()}",)))
    return found + [Claim(Of.DOER, m[0], (m[0].lower(),)) for m in DEPARTMENT.finditer(text)]


def _deed(m: re.Match[str], tongue: Tongue, ours: bool) -> Claim:
    word = m["deed"].lower()
    if tongue is ENGLISH:
        word = "refunded" if word in GIVEN and BACK.match(m.string, m.end()) else SAME_DEED.get(word, word)
    if tongue is ENGLISH and word in SUPPORTING and (of := DEED_NOUN.match(m.string, m.end())):
        word = DONE_BY_NOUN[of["noun"].lower()]
    return Claim(Of.DEED, m[0], (word if tongue is ENGLISH else _english(tongue)[word], ours))


@cache
def _english(tongue: Tongue) -> dict[str, str]:
    listed = (*tongue.deeds.items(), *tongue.did.items())
    return {word.replace("_", " "): english for english, words in listed for word in words.split()}


@cache
def _done(tongue: Tongue) -> tuple[tuple[re.Pattern[str], bool], ...]:
    listed = {word.replace("_", " ") for words in tongue.deeds.values() for word in words.split()}
    words = "|".join(sorted(listed, key=len, reverse=True))
    between = "" if tongue is ENGLISH else WITHIN
    theirs = words if tongue is not ENGLISH else "|".join(sorted(listed - set(PLAIN.split()), key=len, reverse=True))
    patterns = [(tongue.ours, between, words, True), (tongue.theirs, between, theirs, False)]
    if tongue.did:
        did = "|".join(word for words in tongue.did.values() for word in words.split())
        patterns.append((r"(?<!\w)", "", did, True))
    return tuple(
        (re.compile(rf"{before}{gap}{' ' if before[0] != '(' else ''}(?P<deed>{words})\b", re.IGNORECASE), ours)
        for before, gap, words, ours in patterns
    )


@cache
def _vows(tongue: Tongue) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((verb, re.compile(rf"\b(?:{pattern})", re.IGNORECASE)) for verb, pattern in tongue.vows.items())


@cache
def _gift(tongue: Tongue) -> re.Pattern[str]:
    """Any of them: most texts have none."""
    return re.compile(rf"\b(?:{'|'.join(tongue.gifts.values())})\b", re.IGNORECASE)


@cache
def _gifts(tongue: Tongue) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for kind, pattern in tongue.gifts.items())
