"""German."""

from deskhand.planning.tongue import Tongue, by_unit, counted, tens, together

GERMAN = Tongue(
    code="de",
    telling=(
        "der die das den dem und ist sind wir sie ich ihr ihre ihren ihnen nicht ein eine einen einer"
        " mit von zu für auf"
        " im am bis wurde wurden haben habe hat wird werden kann können sich auch bei nach es dass wenn"
        " oder ist's alles"
        " den ihrem zum über mehr bitte uns unser unsere"
    ),
    months=(
        "januar jänner",
        "februar",
        "märz maerz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober okt",
        "november",
        "dezember dez",
    ),
    weekdays=("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    numbers=(
        counted(
            "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
            " achtzehn neunzehn"
        )
        | tens("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
        | together(
            "ein zwei drei vier fünf sechs sieben acht neun",
            "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
            "und",
        )
        | {"dutzend": 12, "dreimal": 3, "viermal": 4, "dreifach": 3, "hundert": 100}
    ),
    units=by_unit(
        second="sekunde sekunden",
        minute="minute minuten",
        hour="stunde stunden",
        day="tag tage tagen",
        week="woche wochen",
        month="monat monate monaten",
        year="jahr jahre jahren",
        workday="werktag werktage werktagen arbeitstag arbeitstage arbeitstagen geschäftstage bankarbeitstage",
    ),
    money={
        "dollar": "USD",
        "euro": "EUR",
        "pfund": "GBP",
        "franken": "CHF",
        "kronen": "kr",
        "złoty": "PLN",
        "zloty": "PLN",
        "cent": "cents",
    },
    percent="prozent|prozentpunkte?",
    soon=(
        r"morgen",
        r"übermorgen",
        r"heute (?:noch|abend|nacht)|noch heute|bis heute|bis (?:zum )?(?:wochenende|monatsende|jahresende)",
        r"(?:nächste|nächster|nächsten|kommende|kommenden|diese|dieser) (?:woche|monat|monats|jahr|tage|tagen)",
        r"(?:bis|zum) (?:zum )?ende (?:der|des|dieser|dieses) (?:woche|monats|jahres|tages)",
        r"in (?:kürze|wenigen|ein paar) ?(?:minuten|stunden|tagen|wochen)?|umgehend|unverzüglich|baldmöglichst",
        r"(?:bis|am|vor|nächsten|kommenden) (?:zum )?(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)",
    ),
    ours=r"\b(?:ich habe|wir haben|habe ich|haben wir|hat unser team|haben unsere|hat ein kollege)",
    theirs=r"\b(?:wurde|wurden|ist|sind|worden)",
    deeds={
        "refunded": "erstattet zurückerstattet rückerstattet zurückgezahlt zurückgebucht zurücküberwiesen",
        "credited": "gutgeschrieben",
        "cancelled": "gekündigt storniert beendet",
        "sent": "gesendet geschickt zugeschickt versendet verschickt zugesandt gemailt",
        "changed": "geändert umgestellt angepasst aktualisiert",
        "reset": "zurückgesetzt",
        "created": "erstellt angelegt eröffnet geöffnet",
        "closed": "geschlossen abgeschlossen",
        "deleted": "gelöscht entfernt",
        "added": "hinzugefügt ergänzt",
        "forwarded": "weitergeleitet weitergegeben übergeben eskaliert",
        "booked": "gebucht vereinbart",
        "upgraded": "hochgestuft heraufgestuft",
        "downgraded": "herabgestuft",
        "unlocked": "entsperrt freigeschaltet freigegeben",
        "locked": "gesperrt",
        "activated": "aktiviert eingeschaltet",
        "deactivated": "deaktiviert ausgeschaltet abgeschaltet",
        "extended": "verlängert",
        "paused": "pausiert",
        "replaced": "ersetzt",
        "waived": "erlassen",
        "initiated": "veranlasst eingeleitet angewiesen",
        "notified": "benachrichtigt informiert verständigt",
        "contacted": "kontaktiert angerufen gesprochen gebeten",
        "fixed": "behoben gelöst repariert korrigiert berichtigt",
        "restored": "wiederhergestellt",
        "approved": "genehmigt bewilligt",
    },
    vows={
        "refund": r"(?:ich|wir) (?:erstatte|erstatten|zahle|zahlen) |(?:erstatten|zahlen) wir |werden?"
        r" [^.!?;\n]{0,60}?(?:erstatten|zurückzahlen|erstattet)",
        "credit": r"(?:schreibe|schreiben) (?:ich|wir)? ?[^.!?;\n]{0,60}? gut\b|werden? [^.!?;\n]{0,60}?gutschreiben",
        "receive": (
            r"(?:(?:sie|du) (?:bekommen|erhalten|bekommst|erhältst|kriegen)|(?:bekommen|erhalten) sie)"
            r" (?!(?:(?!auch|ander|alle|weiter)[^.!?;]){0,60}zurück\b)"
        ),
        "repaid": (
            r"(?:(?:sie|du) (?:bekommen|erhalten|bekommst|erhältst|kriegen)|(?:bekommen|erhalten) sie)"
            r" (?:(?!auch|ander|alle|weiter)[^.!?;]){0,60}zurück\b"
        ),
        "hear": r"(?:sie|du) (?:hören|hörst) |wir melden uns|(?:melde|melden) (?:ich|wir) (?:mich|uns)|meldet sich",
        "call": r"(?:ruft|rufen) (?:sie|dich|ich|wir) [^.!?;\n]{0,40}?an\b|werden? [^.!?;\n]{0,40}?anrufen",
        "contact": r"werden? [^.!?;\n]{0,60}?(?:kontaktieren|kümmern|prüfen|klären|melden)",
        "cancel": r"werden? [^.!?;\n]{0,60}?(?:kündigen|stornieren|löschen|ändern|senden|schicken)",
        "cover": r"(?:ich|wir) (?:übernehme|übernehmen)|übernehmen wir",
        "give": r"(?:ich|wir) (?:schenke|schenken|gebe|geben|gewähre|gewähren|biete|bieten) (?:ihnen|dir)|schenken wir",
    },
    gifts={
        "discount": r"rabatte?|nachlass|ermäßigung(?:en)?|preisnachlass",
        "voucher": r"gutscheine?|gutscheincodes?|geschenkkarten?",
        "compensation": r"entschädig\w+|kulanz\w*|wiedergutmachung|schadens?ersatz|bonus",
        "free": r"kostenlos\w*|kostenfrei\w*|gratis|umsonst|geht auf uns|ohne kosten|nichts (?:zu )?(?:be)?zahlen",
        "exception": r"ausnahmen?|ausnahmsweise",
        "guarantee": r"garantier\w*|garantie|versprech\w+|verspreche|versichere|versichern ihnen|sicherstellen",
        "right": r"anspruch|ansprüche|recht auf|berechtigt|zustehen|steht ihnen|stehen ihnen|verpflichtet",
        "law": r"gesetz\w*|rechtlich\w*|dsgvo|als verbraucher",
        "policy": r"richtlinien?|unsere (?:regeln|bedingungen)|agb|geschäftsbedingungen",
        "warranty": r"gewährleistung|widerruf\w*",
    },
    joins="und",
)
