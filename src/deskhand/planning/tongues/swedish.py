"""Swedish."""

from deskhand.planning.tongue import Tongue, by_unit, counted, tens

SWEDISH = Tongue(
    code="sv",
    telling=(
        "och är det den som vi du jag har din ditt dina inte på till av med kan vill ska blev blir vara ett om så från"
        " ni er era efter eller oss vår vårt också nu för att har"
    ),
    months=(
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ),
    weekdays=("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    numbers=(
        counted("två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton")
        | tens("tjugo trettio fyrtio femtio sextio sjuttio åttio nittio")
        | {"dussin": 12, "hundra": 100}
    ),
    units=by_unit(
        second="sekund sekunder",
        minute="minut minuter",
        hour="timme timmar",
        day="dag dagar",
        week="vecka veckor",
        month="månad månader",
        year="år",
        workday="arbetsdag arbetsdagar bankdagar vardagar",
    ),
    money={"euro": "EUR", "dollar": "USD", "kronor": "SEK", "kr": "SEK", "pund": "GBP"},
    percent="procent",
    soon=(
        r"i morgon|imorgon|i övermorgon|redan i dag|redan idag|idag|i dag|ikväll|nästa (?:vecka|månad|år)",
        r"(?:före|innan) (?:helgen|fredag|måndag)|så snart som möjligt|inom kort|strax",
    ),
    ours=r"\b(?:jag har|vi har|har jag|har vi|vårt team har|en kollega har)",
    theirs=r"\b(?:har blivit|är|blev|blivit)",
    deeds={
        "refunded": "återbetalat återbetald återbetalats återbetalt",
        "credited": "krediterat krediterats",
        "cancelled": "avslutat avslutats sagt_upp annullerat avbokat",
        "sent": "skickat skickats mejlat",
        "changed": "ändrat ändrats uppdaterat uppdaterats",
        "reset": "återställt återställts",
        "created": "skapat skapats öppnat",
        "closed": "stängt stängts",
        "deleted": "raderat raderats tagit_bort",
        "added": "lagt_till",
        "forwarded": "vidarebefordrat eskalerat",
        "upgraded": "uppgraderat uppgraderats",
        "unlocked": "låst_upp",
        "locked": "spärrat låst",
        "activated": "aktiverat aktiverats",
        "extended": "förlängt",
        "notified": "meddelat informerat",
        "contacted": "kontaktat ringt pratat",
        "fixed": "rättat löst åtgärdat",
        "approved": "godkänt beviljat",
    },
    vows={
        "refund": r"(?:ska|kommer att) [^.!?;\n]{0,40}?(?:återbetala|betala tillbaka)|(?:vi|jag) (?:återbetalar"
        r"|betalar)",
        "give": r"(?:vi|jag) ger dig|ger vi dig",
        "receive": r"du (?:får|kommer att få|hör) |får du ",
        "contact": r"(?:kontaktar|ringer) dig|(?:ska|kommer att) [^.!?;\n]{0,40}?(?:kontakta|ringa)",
        "cancel": r"(?:ska|kommer att) [^.!?;\n]{0,40}?(?:avsluta|annullera|radera|ändra|skicka)",
    },
    gifts={
        "discount": r"rabatt\w*|prisavdrag",
        "voucher": r"presentkort\w*|kupong\w*|rabattkod\w*|värdecheck\w*",
        "compensation": r"kompens\w+|ersättning\w*|skadestånd",
        "free": r"gratis|kostnadsfri\w*|utan kostnad|bjuder på",
        "exception": r"undantag\w*",
        "guarantee": r"garanter\w+|garanti|lovar|försäkrar",
        "right": r"rätt till|berättigad|rättigheter",
        "law": r"enligt lag|lagen|juridisk\w*|gdpr",
        "policy": r"vår policy|våra villkor",
        "warranty": r"ångerrätt\w*",
    },
    joins="",
)
