"""Plain, breezy, stiff and foreign hands once more: written before it was measured once."""

OPENINGS = (
    "Morning! Thanks for the heads-up.",
    "Thank you for bringing this to our attention.",
    "Great that you asked.",
    "No drama, here's the situation.",
    "I went over your account a moment ago.",
    "Sorry you had to deal with this.",
    "We acknowledge receipt of your message.",
    "In brief:",
)
CLOSINGS = (
    "Let us know if we can be of more help.",
    "Give me a nudge if it doesn't work.",
    "Have a relaxing weekend!",
    "Thanks again for being with us.",
    "I hope this was of use.",
    "Yours faithfully,",
)

CLEAN: dict[str, list[list[str]]] = {
    "double": [
        [
            "I can see that {amount} left your card on {first} and then again on {second}.",
            "The same {amount} was billed on both {first} and {second}.",
            "We double-billed you: {amount} on {first} plus {amount} on {second}.",
            "There is the payment of {first} and, by mistake, a second one of {second}, each of {amount}.",
        ],
        [
            "That second payment is now refunded (reference: {receipt}).",
            "I have refunded {amount} to you; please note the reference {receipt}.",
            "Your refund has been issued, and {receipt} is the reference for it.",
            "I've sent you the {amount} back, with {receipt} as the reference.",
        ],
        [
            "You'll see it in 5 to 10 business days.",
            "As banks are slow, please reckon with 5 to 10 business days.",
            "On your statement the original payment may simply disappear.",
            "It arrives on the card that you used for paying.",
            "Should it take longer than 10 business days, we can give you the reference for your bank.",
        ],
    ],
    "plan": [
        [
            "You are a {plan} customer and pay {price} every {interval}.",
            "This is your plan: {plan}, {price} a {interval}.",
            "{plan} is what you have, and it's {price} a {interval}.",
            "Your workspace runs on {plan}. The price is {price} per {interval}.",
        ],
        [
            "It next renews on {renews}.",
            "{renews} is when it renews.",
            "The plan gets renewed on {renews}.",
            "You will be billed again on {renews}.",
        ],
        [
            "Yearly billing saves you two months' worth, since a year costs as much as ten months.",
            "You'd have to add tax to that.",
            "The workspace owner may change to yearly billing whenever they like.",
            "Seats beyond those included cost 8.00 USD or 7.50 EUR each per month.",
            "Viewers are counted as seats.",
        ],
    ],
    "cancel": [
        [
            "I've taken care of it: {plan} is cancelled.",
            "Your {plan} subscription is cancelled, as you wished.",
            "Consider {plan} cancelled.",
        ],
        [
            "You still have it until {receipt}, at no further charge.",
            "It remains active up to {receipt} and then it's over.",
            "The last day is {receipt}; we'll charge nothing after that.",
            "Nothing more is going to be charged, and it ends on {receipt}.",
        ],
        [
            "We store your data for 90 more days in case you want to return.",
            "Save your exports before that day, please.",
            "90 days later the data will be deleted permanently.",
            "Afterwards the workspace gets closed.",
        ],
    ],
    "invoice": [
        [
            "I've just had invoice {number} sent to your billing contact again.",
            "{number} from {created} is back in your billing contact's mailbox.",
            "Your billing contact will find invoice {number} ({total}) in the mail.",
            "We sent invoice {number} again.",
        ],
        [
            "All invoices can be downloaded as PDF in Settings > Billing > Invoices.",
            "Do check the spam folder if it doesn't turn up.",
            "The address we send to is the one under Settings > Billing > Contact.",
            "It's possible to name 5 addresses for invoices.",
            "We aren't able to send it to another address.",
        ],
    ],
    "export": [
        [
            "Your {kind} export of {requested} hasn't stopped, it's still at work.",
            "We're still processing the {kind} export from {requested}.",
            "The export ({kind}) you requested on {requested} is running at the moment.",
        ],
        [
            "Five minutes is normal; with 1,000,000 rows it can be 20.",
            "Please cancel it and start over if it isn't done after 30 minutes.",
            "When it's finished, the link is e-mailed to you.",
            "You have 7 days to use the link.",
        ],
        [
            "CSV takes up to 1,000,000 rows.",
            "A PDF can have 100 pages.",
            "For Excel, 100,000 rows is the limit.",
            "Three exports can run in parallel in one workspace.",
            "Try it in several parts if you have too many rows.",
        ],
    ],
    "usage": [
        [
            "You're using {used} seats out of {total} in {workspace}.",
            "{workspace}: {used} of {total} seats taken.",
            "{used} seats are in use in {workspace}; your plan has {total}.",
        ],
        [
            "You've got {storage} GB of your {room} GB of storage in use.",
            "Storage stands at {storage} of {room} GB.",
            "{storage} GB of storage are used out of {room} GB.",
        ],
        [
            "Every open invitation takes a seat, too.",
            "If storage runs out, no more imports are possible, while dashboards and reports stay up.",
            "Old imports can be deleted in Data > Files.",
            "The owner is notified by e-mail at 90 %.",
            "All this is shown in Settings > Usage.",
        ],
    ],
    "locked": [
        [
            "There were 10 wrong passwords, and that locks the account.",
            "You've been locked out after ten wrong passwords.",
            "The reason is 10 wrong passwords in a row.",
        ],
        [
            "After 30 minutes you can get in again.",
            "The account opens by itself in half an hour.",
            "Don't enter the password again before the 30 minutes are up, as this restarts them.",
        ],
        [
            "Your admin can unlock it in Settings > People.",
            "Forgotten it? Choose Forgot password? on the sign-in page.",
            "Was it somebody else? Change your password and turn on two-step sign-in.",
            "We do this so that nobody can guess passwords.",
        ],
    ],
    "old": [
        [
            "This payment can't be refunded any more, as it was more than 30 days ago.",
            "A refund isn't possible after 30 days.",
            "You would have had to ask within 30 days of the payment.",
        ],
        [
            'If you answer "person", one of my colleagues will check it.',
            "One of our people reads every request and replies within 2 business days.",
            "A payment that was taken twice is always paid back.",
            "The rest of a month isn't refunded when you cancel.",
        ],
    ],
    "trial": [
        [
            "You can test Lumen for 14 days with everything in Business, and no card.",
            "Our trial lasts two weeks and is free.",
            "Fourteen days, full Business features, no card required.",
        ],
        [
            "It can be prolonged by 7 days, one time only.",
            "You'll have read-only access when the trial is over.",
            "As many as 10 people may join.",
            "You won't be charged without choosing a plan first.",
            "Ask us for more time before the trial ends.",
        ],
    ],
    "hours": [
        [
            "Monday through Friday, 08:00 to 18:00 UTC, is when our people answer.",
            "We're reachable by chat and e-mail from Monday to Friday, 08:00-18:00 UTC.",
            "Outside these hours the assistant in the chat still answers.",
        ],
        [
            "If you're on Business, a person replies within 4 business hours.",
            "A phone number comes with Enterprise only.",
            "You may write in French, it just might take a day longer.",
            "With Starter, please allow 2 business days.",
        ],
    ],
    "signin": [
        [
            "After your password, we ask for a code from your phone.",
            "You turn it on in Profile > Security > Two-step sign-in.",
            "Codes come from an authenticator app, not by SMS.",
        ],
        [
            "There are 10 recovery codes; each can be used one time.",
            "Without your phone, a recovery code lets you in.",
            "Your admin can reset it if the recovery codes are lost.",
            "It can be made a requirement for all people in the workspace.",
        ],
    ],
}

ABROAD: dict[str, dict[str, list[list[str]]]] = {
    "de": {
        "double": [
            ["Ihnen wurden {amount} am {first} und erneut am {second} berechnet."],
            ["Ich habe Ihnen die zweite Zahlung erstattet ({receipt})."],
        ],
        "plan": [["Ihr Tarif ist {plan}, er kostet {price} im Monat."], ["Die Verlängerung ist am {renews}."]],
    },
    "es": {
        "plan": [["Usted tiene el plan {plan} por {price} al mes."], ["La renovación es el {renews}."]],
    },
    "sv": {
        "plan": [["Du har planen {plan} för {price} i månaden."], ["Den förnyas den {renews}."]],
    },
}

UNTRUE: dict[str, list[str]] = {
    "link": ["Please sign at forms.lumen-legal.example.org.", "You can mail security@lumen-trust.example."],
    "quantity": ["Eleven reports were lost.", "You have 19 guests in your workspace.", "de|Es fehlen 23 Dateien."],
    "deadline": [
        "You'll hear back from me tomorrow.",
        "The repair takes until next Wednesday.",
        "We'll be done in 90 seconds.",
    ],
    "promise": [
        "We'll give you a discount next time.",
        "I'm going to refund the other months, too.",
        "You'll receive a voucher from us.",
        "We will upgrade you at no cost.",
        "de|Wir übernehmen die Bankgebühren für Sie.",
    ],
    "deed": [
        "I've merged your two workspaces.",
        "We've removed Anna from your team.",
        "I already changed your billing address.",
        "Our team has restored your files.",
        "I've forwarded this to the developers.",
        "fr|J'ai modifié votre abonnement.",
    ],
    "right": [
        "You have the right to a replacement.",
        "By law you may withdraw within 14 days.",
        "We guarantee 99 % uptime.",
    ],
    "feature": [
        "You can chat with your charts in Japanese.",
        "Lumen has an app for smart watches.",
        "Your dashboards can be turned into songs.",
        "There is a plugin for WordPress.",
    ],
    "name": ["Please ask for Valentina.", "Ms. Okafor has looked into it.", "Our tax department confirmed this."],
    "phone": ["Call 01632 960 077.", "You can fax us at +49 89 5550 0199.", "My direct line is 415-555-0133."],
    "percent": ["You pay 8% less now.", "That is true for 45 percent of our users."],
    "time": ["Your last sign-in was at 5:18 am.", "The next window is at 02:15 UTC."],
}

TURNED: dict[str, list[str]] = {
    "double": ["You can have it sent to any card.", "Every bank shows a refund.", "You must send a bank statement."],
    "plan": ["Tax is part of the price.", "Viewers need no seat.", "A year costs more than paying monthly."],
    "cancel": ["Everything ends today.", "We delete your data at once.", "You can't return later."],
    "invoice": ["Invoices can go to every address.", "All users see the invoices.", "You can't download them as PDF."],
    "export": ["The link is valid forever.", "There's no limit on PDF pages.", "Only owners can export a dashboard."],
    "usage": ["Open invitations are not counted.", "Imports continue when storage is full."],
    "locked": ["The lock never ends by itself.", "Only we can unlock you.", "Another try does no harm."],
    "old": ["Payments of any age can be refunded.", "There is no time limit for refunds."],
    "trial": ["You need a card for it.", "The trial cannot be extended.", "It costs something when it ends."],
    "hours": ["Anybody can call us.", "We also answer on Sundays.", "You can only write in English."],
    "signin": ["We send the codes by SMS.", "A recovery code works many times.", "Nobody can make it mandatory."],
}
