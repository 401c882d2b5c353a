"""Dutch."""

from deskhand.planning.tongue import Tongue, by_unit, counted, tens, together

DUTCH = Tongue(
    code="nl",
    telling=(
        "het een en van is zijn wij we u uw ik niet met voor op te dat die er om aan bij naar heb hebt"
        " heeft hebben wordt"
        " worden kan kunnen maar ook als dit deze nog de onze ons"
    ),
    months=(
        "januari",
        "februari",
        "maart mrt",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    weekdays=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    numbers=(
        counted(
            "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien"
            " zeventien achttien"
            " negentien"
        )
        | tens("twintig dertig veertig vijftig zestig zeventig tachtig negentig")
        | together(
            "een twee drie vier vijf zes zeven acht negen",
            "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
            "en",
        )
        | {"dozijn": 12, "honderd": 100, "duizend": 1000}
    ),
    units=by_unit(
        second="seconde seconden",
        minute="minuut minuten",
        hour="uur uren",
        day="dag dagen",
        week="week weken",
        month="maand maanden",
        year="jaar jaren",
        workday="werkdag werkdagen",
    ),
    money={"euro": "EUR", "dollar": "USD", "pond": "GBP", "frank": "CHF", "kronen": "kr"},
    percent="procent",
    soon=(
        r"morgen|overmorgen|vandaag nog|nog vandaag|vanavond|deze week",
        r"(?:volgende|komende) (?:week|maand|jaar)|(?:voor|in) het weekend|einde van de (?:week|maand)",
        r"(?:binnenkort|zo snel mogelijk|binnen enkele (?:minuten|uren|dagen))|voor (?:maandag|dinsdag|vrijdag)",
    ),
    ours=r"\b(?:ik heb|wij hebben|we hebben|heb ik|hebben we|hebben wij|ons team heeft|een collega heeft)",
    theirs=r"\b(?:is|zijn|werd|werden)",
    deeds={
        "refunded": "terugbetaald teruggestort vergoed terugbezorgd",
        "credited": "gecrediteerd bijgeschreven",
        "cancelled": "opgezegd geannuleerd beëindigd stopgezet",
        "sent": "gestuurd verstuurd verzonden toegestuurd gemaild",
        "changed": "gewijzigd veranderd aangepast bijgewerkt",
        "reset": "gereset",
        "created": "aangemaakt geopend gemaakt",
        "closed": "gesloten afgesloten",
        "deleted": "verwijderd gewist",
        "added": "toegevoegd",
        "forwarded": "doorgestuurd doorgegeven geëscaleerd overgedragen",
        "upgraded": "geüpgraded",
        "unlocked": "ontgrendeld gedeblokkeerd",
        "locked": "geblokkeerd vergrendeld",
        "activated": "geactiveerd",
        "deactivated": "gedeactiveerd",
        "extended": "verlengd",
        "notified": "geïnformeerd verwittigd ingelicht",
        "contacted": "gebeld gesproken gevraagd gecontacteerd",
        "fixed": "opgelost hersteld gecorrigeerd verholpen",
        "approved": "goedgekeurd toegekend",
    },
    vows={
        "refund": r"(?:zal|zullen|gaan|ga) [^.!?;\n]{0,60}?(?:terugbetalen|terugstorten|vergoeden)",
        "give": r"(?:wij|we|ik) (?:geven|geef|schenken|bieden) (?:u|je)",
        "receive": r"(?:u|je) (?:krijgt|ontvangt|hoort) |krijgt u |ontvangt u ",
        "contact": r"(?:zal|zullen|gaan|ga) [^.!?;\n]{0,60}?(?:bellen|contacteren|opnemen)|neemt contact|belt u",
        "cancel": r"(?:zal|zullen|gaan|ga) [^.!?;\n]{0,60}?(?:opzeggen|annuleren|verwijderen|wijzigen|sturen)",
    },
    gifts={
        "discount": r"korting(?:en)?",
        "voucher": r"tegoedbon(?:nen)?|cadeaubon(?:nen)?|waardebon(?:nen)?|kortingscodes?",
        "compensation": r"compens\w+|schadevergoeding|tegemoetkoming|coulance",
        "free": r"gratis|kosteloos|zonder kosten|op onze kosten|niets te betalen",
        "exception": r"uitzondering(?:en)?",
        "guarantee": r"garand\w+|garantie|beloof|beloven|verzeker(?:en)? u",
        "right": r"recht op|rechten|aanspraak",
        "law": r"wettelijk\w*|de wet|juridisch\w*|avg",
        "policy": r"ons beleid|onze voorwaarden|algemene voorwaarden",
        "warranty": r"herroeping\w*",
    },
    joins="en|ën",
)
