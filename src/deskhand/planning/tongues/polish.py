"""Polish."""

from deskhand.planning.tongue import Tongue, by_unit, counted, tens

POLISH = Tongue(
    code="pl",
    telling=(
        "i w na z do nie się jest są że o za po od dla jak to ten ta państwa państwo twoje twój pana pani mają ma oraz"
        " został została zostało przez będzie można już lub ze numer możemy widzimy"
    ),
    months=(
        "styczeń stycznia",
        "luty lutego",
        "marzec marca",
        "kwiecień kwietnia",
        "maj maja",
        "czerwiec czerwca",
        "lipiec lipca",
        "sierpień sierpnia",
        "wrzesień września",
        "październik października",
        "listopad listopada",
        "grudzień grudnia",
    ),
    weekdays=("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"),
    numbers=(
        counted(
            "dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście"
            " piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście"
        )
        | tens(
            "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt"
            " dziewięćdziesiąt"
        )
        | {"dwie": 2, "dwóch": 2, "trzech": 3, "czterech": 4, "pięciu": 5, "dziesięciu": 10, "sto": 100}
        | {"tuzin": 12}
    ),
    units=by_unit(
        second="sekund sekundy",
        minute="minuta minuty minut",
        hour="godzina godziny godzin",
        day="dzień dni",
        week="tydzień tygodnie tygodni",
        month="miesiąc miesiące miesięcy",
        year="rok lata lat roku",
    ),
    money={"euro": "EUR", "dolarów": "USD", "dolary": "USD", "złotych": "PLN", "złote": "PLN", "funtów": "GBP"},
    percent="procent|procenta",
    soon=(
        r"jutro|pojutrze|jeszcze dzisiaj|jeszcze dziś|dziś wieczorem|w tym tygodniu",
        r"(?:w )?(?:przyszłym|następnym) (?:tygodniu|miesiącu|roku)|do końca (?:tygodnia|miesiąca|roku|dnia)",
        r"wkrótce|niebawem|w ciągu kilku (?:minut|godzin|dni)|do (?:poniedziałku|wtorku|środy|czwartku|piątku)",
    ),
    ours=r"\b(?:nasz zespół|kolega|koleżanka)",
    theirs=r"\b(?:został|została|zostało|zostały|jest|są)",
    deeds={
        "refunded": "zwrócony zwrócona zwrócone zwrócił",
        "cancelled": "anulowany anulowana anulowane anulował",
        "sent": "wysłany wysłana wysłane wysłał",
        "changed": "zmieniony zmieniona zmienione zmienił zaktualizowany",
        "reset": "zresetowany zresetowane",
        "closed": "zamknięty zamknięte zamknął",
        "deleted": "usunięty usunięta usunięte usunął",
        "unlocked": "odblokowany odblokowane",
        "activated": "aktywowany aktywowana",
        "approved": "zatwierdzony zatwierdzona",
    },
    did={
        "refunded": "zwróciłem zwróciłam zwróciliśmy",
        "cancelled": "anulowałem anulowałam anulowaliśmy",
        "sent": "wysłałem wysłałam wysłaliśmy przesłaliśmy",
        "changed": "zmieniłem zmieniłam zmieniliśmy zaktualizowaliśmy",
        "reset": "zresetowałem zresetowaliśmy",
        "created": "utworzyłem utworzyliśmy otworzyliśmy",
        "closed": "zamknąłem zamknęliśmy",
        "deleted": "usunąłem usunęłam usunęliśmy",
        "added": "dodałem dodaliśmy",
        "forwarded": "przekazałem przekazałam przekazaliśmy",
        "unlocked": "odblokowałem odblokowaliśmy",
        "contacted": "zadzwoniliśmy skontaktowaliśmy",
        "fixed": "naprawiliśmy rozwiązaliśmy poprawiliśmy",
    },
    vows={
        "refund": r"zwrócimy|zwrócę|oddamy|będziemy zwracać",
        "give": r"(?:damy|podarujemy|przyznamy|zaoferujemy) ",
        "receive": r"otrzyma(?:ją|sz)? |dostanie(?:sz|cie)? |otrzyma(?:ją)? (?:państwo|pan|pani)",
        "contact": r"skontaktuje(?:my)? się|zadzwoni(?:my)?|oddzwonimy",
        "cancel": r"anulujemy|usuniemy|zmienimy|wyślemy",
    },
    gifts={
        "discount": r"zniżk\w+|rabat\w*|upust\w*",
        "voucher": r"bon|bony|voucher\w*|kupon\w*|kart\w+ podarunkow\w+",
        "compensation": r"rekompensat\w+|odszkodowani\w+|zadośćuczynieni\w+",
        "free": r"bezpłatn\w+|za darmo|gratis|na nasz koszt",
        "exception": r"wyjąt\w+",
        "guarantee": r"gwarant\w+|obiecuj\w+|zapewniam\w*",
        "right": r"prawo do|przysługuje|uprawnien\w+",
        "law": r"prawnie|zgodnie z prawem|ustaw\w+|rodo",
        "policy": r"nasza polityka|regulamin\w*",
    },
)
