"""Danish."""

from deskhand.planning.tongue import Tongue, by_unit, counted, tens, together

DANISH = Tongue(
    code="da",
    telling=(
        "og er det den der vi du jeg har din dit dine ikke på til af som med kan vil skal blev bliver være en et om så"
        " fra efter eller os vores også nu hvis"
    ),
    months=(
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ),
    weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    numbers=(
        counted("to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten")
        | tens("tyve tredive fyrre halvtreds tres halvfjerds firs halvfems")
        | together(
            "en to tre fire fem seks syv otte ni", "tyve tredive fyrre halvtreds tres halvfjerds firs halvfems", "og"
        )
        | {"dusin": 12, "hundrede": 100}
    ),
    units=by_unit(
        second="sekund sekunder",
        minute="minut minutter",
        hour="time timer",
        day="dag dage",
        week="uge uger",
        month="måned måneder",
        year="år",
        workday="hverdag hverdage arbejdsdag arbejdsdage bankdage",
    ),
    money={"euro": "EUR", "dollar": "USD", "kroner": "DKK", "kr": "DKK", "pund": "GBP"},
    percent="procent",
    soon=(
        r"i morgen|i overmorgen|allerede i dag|i dag|i aften|i næste uge|næste (?:uge|måned|år)",
        r"inden (?:weekenden|fredag|mandag|udgangen af)|hurtigst muligt|om lidt|snarest|inden længe",
    ),
    ours=r"\b(?:jeg har|vi har|har jeg|har vi|vores team har|en kollega har)",
    theirs=r"\b(?:er blevet|er|blev|blevet)",
    deeds={
        "refunded": "refunderet tilbagebetalt tilbageført",
        "credited": "krediteret",
        "cancelled": "opsagt annulleret afmeldt",
        "sent": "sendt mailet",
        "changed": "ændret opdateret",
        "reset": "nulstillet",
        "created": "oprettet åbnet",
        "closed": "lukket",
        "deleted": "slettet fjernet",
        "added": "tilføjet",
        "forwarded": "videresendt eskaleret videregivet",
        "upgraded": "opgraderet",
        "unlocked": "låst_op",
        "locked": "spærret låst",
        "activated": "aktiveret",
        "extended": "forlænget",
        "notified": "underrettet informeret",
        "contacted": "kontaktet ringet talt",
        "fixed": "rettet løst",
        "approved": "godkendt bevilget",
    },
    vows={
        "refund": r"(?:vil|skal) [^.!?;\n]{0,40}?(?:refundere|tilbagebetale)|(?:vi|jeg) (?:refunderer|tilbagebetaler)",
        "give": r"(?:vi|jeg) giver dig|giver vi dig",
        "receive": r"du (?:får|modtager|vil få|vil modtage|hører) |får du ",
        "contact": r"(?:kontakter|ringer til) (?:dig|jer)|vil [^.!?;\n]{0,40}?(?:kontakte|ringe)",
        "cancel": r"(?:vil|skal) [^.!?;\n]{0,40}?(?:opsige|annullere|slette|ændre|sende)",
    },
    gifts={
        "discount": r"rabat\w*|prisnedslag",
        "voucher": r"gavekort\w*|vouchere?|rabatkode\w*",
        "compensation": r"kompens\w+|erstatning\w*|godtgørelse",
        "free": r"gratis|uden beregning|på vores regning",
        "exception": r"undtagelse\w*",
        "guarantee": r"garant\w+|lover|forsikrer",
        "right": r"ret til|berettiget|rettigheder",
        "law": r"loven|juridisk\w*|ifølge lov\w*|gdpr",
        "policy": r"vores politik|vores vilkår|betingelser",
        "warranty": r"fortrydelse\w*",
    },
    joins="og",
)
