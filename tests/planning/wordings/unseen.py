"""Plain wordings with other words than the sources: the review was tuned on them."""

OPENINGS = (
    "Thanks a lot for your note.",
    "Let's get this straightened out.",
    "I see why that would be confusing.",
    "I went over your billing records.",
)
CLOSINGS = (
    "If that doesn't answer it, drop us a line.",
    "Which of these two options do you prefer?",
    "Happy to explain further.",
    "Sorry again for the hassle.",
)

CLEAN: dict[str, list[list[str]]] = {
    "double": [
        [
            "Two charges of {amount} each appear on your account: one dated {first}, the other {second}.",
            "The charge on {second} is a repeat of the {amount} you had paid on {first}.",
        ],
        ["That one is refunded now, with reference {receipt}.", "I returned {amount} to your card."],
        [
            "Allow your bank between 5 and 10 business days.",
            "A bank may take the first payment off the statement rather than show the refund separately.",
            "Refunds can only go back to the card that was used for the payment.",
        ],
    ],
    "plan": [
        [
            "{plan} is what you have at present, for {price} a {interval}.",
            "You pay {price} per {interval} for the {plan} plan.",
        ],
        ["Its renewal is scheduled for {renews}.", "We will next charge you on {renews}."],
        [
            "Yearly payment is priced at ten times the monthly amount.",
            "On Starter you are limited to 2 seats.",
            "Enterprise pricing is agreed by contract.",
        ],
    ],
    "cancel": [
        ["{plan} has been cancelled for you.", "I have stopped your {plan} subscription."],
        [
            "You are covered until {receipt}.",
            "The subscription expires on {receipt} and there are no charges after it.",
        ],
        ["Your data remains stored for 90 days.", "Export everything you want to keep in time."],
    ],
    "invoice": [
        [
            "I mailed {number} to your billing contact a moment ago.",
            "Your invoice {number} of {created}, {total} in total, was sent again.",
        ],
        ["Every earlier invoice is listed in Settings > Billing > Invoices."],
    ],
    "export": [
        ["The status of your {kind} export from {requested} is: running."],
        [
            "A typical export is done within 5 minutes.",
            "You may cancel it under Exports and restart it when more than 30 minutes have passed.",
            "The link in the e-mail works for 7 days.",
        ],
        ["XLSX can take no more than 100,000 rows; for bigger tables use CSV, which takes up to 1,000,000."],
    ],
    "usage": [
        ["There are {total} seats in {workspace} and {used} of them are in use."],
        ["{storage} GB of storage are taken, out of {room} GB."],
        [
            "Even invitations nobody has accepted yet occupy a seat.",
            "Deleting old imports under Data > Files makes room.",
        ],
    ],
    "locked": [
        ["The reason you can't get in is that the account is locked: there were 10 wrong passwords."],
        [
            "In 30 minutes you will be able to sign in again.",
            "The lock disappears after 30 minutes without you doing anything.",
        ],
        ["Somebody with the owner or admin role can unlock you at once under Settings > People."],
    ],
    "old": [
        [
            "I'm not able to refund a payment that is over 30 days old.",
            "This one is too old for a refund: more than 30 days have passed.",
        ],
        ["Should you want a colleague to decide, reply with the word person."],
    ],
    "trial": [
        [
            "A trial takes 14 days and costs nothing; no card details are needed.",
            "All Business features are open to you for 14 days.",
        ],
        ["One extension of 7 days is possible.", "Three days before the end we remind the owner by e-mail."],
    ],
    "hours": [
        [
            "Support works Monday to Friday, 8:00-18:00 UTC.",
            "A person from our team replies within 4 business hours on the Business plan.",
        ],
        [
            "We have no telephone line for plans other than Enterprise.",
            "Answers to messages in German may come a day later.",
        ],
    ],
    "signin": [
        [
            "It asks you for a code from an authenticator app in addition to the password.",
            "SMS codes are something we do not offer.",
        ],
        [
            "There are 10 recovery codes, and each is good for one sign-in.",
            "An admin can reset two-step sign-in for you under Settings > People.",
        ],
    ],
}

ABROAD: dict[str, dict[str, list[list[str]]]] = {
    "de": {
        "double": [
            ["Die Zahlung von {amount} vom {second} war eine Wiederholung der Zahlung vom {first}."],
            ["Wir haben sie zurückgezahlt ({receipt})."],
        ]
    },
    "fr": {
        "double": [
            ["Le {second}, {amount} ont été prélevés par erreur une deuxième fois."],
            ["Ce montant vous a été remboursé, référence {receipt}."],
        ]
    },
    "it": {
        "plan": [
            ["Il piano in uso è {plan} e il canone è di {price} al mese."],
            ["Scade il {renews} e poi si rinnova."],
        ]
    },
    "sv": {"plan": [["Ni använder {plan} och betalar {price} per månad."], ["Nästa förnyelse sker {renews}."]]},
}

UNTRUE: dict[str, list[str]] = {
    "link": ["Use this page: http://status-lumen.info/you.", "Reach me at d.hall@lumen-team.example."],
    "quantity": ["Fifteen of your reports failed.", "You have 64 guests."],
    "deadline": [
        "It arrives on your account overnight.",
        "Someone reads this by Thursday.",
        "That takes four weeks.",
        "de|Wir brauchen dafür drei Wochen.",
    ],
    "promise": [
        "We'll waive your next two payments.",
        "You get a 5 euro coupon.",
        "I give you my word: we guarantee it.",
        "The upgrade is complimentary.",
        "it|Le offriremo un mese gratis.",
    ],
    "deed": [
        "I have blocked your colleague.",
        "We moved your data to another region.",
        "Your invoice was corrected.",
        "de|Ich habe Ihre Karte entfernt.",
        "sv|Jag har raderat ert konto.",
    ],
    "right": [
        "Legally you could demand interest.",
        "You are entitled to three free months.",
        "Our terms oblige us to reply in person.",
    ],
    "feature": [
        "You can dictate formulas to the assistant.",
        "Each workspace comes with a virtual pet.",
        "Export to PowerPoint is built in.",
        "A browser extension records your clicks.",
    ],
    "name": ["Julia will sort it out for you.", "The procurement department needs to agree.", "Ask for Dr. Lindqvist."],
    "phone": ["Our number: +1 (212) 555 0148.", "Ring 0800 555 1000."],
    "percent": ["We reduced it by 18 percent.", "A surcharge of 4% applies."],
    "time": ["It was taken at 23:05 UTC.", "We open at 7 am."],
}

TURNED: dict[str, list[str]] = {
    "double": ["The refund doesn't go to the card you paid with.", "We can send it to another card."],
    "plan": ["Starter is able to have more than 2 seats.", "No seats are included."],
    "cancel": ["You can't come back in these 90 days.", "Your data isn't kept."],
    "export": ["The link isn't valid for 7 days.", "You can't export as CSV."],
    "usage": ["Invitations do not count as seats.", "Imports don't stop when the storage is full."],
    "locked": ["The lock doesn't end by itself."],
    "old": ["We can refund payments that are more than 30 days old."],
    "trial": ["The trial doesn't end by itself.", "You need a card for the trial."],
    "hours": ["We don't answer on Monday.", "We also call on the other plans."],
    "signin": ["It doesn't work with every authenticator app.", "We send codes by SMS too."],
}
