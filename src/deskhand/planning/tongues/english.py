"""English."""

from deskhand.planning.tongue import Tongue, by_unit, counted, tens

ADVERBS = r"(?: (?:now|just|already|also|then|even|\w+ly|went ahead and|gone ahead and))*"

ENGLISH = Tongue(
    code="en",
    telling=(
        "the a an and is are was were of to for in on at by with from you your we our it its this that these those have"
        " has had will would can could not be been i my if or as please there they their than then when which what who"
        " after before until any all no do does did"
    ),
    months=(
        "january jan",
        "february feb",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sep sept",
        "october oct",
        "november nov",
        "december dec",
    ),
    weekdays=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    numbers=(
        counted(
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
            " eighteen nineteen"
        )
        | tens("twenty thirty forty fifty sixty seventy eighty ninety")
        | {"dozen": 12, "thrice": 3, "triple": 3, "hundred": 100, "thousand": 1000}
    ),
    units=by_unit(
        second="second seconds sec secs",
        minute="minute minutes min mins",
        hour="hour hours hr hrs",
        day="day days",
        week="week weeks",
        month="month months",
        year="year years",
        workday="workday workdays",
    ),
    money={
        "dollar": "USD",
        "dollars": "USD",
        "bucks": "USD",
        "buck": "USD",
        "euro": "EUR",
        "euros": "EUR",
        "pound": "GBP",
        "pounds": "GBP",
        "quid": "GBP",
        "francs": "CHF",
        "zloty": "PLN",
        "zlotys": "PLN",
        "yen": "JPY",
        "cents": "cents",
        "pence": "cents",
    },
    percent="percent|per cent|percentage points?",
    soon=(
        r"tomorrow",
        r"tonight",
        r"(?:by|until|before|later|still|earlier) today",
        r"(?:will|'ll|going to)\b[^.!?;\n]{0,60} today",
        r"(?:will|'ll|by|be|going to)\b[^.!?;\n]{0,60} this (?:morning|afternoon|evening)",
        r"(?:next|(?<!for )this|the coming|coming) (?:week|month|year|weekend|quarter)",
        r"(?:by|before|until|over|after|at) the weekend",
        r"(?:by|before|until|at) (?:the )?end of (?:the |this |next )?(?:day|week|month|year|quarter|business)",
        r"(?:in|within) (?:a|the next) (?:few|couple of)? ?(?:seconds|minutes|hours|days|weeks|months|moments?)",
        r"within (?:the|an?) (?:minute|hour|day|week|month)",
        r"(?:overnight|straight away|right away|asap|as soon as possible|any minute|any moment|momentarily|shortly)",
        r"(?:by|until|before|next|this|on) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)",
    ),
    ours=rf"\b(?:i|we|our team|the team|my colleagues?|a colleague)(?:'ve| have| had| has|'m| am| are)?{ADVERBS}",
    theirs=rf"\b(?:(?:has|have){ADVERBS} been|(?:is|are)(?: now| just| already){{1,2}}|was|were|got){ADVERBS}",
    deeds={
        word: word
        for word in (
            "refunded returned reimbursed credited cancelled canceled stopped ended sent resent emailed mailed updated"
            " changed reset created opened closed deleted removed added escalated forwarded passed handed transferred"
            " booked scheduled upgraded downgraded unlocked locked enabled disabled activated deactivated extended"
            " paused resumed shipped replaced applied waived processed issued notified contacted submitted arranged"
            " fixed resolved corrected adjusted restored approved granted initiated reversed made done taken doubled"
            " tripled increased reduced lowered raised erased wiped blocked unblocked reported informed called spoken"
            " asked assigned confirmed signed accepted rejected flagged registered invited migrated moved"
            " switched merged"
            " renewed reactivated reinstated recovered repaired whitelisted compensated"
            " settled completed given paid"
        ).split()
    },
    vows={},  # English has a grammar of its own in `deeds.py`
    gifts={
        "discount": (
            r"discounts?|rebates?|money off|price cut|reduced (?:price|rate)|cheaper price"
            r"|(?:special|better|preferential|lower|friendly) (?:price|rate|offer|deal)s?"
        ),
        "voucher": r"vouchers?|coupons?|gift ?cards?|promo(?:tion)? codes?|store credits?",
        "credit": r"credits? (?:to|on|for|of)|account credits?|as a credit|a credit(?! card)",
        "compensation": (
            r"compensat\w+|make (?:it )?up to you|goodwill|gesture|an? (?:\w+ )?(?:present|gift)\b|damages"
            r"|bonus(?:es)?|reward|prizes?"
        ),
        "free": (
            r"free of charge|for free|for nothing|no charge|at no cost|no extra cost|on us|on the house|complimentary"
            r"|free months?"
            r"|(?:months?|years?) (?:will )?costs? (?:you )?nothing"
            r"|free upgrades?|(?:do not|don't|won't|need not|will not) (?:have to |need to )?pay\b"
            r"(?! (?:again|twice|an? \w+ more|any ?more|anything|more|extra))"
        ),
        "nothing to pay": r"costs? (?:you )?nothing|nothing to pay|free (?:trials?|plans?|tiers?|versions?)",
        "waive": r"waiv\w+",
        "exception": r"exceptions?|bend the rules",
        "guarantee": (
            r"guarantee\w*|promise\w*|rest assured|you have my word|i assure|we assure|assured"
            r"|(?:i|we)(?:'ll| will)? (?:personally )?(?:make|see to it)(?: sure)?"
        ),
        "right": (
            r"entitle\w*|(?:the|a|have|any|\w+-\w+) rights? (?:to|of)|your (?:legal )?rights?|eligible"
            r"|qualif(?:y|ies|ied)|may claim|can claim|we owe"
            r"|owed|obliged|obligated|obligation|must (?:pay|refund|give)"
        ),
        "law": r"(?:by|the) law|legal(?:ly)?|(?:eu|us|uk|consumer|contract|data protection) law|statutory|gdpr|as a"
        r" consumer|lawful",
        "policy": r"polic(?:y|ies)|our terms|terms (?:of|and)|according to (?:our|the) (?:rules|terms)|our rules",
        "warranty": r"warrant(?:y|ies)|sla|withdrawal",
    },
)
