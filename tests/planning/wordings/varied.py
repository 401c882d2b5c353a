"""Wordings in many tempers, from clipped to chatty: the review was tuned on them."""

OPENINGS = (
    "Good to hear from you!",
    "That's a fair point.",
    "Thanks for your patience while I checked this.",
    "I get why this looks odd.",
    "Happy to shed some light on this.",
    "I totally get the frustration.",
    "We hear you.",
    "To answer your question:",
    "I had a quick look into your account and can tell you more.",
)
CLOSINGS = (
    "Any other questions, just ask.",
    "Is there anything else you'd like to know?",
    "Hopefully that makes sense!",
    "Speak soon!",
    "We're only a message away.",
    "Thanks again for your understanding.",
    "If you need more details, I'm right here.",
    "I hope that puts your mind at rest.",
)

CLEAN: dict[str, list[list[str]]] = {
    "double": [
        [
            "You paid {amount} on {first}, and the very same amount was debited once more on {second}.",
            "The second debit, on {second}, was our mistake.",
            "One of the payments, namely the {amount} from {second}, is superfluous.",
        ],
        [
            "It has already gone back to you, and the reference number is {receipt}.",
            "I issued a refund for {charge}.",
            "You've got the {amount} back: the refund carries the reference {receipt}.",
        ],
        [
            "How fast it shows depends on your bank; as a rule it's 5 to 10 business days.",
            "On some statements the initial payment just vanishes and no credit is listed.",
            "A new card is no obstacle, since the bank transfers the amount to it.",
            "In your own billing settings it's marked as Refunded from day one.",
            "Bank accounts and other cards can't be used for a refund.",
        ],
    ],
    "plan": [
        [
            "The plan in force is {plan}. It costs {price} a {interval}.",
            "Your team works on the {plan} plan and gets invoiced {price} per {interval}.",
        ],
        ["A new period begins on {renews}.", "Your renewal date is {renews}.", "We'll bill you next on {renews}."],
        [
            "Should you prefer to pay annually, you effectively save the price of some months: you pay for 10.",
            "Viewers need a seat as well, just like everybody else with access.",
            "Your data gets refreshed hourly on Team and every 15 minutes on Business.",
            "If you cancel a yearly plan early, the unused months aren't paid back.",
            "An e-mail goes out a week ahead of every yearly renewal.",
            "Prices don't include tax and are charged for each workspace.",
        ],
    ],
    "cancel": [
        [
            "As you wished, {plan} has been terminated.",
            "Your request to cancel {plan} is complete.",
        ],
        [
            "Access continues through {receipt}.",
            "{receipt} is the final day, and there won't be another charge.",
        ],
        [
            "Within 90 days you may return whenever you like and find your data untouched.",
            "When those 90 days are up, it's gone for good.",
            "Make sure to take a copy of the data you need beforehand.",
            "Up to that point, nothing about your workspace changes.",
        ],
    ],
    "invoice": [
        [
            "A copy of {number} has gone out to your billing contact.",
            "I've e-mailed the invoice from {created} once more; its number is {number}.",
        ],
        [
            "Every invoice is also there to download as a PDF under Settings > Billing > Invoices.",
            "In case it doesn't turn up, have a look in the spam folder.",
            "We're not able to mail it to a different address.",
            "Owners and admins have access to all past invoices.",
        ],
    ],
    "export": [
        [
            "The {kind} export is underway; you requested it on {requested}.",
            "We've not finished your {kind} export of {requested} yet.",
        ],
        [
            "Patience of five minutes usually suffices, whereas huge exports may take up to 20.",
            "Should it hang for over 30 minutes, abort it and launch it anew.",
            "When it's complete, we mail you the link.",
            "You can fetch the file for a week.",
            "With three exports running, a fourth must wait its turn.",
        ],
        [
            "A million rows is the ceiling for CSV, and a hundred thousand for XLSX.",
            "If your data source doesn't respond, try once more after 15 minutes.",
            "If garbled characters bother you in Excel, XLSX is the better format.",
        ],
    ],
    "usage": [
        [
            "So far {used} seats are occupied in {workspace}; the plan comes with {total}.",
            "{workspace}: {used} of {total} seats taken.",
        ],
        ["{storage} GB out of {room} GB are full."],
        [
            "An unanswered invitation holds a seat for 7 days, then it lapses.",
            "A full storage only blocks new imports; your reports aren't affected.",
            "Freed space is visible an hour after you've deleted the imports.",
            "Upgrading to a bigger plan gives you more storage.",
        ],
    ],
    "locked": [
        [
            "Somebody mistyped the password ten times, which is why you're locked out.",
            "It's a safety measure: 10 bad passwords and the account is blocked for half an hour.",
        ],
        [
            "Once the half hour is up, just sign in as normal.",
            "Trying again too early makes you wait the full 30 minutes from scratch.",
            "The block is lifted by itself.",
        ],
        [
            "Your admin has the power to unlock you, via Settings > People.",
            "Forgotten the password? Set a new one with the Forgot password? link.",
            "Suspect somebody else? Then a new password and two-step sign-in are a wise step.",
        ],
    ],
    "old": [
        [
            "The payment is too far in the past: refunds end after 30 days.",
            "I can't pay it back because it was made longer than 30 days ago.",
        ],
        [
            'Answer with "person" to have it checked by a human.',
            "To avoid more charges, you can cancel any time you want.",
            "We do pay back duplicates, whichever way.",
        ],
    ],
    "trial": [
        [
            "For 14 days you can explore all that Business offers without giving us a card.",
            "There's nothing to pay during the trial, which lasts 14 days.",
        ],
        [
            "If two weeks aren't enough, we can prolong it a single time by 7 days.",
            "You needn't do anything, because it simply runs out.",
            "Afterwards you have 90 days to pick a plan before your data is erased.",
            "Invite up to ten people if you like.",
        ],
    ],
    "hours": [
        [
            "We're at our desks Monday to Friday, 8:00 to 18:00 UTC.",
            "Outside these hours, the chat assistant will respond to you.",
        ],
        [
            "As a Business customer you'll get a human answer in at most 4 business hours.",
            "Calls are available to Enterprise customers only.",
            "If you prefer Spanish, go ahead; just allow an additional day.",
        ],
    ],
    "signin": [
        [
            "On top of your password you type in a code shown on your phone.",
            "Scan the picture using whichever authenticator app you have, then type the six digits it displays.",
        ],
        [
            "A recovery code can't be used a second time.",
            "Without your phone, a recovery code is the way in.",
            "Owners who lose everything should write to us, and we'll verify who they are within 2 business days.",
            "Text messages aren't supported for this.",
        ],
    ],
}

ABROAD: dict[str, dict[str, list[list[str]]]] = {
    "de": {
        "double": [
            ["Am {second} haben wir Ihnen {amount} ein zweites Mal berechnet, nach dem {first}."],
            ["Das Geld ist wieder auf dem Weg zu Ihrer Karte, Referenz {receipt}."],
        ],
        "plan": [["Aktuell gilt für Sie der Tarif {plan} für {price} monatlich."], ["Er verlängert sich am {renews}."]],
    },
    "fr": {
        "plan": [["Vous utilisez l'offre {plan} pour {price} mensuels."], ["Elle se renouvelle le {renews}."]],
    },
    "es": {
        "plan": [["Su plan es {plan} y paga {price} cada mes."], ["Se renueva el {renews}."]],
    },
}

UNTRUE: dict[str, list[str]] = {
    "link": ["Details are on https://trust.lumen-data.example/faq.", "Mail it to claims@lumen.example.org."],
    "quantity": ["We found eighteen duplicate rows.", "Your workspace has 27 open tickets.", "There are 13 admins."],
    "deadline": [
        "Expect the money on Friday.",
        "We'll be done within 36 hours.",
        "It'll be sorted this evening.",
        "fr|Ce sera fait d'ici une heure.",
    ],
    "promise": [
        "We'll refund the other payment, too.",
        "I'll make sure you get three months free.",
        "You'll get a voucher from us.",
        "We're going to halve your price.",
        "de|Wir schenken Ihnen die nächste Rechnung.",
    ],
    "deed": [
        "I've raised your storage limit.",
        "We restored your deleted dashboards.",
        "I have merged both accounts.",
        "Your subscription was upgraded.",
        "es|He eliminado su tarjeta.",
    ],
    "right": [
        "You have a legal right to a replacement.",
        "Our policy guarantees a reply in ten minutes.",
        "The law gives you a free withdrawal.",
    ],
    "feature": [
        "Dashboards can be exported as PowerPoint slides.",
        "You can pay with cryptocurrency.",
        "Seats can be shared between several people.",
        "The chat assistant can also change your plan.",
        "Invoices come in Latin as well.",
        "Exports can be scheduled by text message.",
    ],
    "name": ["Marcus from billing confirmed it.", "Our compliance team signed it off.", "Please ask for Ms. Okafor."],
    "phone": ["Dial +49 89 5550 1200.", "Our fax number is 020 7946 0991."],
    "percent": ["That's a third, or 33 %, less.", "Your usage rose by 12 percent."],
    "time": ["You paid at 11:42.", "The office closes at 8 pm."],
}

TURNED: dict[str, list[str]] = {
    "double": [
        "We refund to any bank account.",
        "The refund is never shown by a bank.",
        "We can't find out which payment is the later one.",
    ],
    "plan": [
        "A year costs more than ten months.",
        "Viewers are free.",
        "You can switch to monthly at once, in the middle of the year.",
    ],
    "cancel": [
        "The subscription ends at once.",
        "You can never come back.",
        "Only we can cancel, not you.",
    ],
    "invoice": ["Invoices go to all members.", "You can't download old invoices."],
    "export": ["Only owners can export.", "Exports never fail.", "There's no limit on rows."],
    "usage": ["Only accepted invitations count.", "A full storage has no effect on imports."],
    "locked": ["Further attempts do no harm.", "The lock is permanent."],
    "old": ["Old payments are refunded as well.", "Duplicates are never refunded."],
    "trial": ["You need a card to begin.", "You're charged when it ends.", "The trial can't be extended."],
    "hours": ["We work on Sundays as well.", "Anyone can phone us."],
    "signin": ["A recovery code works again and again.", "SMS codes are available."],
}
