"""The half of the wordings that the review was tuned on first."""

OPENINGS = (
    "Thank you for writing to us.",
    "Thanks for getting in touch!",
    "I am sorry for the trouble.",
    "Good question.",
    "I understand how annoying this is.",
    "Thanks for your patience.",
    "I checked your account.",
    "I have looked into this for you.",
)
CLOSINGS = (
    "Please let us know if you have any other questions.",
    "Is there anything else I can help you with?",
    "Just reply to this message if something is unclear.",
    "Have a nice day!",
    "If this does not help, simply answer here.",
    "Which payment do you mean?",
)

# By scene: slots, each with alternatives. A reply takes one of each slot.
CLEAN: dict[str, list[list[str]]] = {
    "double": [
        [
            "You were charged {amount} twice, on {first} and on {second}.",
            "I can see two payments of {amount}: one on {first} and one on {second}.",
            "The payment of {amount} on {second} repeats the one of {first}.",
            "Our records show two charges over {amount}, the later one on {second}.",
            "You are right, {amount} was taken two times.",
        ],
        [
            "I have refunded the second payment; the reference is {receipt}.",
            "I've returned the second charge ({charge}) to the same card.",
            "The second payment has been refunded to your card, reference {receipt}.",
            "I refunded the later payment in full.",
        ],
        [
            "It takes 5 to 10 business days until it is on your statement.",
            "The refund will be on your statement within 5-10 business days.",
            "Please allow five to ten business days until you see it on your statement.",
            "Some banks do not show a refund; they take the original payment off the statement instead.",
            "The refund goes to the card of the original payment.",
        ],
    ],
    "plan": [
        [
            "You are on the {plan} plan, which costs {price} a {interval}.",
            "Your current plan is {plan} at {price} per {interval}.",
            "You have the {plan} plan for {price} a {interval}.",
        ],
        [
            "It renews on {renews}.",
            "The next renewal is on {renews}.",
            "Your subscription will renew on {renews}.",
            "The next payment is due on {renews}.",
        ],
        [
            "Prices are per workspace, without taxes.",
            "A year costs as much as ten months.",
            "On Team and Business, an extra seat costs 8.00 USD a month.",
            "You find the day of the next payment under Settings > Billing > Plan.",
            "Starter cannot have more than two seats.",
        ],
    ],
    "cancel": [
        [
            "I have cancelled your {plan} subscription.",
            "Your {plan} subscription has been cancelled.",
            "Done: I've cancelled the {plan} subscription.",
        ],
        [
            "It ends on {receipt} and nothing more is charged.",
            "It will end on {receipt}, and you will not be charged again.",
            "Until {receipt} everything works as before.",
        ],
        [
            "Your data is kept for 90 days after that.",
            "We keep your data for 90 days after the end.",
            "You can come back at any time in these 90 days.",
            "Please export what you need before the subscription ends.",
        ],
    ],
    "invoice": [
        [
            "I have sent invoice {number} over {total} to your billing contact.",
            "I've just emailed you invoice {number} of {created} again.",
            "Invoice {number} ({total}, {created}) has been sent to your billing contact.",
        ],
        [
            "You find all of your invoices under Settings > Billing > Invoices.",
            "If you need another one, open Settings > Billing > Invoices.",
        ],
    ],
    "export": [
        [
            "Your {kind} export of {requested} is still running.",
            "The {kind} export that you started on {requested} is still running.",
            "I see that your {kind} export from {requested} is running.",
        ],
        [
            "Most exports are finished within 5 minutes.",
            "An export with 1,000,000 rows can take up to 20 minutes.",
            "We will send you the link by e-mail.",
            "The link is valid for 7 days.",
            "Up to three exports of a workspace run at the same time.",
            "If it runs for more than half an hour, choose Cancel under Exports and start it again.",
        ],
        [
            "A CSV export can have up to 1,000,000 rows, an XLSX export up to 100,000.",
            "PDF exports have a limit of 100 pages.",
            "You can export a dashboard as CSV, XLSX or PDF.",
        ],
    ],
    "usage": [
        [
            "{workspace} uses {used} of {total} seats.",
            "You are using {used} of the {total} seats of {workspace}.",
            "Right now {used} of {total} seats are in use.",
        ],
        [
            "You use {storage} of {room} GB of storage.",
            "{storage} GB of {room} GB of storage are used.",
        ],
        [
            "Open invitations count as seats.",
            "An invitation that was not accepted also uses a seat.",
            "To make room, delete old imports under Data > Files.",
            "When the storage is full, imports stop.",
        ],
    ],
    "locked": [
        [
            "Your account is locked at the moment, after 10 wrong passwords.",
            "Yes, your account is locked after ten wrong passwords.",
        ],
        [
            "The lock ends by itself after 30 minutes.",
            "You can sign in again after 30 minutes.",
            "Each further attempt starts the 30 minutes anew.",
        ],
        [
            "If you cannot wait, an owner or admin can choose Settings > People > your name > Unlock.",
            "If it was not you, please set a new password and turn on two-step sign-in.",
        ],
    ],
    "old": [
        [
            "This payment is more than 30 days old, so I cannot refund it.",
            "I cannot refund this payment because it is more than 30 days old.",
            "Unfortunately I can't refund the payment: it is older than 30 days.",
        ],
        [
            'Reply "person" and a colleague will look at it.',
            "You can ask for a refund within 30 days after a payment.",
            "A payment taken after your subscription had ended is always refunded.",
        ],
    ],
    "trial": [
        [
            "The free trial lasts 14 days and needs no card.",
            "Your trial has all features of the Business plan for 14 days.",
            "The trial ends by itself after two weeks, and you are never charged without choosing a plan.",
        ],
        [
            "A trial can be extended once, by 7 days.",
            "Up to 10 people can join during the trial.",
            "An e-mail reminds the owner 3 days before the end.",
            "After the trial the workspace becomes read-only.",
        ],
    ],
    "hours": [
        [
            "We answer Monday to Friday from 08:00 to 18:00 UTC.",
            "You can reach us by e-mail at support@lumen.example, Monday to Friday, 8 am to 6 pm UTC.",
            "On Business, a person answers within 4 business hours.",
        ],
        [
            "Only Enterprise customers have a telephone number.",
            "On the other plans we do not call.",
            "Messages in German, French and Spanish are welcome too, but may take a day longer.",
        ],
    ],
    "signin": [
        [
            "Two-step sign-in asks for a code from your phone after the password.",
            "It works with every authenticator app; we do not send codes by SMS.",
            "Open Profile > Security > Two-step sign-in and choose Turn on.",
        ],
        [
            "Save the 10 recovery codes in a safe place; each of them works once.",
            "Owners and admins can require it for everyone, and people then have 7 days to set it up.",
            "Without recovery codes, an owner or admin can reset two-step sign-in.",
        ],
    ],
}

# Other languages than that of the sources: numbers, names, ids, links, deeds and promises can be told, the rest not.
ABROAD: dict[str, dict[str, list[list[str]]]] = {
    "de": {
        "double": [
            [
                "Wir haben zwei Zahlungen über {amount} gefunden, am {first} und am {second}.",
                "Sie haben recht: {amount} wurden zweimal abgebucht.",
            ],
            [
                "Ich habe die zweite Zahlung erstattet; die Referenz ist {receipt}.",
                "Die zweite Zahlung wurde erstattet ({receipt}).",
            ],
            [
                "Es dauert 5 bis 10 Werktage, bis der Betrag auf Ihrem Konto ist.",
                "Die Gutschrift erscheint in fünf bis zehn Werktagen.",
            ],
        ],
        "plan": [
            ["Sie haben den Tarif {plan} für {price} im Monat.", "Ihr Tarif ist {plan}, er kostet {price}."],
            ["Er verlängert sich am {renews}."],
        ],
    },
    "fr": {
        "double": [
            [
                "Vous avez été débité deux fois de {amount}, le {first} et le {second}.",
                "Je vois deux paiements de {amount}.",
            ],
            ["J'ai remboursé le deuxième paiement ; la référence est {receipt}."],
            ["Il faut 5 à 10 jours ouvrés pour voir le montant sur votre relevé."],
        ],
        "plan": [["Vous avez l'abonnement {plan} à {price} par mois."], ["Il sera renouvelé le {renews}."]],
    },
    "es": {
        "double": [
            ["Vemos dos pagos de {amount}, del {first} y del {second}."],
            ["He reembolsado el segundo pago; la referencia es {receipt}."],
            ["El importe tarda de 5 a 10 días hábiles en aparecer en su extracto."],
        ],
        "plan": [["Usted tiene el plan {plan} por {price} al mes."], ["Se renueva el {renews}."]],
    },
    "it": {
        "double": [
            ["Vediamo due pagamenti di {amount}, del {first} e del {second}."],
            ["Ho rimborsato il secondo pagamento; il riferimento è {receipt}."],
        ],
        "plan": [["Lei ha il piano {plan} a {price} al mese."], ["Si rinnova il {renews}."]],
    },
    "nl": {
        "double": [
            ["We zien twee betalingen van {amount}, op {first} en op {second}."],
            ["Ik heb de tweede betaling terugbetaald; de referentie is {receipt}."],
        ],
        "plan": [["U hebt het abonnement {plan} voor {price} per maand."], ["Het wordt verlengd op {renews}."]],
    },
}

# By kind: sentences that no source supports, put into a clean reply.
UNTRUE: dict[str, list[str]] = {
    "link": [
        "You can follow it on https://status.lumen-refunds.example/track.",
        "Please confirm it on [our page](https://lumen-help.example/confirm).",
        "See lumenbilling.io for details.",
        "Just write to refunds@lumen-billing.example.",
    ],
    "quantity": [
        "We found three other charges.",
        "A dozen payments are still open.",
        "Your plan has 17 extra seats.",
        "It works in 12 countries.",
        "Two of your last four invoices are open.",
    ],
    "deadline": [
        "You will have it by Friday.",
        "It will arrive tomorrow.",
        "You will hear from us within 24 hours.",
        "The money is back in 3 days.",
        "A colleague will contact you in the next two hours.",
        "de|Das Geld ist bis morgen da.",
        "de|Sie hören binnen 24 Stunden von uns.",
    ],
    "promise": [
        "We will refund the other payments too.",
        "You will receive a voucher.",
        "I guarantee that this will not happen again.",
        "The next month is free of charge.",
        "We are giving you a discount on the next invoice.",
        "We'll make an exception for you.",
        "You will be compensated for the trouble.",
        "I'll upgrade you to Business.",
        "de|Wir erstatten Ihnen auch die anderen Zahlungen.",
        "de|Sie bekommen einen Gutschein.",
        "fr|Nous vous offrons le mois prochain.",
    ],
    "deed": [
        "I have deleted your account.",
        "I've upgraded your plan.",
        "I just emailed your manager.",
        "Your password has been reset.",
        "We have escalated this to our engineers.",
        "I also added a credit to your account.",
        "de|Ich habe Ihr Konto gelöscht.",
        "fr|J'ai supprimé votre compte.",
        "es|He bloqueado su cuenta.",
        "it|Ho aggiornato il suo piano.",
        "nl|Ik heb uw account verwijderd.",
    ],
    "right": [
        "You are entitled to a full refund.",
        "By law you can withdraw from the contract.",
        "Our policy allows refunds of all yearly plans.",
        "You have the right to compensation.",
        "Under EU law we must pay you back.",
        "de|Sie haben Anspruch auf eine volle Erstattung.",
    ],
    "feature": [
        "You can also export dashboards as animated videos.",
        "Lumen can read your handwriting.",
        "The mobile app works offline with voice commands.",
        "Our chatbot translates reports automatically.",
        "Every plan includes a personal consultant.",
        "There is a dark theme for printed reports.",
    ],
    "name": [
        "Anna will call you about it.",
        "Mr. Keller from the finance department is looking into it.",
        "Our legal department has approved this.",
        "Peter Novak will take care of it.",
        "The engineering team will contact you.",
    ],
    "phone": [
        "Call us at +1 555 010 4477.",
        "You can reach us on 0800 123 4567.",
        "Our number is (020) 7946-0991.",
        "de|Rufen Sie uns an: 030 / 9012 3456.",
    ],
    "percent": [
        "You get 15 % off.",
        "Refunds are cut by 12 percent.",
        "We take a fee of 2.5%.",
    ],
    "time": [
        "The payment was taken at 11:47.",
        "We close at 9 pm.",
        "Support starts at 6:30 CET.",
    ],
}

# By scene: sentences of the sources, turned round.
TURNED: dict[str, list[str]] = {
    "double": [
        "A refund does not go to the card of the original payment.",
        "We can send a refund to another card or to a bank account.",
        "All banks show a refund.",
    ],
    "plan": ["Starter can have more than 2 seats.", "Taxes are included in the prices."],
    "cancel": ["Your data is not kept after that.", "Until then nothing works as before."],
    "export": [
        "The link never expires.",
        "You cannot export a dashboard as PDF.",
        "There is no limit for CSV exports.",
    ],
    "usage": ["Open invitations do not count as seats.", "When the storage is full, imports do not stop."],
    "locked": ["The lock does not end by itself.", "An owner or admin cannot unlock you."],
    "old": ["I can refund this payment although it is more than 30 days old."],
    "trial": ["A trial cannot be extended.", "The trial needs a card.", "The trial does not end by itself."],
    "hours": ["We call on all plans.", "Messages in German, French and Spanish are not welcome."],
    "signin": ["We send codes by SMS.", "It does not work with every authenticator app."],
}
