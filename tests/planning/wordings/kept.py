"""The half of the wordings that was kept back at first: the review was tuned on it in the end."""

OPENINGS = (
    "Thanks for reaching out.",
    "Sorry about this!",
    "That must have been frustrating.",
    "Happy to help.",
    "Thank you for your message and for waiting.",
    "I had a look at your account.",
    "We're sorry to hear that.",
    "Let me explain.",
)
CLOSINGS = (
    "Feel free to write again whenever you need something.",
    "Does that answer your question?",
    "If anything else comes up, we are here for you.",
    "All the best!",
    "Could you tell us which browser you use?",
    "I hope this helps.",
)

CLEAN: dict[str, list[list[str]]] = {
    "double": [
        [
            "There are indeed 2 payments of {amount} on your account, from {first} and {second}.",
            "Looking at your payments, I found that {amount} was charged on {first} and once more on {second}.",
            "It looks like the {second} charge of {amount} is a duplicate.",
            "We took {amount} twice by mistake.",
            "The same amount, {amount}, was taken on both {first} and {second}.",
        ],
        [
            "That second charge is now refunded (reference: {receipt}).",
            "I have already refunded the duplicate; your reference is {receipt}.",
            "So I've refunded {amount} to the card you paid with.",
            "The duplicate payment {charge} has just been refunded.",
        ],
        [
            "Refunds normally take between 5 and 10 business days to show up on a statement.",
            "You should see it on your statement in 5 to 10 business days.",
            "Depending on your bank, that can take five to ten business days.",
            "We cannot send the refund to another card.",
            "If it is not there after 10 business days, ask us for the reference and give it to your bank.",
        ],
    ],
    "plan": [
        [
            "Right now you're on {plan}, billed at {price} every {interval}.",
            "Your workspace has the {plan} plan. It costs {price} each {interval}.",
            "{plan} is your plan, and the price is {price} per {interval}.",
        ],
        [
            "Your next renewal date is {renews}.",
            "The plan is going to renew on {renews}.",
            "Renewal: {renews}.",
            "The subscription is active and the next payment follows on {renews}.",
        ],
        [
            "If you pay by the year, you pay for ten months only.",
            "Extra seats on Team and Business are $8.00 per month each.",
            "Taxes come on top of these prices.",
            "Every workspace on Starter includes 2 seats and 10 GB of storage.",
            "With Starter it is not possible to have more than 2 seats.",
        ],
    ],
    "cancel": [
        [
            "Your {plan} plan is cancelled now.",
            "As you asked, I have cancelled the {plan} subscription.",
            "I cancelled your subscription to {plan}.",
        ],
        [
            "You can use everything as before until {receipt}.",
            "Your subscription runs until {receipt}; after that there will be no further charges.",
            "It ends on {receipt}.",
        ],
        [
            "Afterwards your data stays with us for ninety days.",
            "Your data will be kept for another 90 days, then it is deleted for good.",
            "Don't forget to export your data before that.",
            "If you change your mind, you can return within the 90 days.",
        ],
    ],
    "invoice": [
        [
            "Invoice {number} is on its way: I have sent it to your billing contact.",
            "I resent the invoice {number}, dated {created}, for {total}.",
            "We've sent you {number} once more, the invoice over {total}.",
        ],
        [
            "All other invoices can be found in Settings > Billing > Invoices.",
            "You can download every invoice yourself: go to Settings > Billing > Invoices.",
        ],
    ],
    "export": [
        [
            "The {kind} export you requested on {requested} has not finished yet; it is running.",
            "Your export ({kind}, {requested}) is currently running.",
            "I can see one export of yours: {kind}, requested on {requested}, status running.",
        ],
        [
            "Normally an export takes less than five minutes.",
            "Very large exports with a million rows may need 20 minutes.",
            "You will get an e-mail with the link when it is finished.",
            "After 7 days the link is no longer valid and you have to start the export again.",
            "Only 3 exports per workspace run at once, the others wait in the queue.",
            "Should it run longer than 30 minutes, please cancel it under Exports and start again.",
        ],
        [
            "The limit is 1,000,000 rows for CSV and 100,000 rows for XLSX.",
            "A PDF cannot have more than 100 pages.",
            "Dashboards can be exported as CSV, XLSX and PDF.",
        ],
    ],
    "usage": [
        [
            "In {workspace}, {used} seats out of {total} are taken.",
            "Your workspace {workspace} has {total} seats, of which {used} are used.",
            "Seats: {used} of {total}.",
        ],
        [
            "As for storage, {storage} GB out of {room} GB are in use.",
            "Your storage stands at {storage} of {room} GB.",
        ],
        [
            "Please note that open invitations use a seat, too.",
            "Imports stop once the storage is full.",
            "You can free up storage by deleting old imports in Data > Files.",
            "Pending invitations also count as seats.",
        ],
    ],
    "locked": [
        [
            "Too many wrong passwords were entered (10), and that is why your account is locked.",
            "I checked, and your account is indeed locked right now.",
        ],
        [
            "Just wait for 30 minutes, then the lock ends on its own.",
            "It unlocks automatically after half an hour.",
            "Trying again before that restarts the 30 minutes.",
        ],
        [
            "An admin or the owner of your workspace can also unlock you under Settings > People.",
            "Was it not you who tried? Then change your password and turn on two-step sign-in.",
        ],
    ],
    "old": [
        [
            "We aren't able to refund this payment, as it was made over 30 days ago.",
            "A refund is not possible here: the payment is more than 30 days old.",
            "Sorry, payments older than 30 days are not refunded.",
        ],
        [
            'If you would like a colleague to look at it, just answer with "person".',
            "Refunds can be requested up to 30 days after the payment.",
            "We always refund duplicates, that is the same payment taken twice within 72 hours.",
        ],
    ],
    "trial": [
        [
            "You can try Lumen free for 14 days without a card.",
            "During the 14-day trial you have every feature of the Business plan.",
            "No card is needed for the trial, and it simply ends after 14 days.",
        ],
        [
            "We can extend a trial one time, by 7 days; please ask before it ends.",
            "Ten people at most can join the trial.",
            "Three days before it ends, the owner receives a reminder by e-mail.",
            "Once the trial is over, your workspace is read-only until you choose a plan.",
        ],
    ],
    "hours": [
        [
            "Our support is there from Monday to Friday between 08:00 and 18:00 UTC.",
            "Support hours are 8am-6pm UTC on weekdays, Monday to Friday.",
            "As a Business customer you get a first answer from a person within four business hours.",
        ],
        [
            "There is a telephone number for Enterprise customers only.",
            "Telephone support is not offered on the other plans.",
            "You are welcome to write in French, but an answer may take one day longer.",
        ],
    ],
    "signin": [
        [
            "With two-step sign-in you enter your password and then a code from your phone.",
            "Any authenticator app works, but codes are not sent by SMS.",
            "To turn it on, go to Profile > Security > Two-step sign-in and scan the picture with your app.",
        ],
        [
            "Keep the ten recovery codes somewhere safe. Each one works only once.",
            "Admins can make it required for the whole workspace under Settings > Security.",
            "If you lost your phone, sign in with a recovery code.",
        ],
    ],
}

ABROAD: dict[str, dict[str, list[list[str]]]] = {
    "de": {
        "double": [
            [
                "Auf Ihrem Konto sehe ich 2 Abbuchungen von {amount}.",
                "Am {second} wurde {amount} ein zweites Mal eingezogen.",
            ],
            [
                "Den zweiten Betrag haben wir bereits zurückerstattet (Referenz {receipt}).",
                "Ich habe Ihnen {amount} erstattet.",
            ],
            ["Bitte rechnen Sie mit 5-10 Arbeitstagen.", "Bis zur Gutschrift vergehen 5 bis 10 Werktage."],
        ],
        "plan": [
            ["Aktuell nutzen Sie {plan} zum Preis von {price} monatlich."],
            ["Die nächste Verlängerung ist am {renews}."],
        ],
    },
    "fr": {
        "double": [
            ["Le paiement de {amount} du {second} fait double emploi avec celui du {first}."],
            ["Nous avons remboursé le second paiement (référence {receipt})."],
            ["Cela prend entre cinq et dix jours ouvrables."],
        ],
        "plan": [["Votre offre actuelle est {plan}, au prix de {price}."], ["Prochain renouvellement : {renews}."]],
    },
    "es": {
        "double": [
            ["Se han cobrado {amount} dos veces: el {first} y el {second}."],
            ["Ya hemos devuelto el segundo cargo ({receipt})."],
            ["Puede tardar entre cinco y diez días laborables."],
        ],
        "plan": [["Su plan actual es {plan} y cuesta {price} mensuales."], ["La próxima renovación es el {renews}."]],
    },
    "it": {
        "double": [
            ["Il pagamento di {amount} del {second} è un doppione."],
            ["Abbiamo rimborsato {amount} sulla stessa carta ({receipt})."],
        ],
        "plan": [["Il suo piano attuale è {plan}, al prezzo di {price}."], ["Il prossimo rinnovo è il {renews}."]],
    },
    "pt": {
        "double": [
            ["Vemos dois pagamentos de {amount}, de {first} e de {second}."],
            ["Reembolsámos o segundo pagamento; a referência é {receipt}."],
        ],
        "plan": [["O seu plano é {plan} e custa {price} por mês."], ["Será renovado em {renews}."]],
    },
    "nl": {
        "double": [
            ["Er is twee keer {amount} afgeschreven, op {first} en {second}."],
            ["We hebben de tweede betaling teruggestort ({receipt})."],
        ],
        "plan": [["Uw huidige abonnement is {plan} en kost {price}."], ["De volgende verlenging is op {renews}."]],
    },
    "pl": {
        "double": [
            ["Widzimy dwie płatności na kwotę {amount}, z {first} i {second}."],
            ["Zwróciliśmy drugą płatność; numer referencyjny to {receipt}."],
        ],
        "plan": [["Mają Państwo plan {plan} za {price} miesięcznie."], ["Odnowi się {renews}."]],
    },
    "da": {
        "double": [
            ["Vi kan se to betalinger på {amount}, den {first} og den {second}."],
            ["Jeg har refunderet den anden betaling; referencen er {receipt}."],
        ],
        "plan": [["Du har {plan} for {price} om måneden."], ["Det fornyes den {renews}."]],
    },
    "sv": {
        "double": [
            ["Vi ser två betalningar på {amount}, den {first} och den {second}."],
            ["Jag har återbetalat den andra betalningen; referensen är {receipt}."],
        ],
        "plan": [["Du har {plan} för {price} i månaden."], ["Det förnyas den {renews}."]],
    },
}

UNTRUE: dict[str, list[str]] = {
    "link": [
        "Fill in the form at https://forms.lumen-care.example/r/77.",
        "Everything is explained [here](http://lumen.refund-center.org).",
        "Go to www.lumen-support.net and sign in.",
        "My address is anna.berg@lumen.example.",
    ],
    "quantity": [
        "There are four more payments like this.",
        "You still have half a dozen open invoices.",
        "You may invite 35 more people.",
        "You were charged thrice.",
        "Seven exports are waiting.",
    ],
    "deadline": [
        "Expect the money before the weekend.",
        "You can count on it next week.",
        "This will be settled in 48 hours.",
        "We'll get back to you today.",
        "It should be there by the end of the month.",
        "You will have an answer in a few minutes.",
        "de|Übermorgen ist alles erledigt.",
        "fr|Vous aurez l'argent sous 24 heures.",
    ],
    "promise": [
        "We are going to pay back all earlier charges as well.",
        "You'll get a gift card from us.",
        "I promise that you will never pay twice again.",
        "You don't have to pay for December.",
        "As a goodwill gesture, your next invoice is on us.",
        "For you we can waive the fee.",
        "We will credit your account with the difference.",
        "I will personally make sure that it is fixed.",
        "de|Ich verspreche Ihnen, dass das nicht wieder vorkommt.",
        "de|Der nächste Monat ist kostenlos.",
        "es|Le devolveremos todos los pagos.",
        "it|Riceverà uno sconto.",
    ],
    "deed": [
        "I've gone ahead and closed your workspace.",
        "We removed all your users.",
        "Your e-mail address was changed.",
        "I opened a ticket with the bank.",
        "I've spoken to your bank about it.",
        "Our team has been notified.",
        "Your seats have been doubled.",
        "de|Wir haben Ihr Passwort zurückgesetzt.",
        "fr|Nous avons changé votre adresse.",
        "es|Hemos eliminado su cuenta.",
        "it|Abbiamo chiuso il suo account.",
        "da|Jeg har slettet din konto.",
        "pl|Usunęliśmy Twoje konto.",
    ],
    "right": [
        "Legally, we owe you the whole year.",
        "As a consumer you have a 14-day right of withdrawal.",
        "According to our terms, you may claim damages.",
        "Company policy is to match any competitor's price.",
        "You qualify for a loyalty bonus.",
        "fr|Vous avez droit à un remboursement complet.",
    ],
    "feature": [
        "You can schedule reports by fax, too.",
        "The new forecasting wizard predicts your revenue.",
        "Dashboards can be printed on canvas.",
        "Lumen encrypts invoices with quantum keys.",
        "Our desktop client synchronises spreadsheets in the background.",
        "A built-in editor lets you record podcasts.",
    ],
    "name": [
        "Sarah from billing will look at it.",
        "I am forwarding you to Dr. Weber.",
        "Our data protection officer has signed this off.",
        "Your case is now with Miguel.",
        "The compliance department will review it.",
    ],
    "phone": [
        "Our hotline is 1-888-555-0142.",
        "Text us at +49 30 901820.",
        "Phone: 01632 960 983.",
        "fr|Appelez-nous au 01 99 00 12 34.",
    ],
    "percent": [
        "Your price goes down by twenty percent.",
        "There is a 7% charge for that.",
        "99.99 % of refunds arrive.",
    ],
    "time": [
        "It happened at 3:15 in the night.",
        "Our office opens at 7 o'clock.",
        "Please be online at 14:45 EST.",
    ],
}

TURNED: dict[str, list[str]] = {
    "double": [
        "The refund can be paid to a bank account.",
        "Refunds are not sent to the card you paid with.",
        "With the reference your bank cannot find the payment.",
    ],
    "plan": ["Viewers do not use a seat.", "You can add seats on Starter, more than 2 are possible."],
    "cancel": ["Nothing is deleted after that.", "You cannot come back in these 90 days."],
    "export": ["The link is not sent by e-mail.", "XLSX has no limit.", "Exports do not run at the same time."],
    "usage": ["Imports continue when the storage is full.", "An invitation that was not accepted does not use a seat."],
    "locked": ["Further attempts do not start the time anew.", "Only we can unlock you, not your admin."],
    "old": ["Payments more than 30 days old are refunded."],
    "trial": [
        "You are charged automatically after the trial.",
        "The trial does not have all features.",
        "No e-mail reminds the owner.",
    ],
    "hours": ["Everyone gets a telephone number.", "Nobody answers on Monday."],
    "signin": ["Recovery codes work more than once.", "Owners cannot require it for everyone."],
}
