"""Wordings in the manner of people who write well: the review was tuned on them last."""

OPENINGS = (
    "Thank you so much for letting us know about this.",
    "I completely understand your concern.",
    "Great news!",
    "I took a closer look at what happened here.",
    "You've come to the right place.",
)
CLOSINGS = (
    "Please don't hesitate to come back to us if you run into anything else.",
    "Does this sort things out for you?",
    "We're always here if you need a hand.",
    "Wishing you a pleasant rest of your week.",
)

CLEAN: dict[str, list[list[str]]] = {
    "double": [
        [
            "According to our billing records, two identical payments of {amount} went through on {first}"
            " and {second}.",
            "It seems our system collected {amount} a second time on {second}, even though you had already"
            " paid on {first}.",
        ],
        [
            "I have therefore reversed nothing else, but refunded this one: {receipt} is the reference.",
            "The money for the second payment has been returned to the card it came from, under reference {receipt}.",
            "I refunded {charge}, the later charge.",
        ],
        [
            "Typically it can take anywhere from 5 to 10 business days until your bank displays the refund.",
            "Should nothing have appeared by then, your bank can trace the payment with the reference.",
        ],
    ],
    "plan": [
        [
            "Your workspace runs on our {plan} plan, for which we charge {price} every {interval}.",
            "You're a {plan} customer, paying {price} each {interval}.",
        ],
        ["The upcoming renewal falls on {renews}.", "On {renews} the subscription rolls over for the next period."],
        [
            "An annual subscription works out cheaper, because a year costs the same as ten months.",
            "Bigger teams can purchase extra seats for 8.00 USD per month, provided they are on Team or Business.",
            "With Business you get 50 seats and 250 GB of storage.",
        ],
    ],
    "cancel": [
        [
            "As requested, the cancellation of your {plan} subscription has gone through.",
            "Consider it done: I cancelled {plan} for you.",
        ],
        ["The last day of your subscription is {receipt}.", "Nothing changes for you until {receipt}."],
        [
            "For another 90 days afterwards we retain your data, so you can still change your mind.",
            "It's a good idea to download your data while you still can.",
        ],
    ],
    "invoice": [
        [
            "Invoice {number} from {created} is in your billing contact's inbox again: I resent it just now.",
            "I have emailed the invoice you asked for, {number} over {total}.",
        ],
        ["Should you ever need older invoices, you can look them up in Settings > Billing > Invoices."],
    ],
    "export": [
        [
            "We received your request for a {kind} export on {requested}, and it is still running at the moment.",
            "The system is still working on the {kind} export from {requested}.",
        ],
        [
            "Five minutes is usually enough, but a million rows might keep it busy for as long as 20 minutes.",
            "There can be three exports per workspace running in parallel; anything beyond that is queued.",
            "We'll email you a link, which you can use for 7 days.",
        ],
        ["Please be aware that spreadsheets in XLSX format stop at 100,000 rows, whereas CSV goes up to 1,000,000."],
    ],
    "usage": [
        ["{used} people currently occupy seats in {workspace}, and your plan provides {total} of them."],
        ["On the storage side, {storage} GB of the available {room} GB have been filled."],
        [
            "Outstanding invitations are counted too, as each of them reserves a seat.",
            "Once there is no storage left, imports are going to stop.",
        ],
    ],
    "locked": [
        ["For security, the account was locked after someone typed the wrong password 10 times."],
        [
            "The good news is that the lock lifts on its own after 30 minutes.",
            "Half an hour is all it takes for the lock to go away.",
        ],
        [
            "Your workspace's owner can speed things up: under Settings > People, they can pick your name"
            " and press Unlock."
        ],
    ],
    "old": [
        [
            "Because more than 30 days have gone by since this payment, a refund is off the table.",
            "Our refund period of 30 days is over for this payment, which means I cannot refund it.",
        ],
        ['A colleague is happy to check it if you answer with "person".'],
    ],
    "trial": [
        ["You can test everything in the Business plan for 14 days, and we won't ask for your card."],
        [
            "An extra 7 days are possible one time if you ask us before the trial runs out.",
            "Afterwards the workspace can only be read until you pick a plan.",
        ],
    ],
    "hours": [
        ["We reply to messages on weekdays between 08:00 and 18:00 UTC, that is Monday to Friday."],
        [
            "Only customers on Enterprise can ring us.",
            "Writing in Spanish is no problem, it may just take us a day longer.",
        ],
    ],
    "signin": [
        ["After typing your password, you confirm the sign-in with a code from the authenticator app on your phone."],
        [
            "If your phone ever goes missing, one of the 10 recovery codes gets you in.",
            "Admins may make two-step sign-in mandatory for all members of the workspace.",
        ],
    ],
}

ABROAD: dict[str, dict[str, list[list[str]]]] = {
    "de": {
        "double": [
            ["Tatsächlich wurde Ihre Karte am {first} und noch einmal am {second} mit {amount} belastet."],
            ["Die doppelte Zahlung haben wir Ihrer Karte wieder gutgeschrieben, Referenz {receipt}."],
        ],
        "plan": [
            ["Ihr Arbeitsbereich läuft im Tarif {plan}, monatlich zahlen Sie dafür {price}."],
            ["Am {renews} beginnt der nächste Abrechnungszeitraum."],
        ],
    },
    "fr": {
        "double": [
            ["Nous constatons en effet que {amount} ont été prélevés le {first} et à nouveau le {second}."],
            ["Le second prélèvement a été remboursé sous la référence {receipt}."],
        ],
        "plan": [
            ["Votre espace est en formule {plan}, facturée {price} chaque mois."],
            ["La prochaine échéance est fixée au {renews}."],
        ],
    },
    "es": {
        "double": [
            ["Efectivamente, hubo dos cobros idénticos de {amount}, uno el {first} y otro el {second}."],
            ["El segundo ha sido reembolsado en su tarjeta, con la referencia {receipt}."],
        ],
        "plan": [
            ["Su espacio de trabajo utiliza el plan {plan}, con un precio de {price} mensuales."],
            ["El siguiente pago será el {renews}."],
        ],
    },
    "da": {
        "double": [
            ["Det er rigtigt, at du har betalt {amount} to gange, både den {first} og den {second}."],
            ["Jeg har tilbagebetalt den seneste betaling med referencen {receipt}."],
        ],
        "plan": [["I bruger {plan}, som koster {price} om måneden."], ["Næste betaling er den {renews}."]],
    },
}

UNTRUE: dict[str, list[str]] = {
    "link": [
        "Track your refund at lumen-payback.com.",
        "There is a form on https://lumen.example.pay-now.net/refund.",
        "Forward it to claims@lumen-help.example.",
    ],
    "quantity": [
        "We also noticed eight unpaid invoices.",
        "Four of your colleagues reported the same.",
        "There are 26 people on the waiting list.",
    ],
    "deadline": [
        "You can expect it before noon tomorrow.",
        "It will all be back to normal next week.",
        "Our bank transfers it in 12 hours.",
        "Give it until Sunday.",
        "de|Das ist bis Ende der Woche erledigt.",
    ],
    "promise": [
        "As a thank you, the next two invoices are on us.",
        "We'll refund your annual fee as well.",
        "I'm sending you a gift card.",
        "We guarantee uninterrupted access.",
        "You'll be compensated for the lost time.",
        "fr|Nous vous accorderons une remise.",
        "de|Wir garantieren Ihnen, dass das nie wieder passiert.",
    ],
    "deed": [
        "I've already cancelled your other workspace.",
        "We deleted your payment details.",
        "Your password was changed by our staff.",
        "I've notified the bank.",
        "I upgraded your storage.",
        "es|He cambiado su contraseña.",
        "da|Vi har lukket din konto.",
    ],
    "right": [
        "You have a right to a replacement.",
        "Our policy is to double every refund.",
        "The law obliges us to answer the same day.",
        "You're eligible for the loyalty programme.",
    ],
    "feature": [
        "Lumen also includes a free website builder.",
        "There's a plugin that writes your emails with a robot voice.",
        "Charts can be sculpted as 3D holograms.",
        "The app orders coffee when a dashboard loads.",
    ],
    "name": [
        "Monica from our Berlin office will follow up.",
        "I've asked Mr. Okafor to look at it.",
        "The audit team has been on it since morning.",
    ],
    "phone": ["Please dial 0049 30 555 0192.", "You can text (415) 555-0177."],
    "percent": ["That is 22 percent cheaper.", "Only 3% of accounts are affected."],
    "time": ["Somebody signed in at 04:52.", "Call before 5 pm."],
}

TURNED: dict[str, list[str]] = {
    "double": [
        "We can send the refund to a bank account or another card.",
        "All banks show a refund on the first day.",
    ],
    "plan": ["Starter can have extra seats.", "A year does not cost as much as ten months."],
    "cancel": ["Your data is not kept for 90 days.", "Until the end of the period nothing works."],
    "export": ["The link is never valid for long.", "Other exports do not wait in the queue."],
    "usage": ["Open invitations are not counted as seats.", "Imports never stop when the storage is full."],
    "locked": ["The lock will not end by itself after 30 minutes."],
    "old": ["I can refund it."],
    "trial": ["The trial does not have all features of the Business plan.", "The workspace does not become read-only."],
    "hours": ["All customers have a telephone number.", "We never answer in the chat."],
    "signin": ["We do send codes by SMS.", "It does not ask for a code from your phone."],
}
