"""What a customer stated, sentence by sentence in their own words, with the kinds of particulars that stand in each."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.contact import Contact
from deskhand.domain.finding import Fact
from deskhand.domain.plain_text import plain
from deskhand.domain.recap import WORDS
from deskhand.understanding.quoted import words_of
from deskhand.understanding.sensitive.contacts import contacts

LONGEST = 300  # characters of one piece: a longer sentence is told in several
ROOM = 9_000  # characters of sentences with particulars
PLAIN_ROOM = 4_000  # and of those without, behind them
GREETING = 2  # words; so few without any particular say nothing
LEFT_OUT = "left out"

MONTHS = (  # the beginnings by which a month is known in the languages of the phrases
    r"(?:janu|febr|märz|march|april|avril|juni|juli|june|july|augus|août|agosto|septem|setem|oktob|octob|octub|outub"
    r"|ottob|novem|decem|dezem|dicem|décem|janv|févr|juin|juil|enero|marzo|mayo|gennai|febbr|maggi|giugn|lugli|janei"
    r"|fever|março|maio|junho|julho|maart|stycz|lute|kwie|czerw|lipc|sierp|wrześ|paźdz|listopad|grud|ledn|únor|břez"
    r"|dubn|květ|červ|srpn|září|říjn|prosin|tammik|helmik|maalis|huhti|toukok|kesäk|heinäk|elok|syysk|lokak|marrask"
    r"|jouluk)\w*|(?:jan|feb|mar|mars|marca|apr|may|mai|maja|jun|jul|aug|sept?|oct|okt|nov|dec|dez|dic|ene|abr|ago|mei"
    r"|maj|mrt)\b"
)
# A day's number with a dot, and "no.", end no sentence.
END = re.compile(rf"(?<=[.!?\u2026])(?:(?<!\d\.)|(?!\s+(?:{MONTHS})))(?<!\bn[or]\.)\s+|\n+", re.IGNORECASE)
DAYS = (
    r"yesterday|today|tomorrow|tonight|last (?:week|month|night)|gestern|heute|morgen|vorgestern|hier (?:soir|matin)"
    r"|aujourd'hui|demain|ayer|hoy|mañana|ieri|oggi|domani|gisteren|vandaag|wczoraj|dzisiaj|dziś|jutro|ontem|hoje|amanhã"
    r"|igår|i går|idag|i dag|imorgon|i morgen|eilen|tänään|huomenna|včera|dnes|zítra"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
    r"|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
)
CURRENCIES = r"usd|eur|gbp|chf|cad|aud|sek|nok|dkk|pln|czk|jpy|kr|zł|kč"
MONEY_WORDS = (
    r"dollars?|dólares|dollari|euros?|pounds?|pfund|livres?|libras?|sterline|franken|francs?|kron(?:en|or|er|y)|z[lł]ot\w*"
    r"|cents?|bucks"
)
ALONE = r"(?<![\w/.,:$€£-])"  # no part of a longer number, nor of a price
NUMBER = r"\d[\d.,' \u00a0\u202f]{0,14}"
PATTERNS = {
    "amount": re.compile(
        rf"[$€£¥₹] ?\d|\b(?:{CURRENCIES}) ?\d|\d ?[$€£¥₹]|{NUMBER} ?(?:{CURRENCIES}|{MONEY_WORDS})\b", re.IGNORECASE
    ),
    "date": re.compile(
        rf"\b\d{{4}}-\d\d?-\d\d?\b|{ALONE}\d\d?([/.-])\d\d?\1(?:\d{{4}}|\d\d)(?!\w)|{ALONE}\d\d?/\d\d?(?![\w/])"
        rf"|{ALONE}\d\d?\. ?(?:0?[1-9]|1[0-2])\.(?= \w)"
        rf"|\b\d{{1,2}}(?:st|nd|rd|th|er|º)?\.?(?: (?:of|de|di|do))? ?(?:{MONTHS})"
        rf"|\b(?:{MONTHS})\.? \d|\b(?:{DAYS})\b|\bthe \d{{1,2}}(?:st|nd|rd|th)\b",
        re.IGNORECASE,
    ),
    "time": re.compile(
        rf"{ALONE}(?:[01]?\d|2[0-4])(?:[:h][0-5]\d\b|[.][0-5]\d ?(?:uhr|h)\b| ?(?:[ap]\.?m\b|uhr\b|uur\b|h\b|o'clock))",
        re.IGNORECASE,
    ),
    "number": re.compile(
        r"#\s?\w*\d|\b(?=[\w/-]*\d)(?=[\w/-]*[A-Za-z])[A-Za-z0-9][\w/-]{3,40}\b|(?<![\d.,])\d{5,}(?![\d.,]\d)"
        r"|\b(?:order|invoice|booking|ticket|case|reference|ref|bestellung|rechnung|auftrag|bestell\w*|rechnungs\w*"
        r"|commande|facture|pedido|factura|fattura|ordine|bestelling|factuur|zamówieni\w*|faktur\w*|encomenda|fatura"
        r"|tilaus\w*|lasku\w*|objednáv\w*|ordre|ordern?)\b\W{0,3}(?:(?:number|no|nr|numéro|n[º°]|número|numero)\b"
        r"[ .:]{0,3})?#?\d",
        re.IGNORECASE,
    ),
    "deadline": re.compile(
        r"\b(?:by|until|before|no later than|deadline|within|bis|spätestens|frist|innerhalb|avant|d'ici|au plus tard"
        r"|antes (?:de|del)|a más tardar|plazo|entro|scadenza|uiterlijk|voor|binnen|do (?:dnia|jutra|końca|piątku)"
        r"|najpóźniej|até|prazo|senast|innan|senest|inden|viimeistään|mennessä|nejpozději)\b"
        r"(?=[^.!?]{0,40}(?:\d|\b(?:tomorrow|tonight|noon|week|month|morgen|woche|monat|demain|semaine|mañana|semana"
        r"|domani|settimana|jutr|tygod|amanhã)|day\b|tag\b))",
        re.IGNORECASE,
    ),
    "tried": re.compile(
        r"\b(?:(?:i|we)(?: have|'ve)? (?:already )?(?:tried|restarted|rebooted|reinstalled|cleared|reset|checked|logged"
        r"|contacted|called|emailed|updated)|already (?:tried|did|done)"
        r"|habe(?:n)? .{0,60}(?:versucht|probiert|neu gestartet|gelöscht|geprüft|installiert|angerufen)"
        r"|(?:j'ai|nous avons) (?:déjà )?(?:essayé|tenté|redémarré|vidé|vérifié|appelé|contacté)"
        r"|(?:he|hemos) (?:probado|intentado|reiniciado|borrado|llamado|comprobado)"
        r"|(?:ho|abbiamo) (?:già )?(?:provato|riavviato|cancellato|chiamato|controllato)"
        r"|(?:heb|hebben) .{0,60}(?:geprobeerd|herstart|gewist|gebeld)|próbowa\w+|já (?:tentei|reiniciei)"
        r"|har (?:redan |allerede )?(?:försökt|provat|startat|prøvet|genstartet)|yritin|zkoušel\w*)\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True)
class Wrote:
    """One message of the customer, in their own new words, without what is never kept. `vouched` is false where the
    help desk doubts that they wrote it."""

    text: str
    at: datetime
    vouched: bool = True


def stated(wrote: Iterable[Wrote]) -> tuple[Fact, ...]:
    """Each sentence once, oldest first. Those with particulars are never left out for those without; when there is
    room for no more, the last fact says how many stand on the ticket only."""
    room, plain_room, missing = ROOM, PLAIN_ROOM, 0
    kept: list[Fact] = []
    known: set[tuple[str, ...]] = set()
    for piece, one in _pieces(wrote):
        same = tuple(words_of(piece))
        if not same or same in known:
            continue
        known.add(same)
        kinds = kinds_in(piece)
        if not kinds and len(same) <= GREETING:
            continue
        if (room if kinds else plain_room) < len(piece):
            missing += 1
            continue
        room, plain_room = (room - len(piece), plain_room) if kinds else (room, plain_room - len(piece))
        kept.append(Fact(", ".join(kinds) or WORDS, piece, _source(one), one.at))
    if missing:
        last = kept[-1].read_at
        kept.append(Fact(LEFT_OUT, f"{missing} further sentences, which stand on the ticket", "deskhand", last))
    return tuple(kept)


def said_by_customer(at: datetime) -> str:
    """The source of a fact that they told."""
    return f"the customer, {at:%Y-%m-%d %H:%M} UTC"


def _source(one: Wrote) -> str:
    return said_by_customer(one.at) if one.vouched else f"somebody in the customer's name, {one.at:%Y-%m-%d %H:%M} UTC"


def kinds_in(text: str) -> list[str]:
    """The kinds of particulars that stand in these words. A figure that is nothing else is a "figure"."""
    read = plain(text).text
    kinds = [str(one.kind) for one in contacts(read, frozenset({Contact.EMAIL, Contact.PHONE}))]
    kinds += [kind for kind, pattern in PATTERNS.items() if pattern.search(read)]
    if not kinds and any(map(str.isdigit, read)):
        return ["figure"]
    return list(dict.fromkeys(kinds))


def _pieces(wrote: Iterable[Wrote]) -> Iterator[tuple[str, Wrote]]:
    for one in wrote:
        for sentence in END.split(one.text):
            for piece in _cut(sentence.split()):
                yield piece, one


def _cut(words: Sequence[str]) -> Iterator[str]:
    """The sentence in pieces of bounded length, none of its words lost."""
    piece = ""
    for word in words:
        while len(word) > LONGEST:  # no word: a machine's
            if piece:
                yield piece
                piece = ""
            yield word[:LONGEST]
            word = word[LONGEST:]
        longer = f"{piece} {word}".strip()
        if len(longer) > LONGEST:
            yield piece
            longer = word
        piece = longer
    if piece:
        yield piece
