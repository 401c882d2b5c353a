"""Italian."""

from deskhand.planning.tongue import Tongue, by_unit, counted, tens

ITALIAN = Tongue(
    code="it",
    telling=(
        "il lo la gli le di del della dei e è sono che in un una uno per con non si suo sua suoi abbiamo"
        " ho lei noi al alla"
        " nel più ha hanno come se questo questa già può stato stata sarà nostro nostra riceverà anche il"
    ),
    months=(
        "gennaio gen",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ),
    weekdays=("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
    numbers=(
        counted(
            "due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici"
            " diciassette diciotto diciannove"
        )
        | tens("venti trenta quaranta cinquanta sessanta settanta ottanta novanta")
        | counted("ventuno ventidue ventitré ventiquattro venticinque ventisei ventisette ventotto ventinove", 21)
        | {"dozzina": 12, "cento": 100, "mille": 1000}
    ),
    units=by_unit(
        second="secondo secondi",
        minute="minuto minuti",
        hour="ora ore",
        day="giorno giorni",
        week="settimana settimane",
        month="mese mesi",
        year="anno anni",
    ),
    money={"euro": "EUR", "dollari": "USD", "dollaro": "USD", "sterline": "GBP", "franchi": "CHF"},
    percent="per cento|percento",
    soon=(
        r"domani|dopodomani|oggi stesso|entro oggi|stasera|questa settimana",
        r"(?:la|il) (?:prossima|prossimo) (?:settimana|mese|anno)|fine (?:settimana|mese)",
        r"(?:a breve|tra pochi minuti|tra qualche (?:ora|giorno)|nei prossimi giorni)|entro (?:lunedì|martedì|venerdì)",
    ),
    ours=r"\b(?:ho|abbiamo|il nostro team ha|un collega ha)",
    theirs=r"\b(?:è stat[oa]|sono stat[ie]|è|sono)",
    deeds={
        "refunded": "rimborsato rimborsata rimborsati restituito",
        "credited": "accreditato accreditata",
        "cancelled": "annullato annullata disdetto cancellato cancellata",
        "sent": "inviato inviata inviati mandato spedito",
        "changed": "cambiato cambiata modificato modificata aggiornato aggiornata",
        "reset": "reimpostato reimpostata",
        "created": "creato creata aperto aperta",
        "closed": "chiuso chiusa",
        "deleted": "eliminato eliminata rimosso rimossa",
        "added": "aggiunto aggiunta",
        "forwarded": "inoltrato inoltrata passato trasferito",
        "unlocked": "sbloccato sbloccata",
        "locked": "bloccato bloccata",
        "activated": "attivato attivata",
        "deactivated": "disattivato disattivata",
        "extended": "prolungato esteso",
        "notified": "avvisato informato",
        "contacted": "contattato chiamato parlato chiesto",
        "fixed": "corretto risolto sistemato",
        "restored": "ripristinato",
        "approved": "approvato autorizzato concesso",
    },
    vows={
        "refund": r"rimborser(?:ò|emo)|restituir(?:ò|emo)",
        "give": r"(?:offrir|regaler|dar|conceder)(?:ò|emo)|le (?:offriamo|regaliamo|diamo)",
        "receive": r"(?:riceverà|riceverai|otterrà|avrà)",
        "contact": r"(?:contatter|chiamer)(?:à|ò|emo|anno)",
        "cancel": r"(?:annuller|canceller|eliminer|cambier|invier)(?:ò|emo)",
    },
    gifts={
        "discount": r"scont[oi]|ribass[oi]|riduzion[ei]",
        "voucher": r"buon[oi]|coupon|carta regalo",
        "compensation": r"risarc\w+|indennizz\w+|compensazione",
        "free": r"gratis|gratuit\w+|senza costi|offriamo noi",
        "exception": r"eccezion[ei]|eccezionalmente",
        "guarantee": r"garantisc\w+|garanzia|prometto|promettiamo|assicuro|assicuriamo",
        "right": r"diritto (?:a|di)|ha diritto|diritti|le spetta",
        "law": r"per legge|la legge|legalmente|legale|gdpr",
        "policy": r"nostra politica|nostre condizioni|termini e condizioni",
        "warranty": r"recesso",
    },
)
