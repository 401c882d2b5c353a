"""Wordings that were written when the review stood: it was tuned on them afterwards."""

OPENINGS = (
    "Thank you for contacting Lumen support.",
    "I'm really sorry for the confusion this has caused.",
    "Thanks for flagging this.",
    "Absolutely, I can help with that.",
    "I appreciate you bringing this up.",
    "I've gone through your account details.",
)
CLOSINGS = (
    "Let me know if there's anything else you need.",
    "Would you like me to explain any of this in more detail?",
    "Thanks again for your understanding.",
    "Take care!",
    "Hope that clears things up.",
)

CLEAN: dict[str, list[list[str]]] = {
    "double": [
        [
            "I can confirm that you were billed twice for the same amount, {amount}: first on {first}, then"
            " again on {second}.",
            "Your card was debited {amount} on {first}, and the identical amount was debited again on {second}.",
            "The transaction from {second} over {amount} should not have happened, since you had already"
            " paid on {first}.",
            "After reviewing your payment history, I see a duplicate charge of {amount} dated {second}.",
        ],
        [
            "To fix this, I've refunded the duplicate charge. Your refund reference is {receipt}.",
            "The extra payment of {amount} has been refunded in full to your original card (reference {receipt}).",
            "I've issued no new invoice; I have simply refunded {amount}.",
            "I have now refunded the later of the two payments, {charge}.",
        ],
        [
            "Banks usually need 5 to 10 business days to post a refund, so it may not show up right now.",
            "Keep an eye on your statement over the next 5-10 business days.",
            "In some cases your bank will simply remove the original payment from the statement instead of"
            " listing a refund.",
            "If the refund hasn't arrived after 10 business days, get in touch with us and we'll give you"
            " the reference for your bank.",
        ],
    ],
    "plan": [
        [
            "You're currently subscribed to the {plan} plan at {price} per {interval}.",
            "Looking at your subscription, you have {plan}, which is {price} a {interval}.",
        ],
        [
            "It's set to renew on {renews}.",
            "Your next billing date is {renews}.",
            "Unless you cancel, it will be renewed on {renews}.",
        ],
        [
            "Please note that taxes are not included in the price.",
            "Switching to yearly billing would save you money: you'd only pay for ten months.",
            "The Starter plan comes with two seats, and additional seats can't be added to it.",
            "If you need more people, extra seats cost $8.00 a month on the Team and Business plans.",
        ],
    ],
    "cancel": [
        [
            "I've gone ahead and cancelled your {plan} subscription.",
            "Your {plan} subscription is now cancelled, just as you requested.",
        ],
        [
            "You'll keep full access until {receipt}, and you won't be billed after that.",
            "The cancellation takes effect on {receipt}; no more payments will be taken.",
        ],
        [
            "We'll hold on to your data for 90 days in case you'd like to come back.",
            "Once those 90 days have passed, your data is permanently deleted.",
            "I'd recommend exporting anything you want to keep before then.",
        ],
    ],
    "invoice": [
        [
            "I've just sent invoice {number} for {total} to the billing contact on your account.",
            "A copy of invoice {number} (dated {created}) has been emailed to your billing contact.",
        ],
        [
            "For future reference, all your invoices are available under Settings > Billing > Invoices.",
            "Past invoices can be downloaded at any time from Settings > Billing > Invoices.",
        ],
    ],
    "export": [
        [
            "I checked, and the {kind} export you started on {requested} is still in progress.",
            "Your {kind} export from {requested} is still being processed.",
        ],
        [
            "Most exports complete in under 5 minutes, though larger ones with around 1,000,000 rows can"
            " take 20 minutes.",
            "As soon as it's ready, you'll receive an email containing the download link.",
            "If it hasn't finished after 30 minutes, go to Exports, choose Cancel, and start it again.",
            "Keep in mind that a workspace can only run three exports simultaneously.",
        ],
        [
            "For reference, CSV files are limited to 1,000,000 rows while XLSX files can hold 100,000.",
            "The download link stays valid for 7 days.",
            "PDF exports are capped at 100 pages.",
        ],
    ],
    "usage": [
        [
            "{workspace} is currently using {used} of its {total} seats.",
            "At the moment, {used} out of {total} seats are occupied.",
        ],
        [
            "Storage-wise, you've used {storage} GB of your {room} GB allowance.",
            "You've used {storage} GB of the {room} GB included.",
        ],
        [
            "Bear in mind that invitations which haven't been accepted yet also take up a seat.",
            "If you run out of storage, imports will stop working.",
            "To free up some space, you can delete old imports from Data > Files.",
        ],
    ],
    "locked": [
        [
            "It looks like your account got locked because the wrong password was entered 10 times.",
            "Your account is currently locked due to 10 failed password attempts.",
        ],
        [
            "It will unlock by itself in 30 minutes.",
            "Please wait 30 minutes before trying again, because every new attempt resets the timer.",
        ],
        [
            "If you're in a hurry, ask an owner or admin of your workspace to go to Settings > People and"
            " choose Unlock next to your name.",
            "If you don't recognise these attempts, I'd suggest changing your password and enabling two-step sign-in.",
        ],
    ],
    "old": [
        [
            "Unfortunately, since this payment was made more than 30 days ago, I'm unable to refund it.",
            "I'm afraid this payment falls outside our 30-day refund window, so it can't be refunded.",
        ],
        [
            'If you\'d like a person to review this, please reply with "person".',
            "Refund requests need to be made within 30 days of the payment.",
        ],
    ],
    "trial": [
        [
            "The trial is free, runs for 14 days, and doesn't require a card.",
            "You get access to all Business features during the 14-day trial.",
        ],
        [
            "If you need more time, we can extend the trial once by another 7 days.",
            "When the trial ends, your workspace switches to read-only mode.",
            "You won't be charged unless you choose a plan.",
        ],
    ],
    "hours": [
        [
            "Our team is available Monday through Friday, 08:00 to 18:00 UTC.",
            "You can email us at support@lumen.example or use the chat in the bottom right corner of the app.",
        ],
        [
            "Phone support is available to Enterprise customers only.",
            "Feel free to write to us in German, French or Spanish, although a reply may take a day longer.",
        ],
    ],
    "signin": [
        [
            "Once enabled, you'll be asked for a code from your phone every time you sign in with your password.",
            "You can use any authenticator app you like; we don't send codes via SMS.",
        ],
        [
            "Make sure to store your 10 recovery codes somewhere safe, as each one can only be used once.",
            "If an owner or admin requires it for everyone, people have 7 days to set it up.",
        ],
    ],
}

ABROAD: dict[str, dict[str, list[list[str]]]] = {
    "de": {
        "double": [
            ["Ich habe Ihr Konto geprüft: Die Abbuchung vom {second} über {amount} ist doppelt."],
            ["Diese Zahlung habe ich Ihnen soeben erstattet. Ihre Referenznummer lautet {receipt}."],
            ["Je nach Bank kann es fünf bis zehn Werktage dauern, bis Sie die Gutschrift sehen."],
        ],
        "plan": [
            ["Sie nutzen derzeit den Tarif {plan} zu {price} pro Monat."],
            ["Ihr Abonnement verlängert sich am {renews} automatisch."],
        ],
    },
    "fr": {
        "double": [
            ["Après vérification, votre carte a bien été débitée deux fois de {amount}, le {first} puis le {second}."],
            ["Je viens de vérifier et j'ai remboursé le paiement en double (référence : {receipt})."],
            ["Comptez 5 à 10 jours ouvrés avant de voir apparaître le remboursement."],
        ],
        "plan": [
            ["Vous disposez actuellement du forfait {plan} à {price} par mois."],
            ["Le prochain renouvellement aura lieu le {renews}."],
        ],
    },
    "es": {
        "double": [
            ["He revisado su cuenta y veo que se le cobró {amount} dos veces: el {first} y el {second}."],
            ["Ya he reembolsado el cargo duplicado con la referencia {receipt}."],
            ["Su banco puede tardar entre 5 y 10 días hábiles en mostrarlo."],
        ],
        "plan": [
            ["Actualmente tiene contratado el plan {plan} por {price} al mes."],
            ["Su suscripción se renovará el {renews}."],
        ],
    },
    "it": {
        "double": [
            [
                "Ho controllato il suo account: l'importo di {amount} è stato addebitato due volte, il {first} e"
                " il {second}."
            ],
            ["Ho appena rimborsato il secondo addebito; il codice di riferimento è {receipt}."],
        ],
        "plan": [
            ["Attualmente ha il piano {plan}, che costa {price} al mese."],
            ["L'abbonamento si rinnoverà il {renews}."],
        ],
    },
    "nl": {
        "double": [
            ["Ik heb uw account bekeken en zie dat {amount} dubbel is afgeschreven op {second}."],
            ["Ik heb het dubbele bedrag terugbetaald, met referentie {receipt}."],
        ],
        "plan": [
            ["U heeft momenteel het abonnement {plan} van {price} per maand."],
            ["Uw abonnement wordt op {renews} verlengd."],
        ],
    },
    "pl": {
        "double": [
            ["Sprawdziłem Państwa konto i widzę podwójną płatność na kwotę {amount} z dnia {second}."],
            ["Zwróciliśmy już tę płatność, numer referencyjny: {receipt}."],
        ],
        "plan": [
            ["Obecnie mają Państwo plan {plan} w cenie {price} za miesiąc."],
            ["Subskrypcja odnowi się {renews}."],
        ],
    },
}

UNTRUE: dict[str, list[str]] = {
    "link": [
        "More on this at https://help.lumen-analytics.example/refunds.",
        "You can upload it to files.lumencloud.io/up.",
        "Contact [our team](mailto:vip@lumen.example).",
    ],
    "quantity": [
        "You have eleven unused vouchers.",
        "I can see six failed payments.",
        "There were 43 sign-in attempts.",
        "You currently have 2 workspaces and 9 dashboards.",
    ],
    "deadline": [
        "I'll have an update for you by tomorrow morning.",
        "This should be resolved before Monday.",
        "It only takes 20 seconds.",
        "You'll see the change within the hour.",
        "Expect it in about three weeks.",
        "de|Sie erhalten bis Mittwoch eine Antwort.",
        "fr|Ce sera réglé demain.",
    ],
    "promise": [
        "We'll also cover any overdraft fees.",
        "I'm adding a one-time credit to your account.",
        "You'll receive a 10 dollar voucher as an apology.",
        "We are happy to offer you a month free of charge.",
        "We promise it won't happen again.",
        "I will make sure your next bill is lower.",
        "We can give you a discount for the next year.",
        "es|Le regalaremos un mes.",
        "de|Als Entschädigung schenken wir Ihnen einen Monat.",
        "nl|U krijgt een korting.",
    ],
    "deed": [
        "I've also removed your card from our system.",
        "I have informed your account manager.",
        "We've already reset your password.",
        "Your seats were increased.",
        "I've put a note on your account and escalated it.",
        "I switched you to yearly billing and updated your card.",
        "it|Ho disattivato il suo account.",
        "fr|J'ai transféré votre demande.",
        "de|Ich habe Ihren Tarif geändert.",
    ],
    "right": [
        "You are legally entitled to compensation.",
        "Under our terms you can claim the money back for a year.",
        "This is covered by your statutory warranty.",
        "Consumer law gives you the right to cancel at any time.",
    ],
    "feature": [
        "You can also sync everything with your smartwatch.",
        "Lumen generates podcasts from your charts.",
        "There's a dedicated tool for tracking employee vacations.",
        "Dashboards support augmented reality.",
        "You can export dashboards as animations.",
    ],
    "name": [
        "My supervisor Karen has approved it.",
        "You'll get a call from Thomas.",
        "Our fraud department is investigating this.",
        "I've looped in Priyanka from the security team.",
    ],
    "phone": ["Give us a ring on +44 20 7946 0018.", "Call 1800 555 019 for help.", "Our support line is 555-0134-22."],
    "percent": [
        "You'll save 35% on the next renewal.",
        "Roughly forty percent of customers see this.",
        "There is an 8.5 % handling fee.",
    ],
    "time": ["The charge was made at 02:17.", "We'll be back at 10 am.", "The outage ended at 16:40 CET."],
}

TURNED: dict[str, list[str]] = {
    "double": [
        "We can refund to a different bank account.",
        "Some banks always show a refund.",
        "Your bank cannot find the payment with this reference.",
    ],
    "plan": ["Prices include taxes.", "An extra seat is possible on Starter."],
    "cancel": [
        "Your data is deleted at once and cannot be kept.",
        "You can not use everything until the end of the period.",
    ],
    "export": [
        "Exports never wait in the queue.",
        "We do not send an e-mail with the link.",
        "You can't cancel an export.",
    ],
    "usage": ["Open invitations don't use a seat.", "Imports do not stop when the storage is full."],
    "locked": ["The lock never ends by itself.", "Attempts do not start the time anew."],
    "old": ["You cannot ask for a refund within 30 days after a payment."],
    "trial": ["The trial requires a card.", "It's not possible to extend the trial."],
    "hours": ["We do not answer on Friday.", "Messages in French are not welcome."],
    "signin": ["Two-step sign-in doesn't work with authenticator apps.", "Each recovery code does not work once."],
}
