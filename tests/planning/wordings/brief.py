"""From very short to very polite, by other hands: written before it was measured once."""

OPENINGS = (
    "Evening! Thanks for dropping us a note.",
    "Many thanks for your enquiry.",
    "Hey there, thanks for your patience!",
    "Sure thing.",
    "I've pulled up your account.",
    "Please excuse the delay in answering you.",
    "I am sorry to read that.",
    "Thanks, I see what you mean.",
    "Gladly!",
    "Let me clear this up.",
)
CLOSINGS = (
    "Anything else, just write.",
    "We wish you a successful week.",
    "Do get in touch again should the need arise.",
    "Hope this sorts you out.",
    "Thank you once more for your understanding.",
    "All clear now?",
    "Best,",
    "I hope to have been of assistance.",
)

CLEAN: dict[str, list[list[str]]] = {
    "double": [
        [
            "You paid {amount} on {first}, and {amount} once more on {second}.",
            "Confirmed: duplicate payment of {amount} on {second}.",
            "There were indeed two debits of {amount}, the first on {first} and the second on {second}.",
            "Your subscription got charged {amount} on {first}, then we goofed and charged it again on {second}.",
            "The payment from {second} is a repetition of the one from {first}.",
        ],
        [
            "I refunded it; your reference is {receipt}.",
            "The duplicate has been returned to your card, reference {receipt}.",
            "We have credited {amount} back to the card you paid with. The reference number is {receipt}.",
            "The payment of {second} is refunded now, under the reference {receipt}.",
            "You're getting the {amount} back: I just issued the refund, {receipt}.",
        ],
        [
            "It'll take 5 to 10 business days to show.",
            "Usually the money is visible within 5 to 10 business days.",
            "Your bank may need up to 10 business days for it.",
            "You don't have to do anything, and there's no need to send us a statement.",
            "You can look at both payments in Settings > Billing > Payments.",
            "We always send it to the card that was charged originally.",
        ],
    ],
    "plan": [
        [
            "{plan}, billed {price} a {interval}.",
            "At the moment you pay {price} per {interval} for {plan}.",
            "Your account is on the {plan} tier, which is {price} a {interval}.",
            "The plan in use is {plan}; the fee amounts to {price} per {interval}.",
        ],
        [
            "Renews {renews}.",
            "We'll charge you next on {renews}.",
            "The renewal date is {renews}.",
            "It will renew itself on {renews}.",
        ],
        [
            "A yearly plan costs ten times the monthly price.",
            "Taxes come on top.",
            "The owner can switch to yearly billing in Settings > Billing > Plan.",
            "If you pay yearly, we remind you by e-mail 7 days ahead of the renewal.",
            "What you've already paid for this month is deducted when you switch to yearly.",
            "Every person with access takes one seat, including viewers.",
            "Starter is limited to 2 seats.",
        ],
    ],
    "cancel": [
        [
            "Done, {plan} is cancelled.",
            "Your {plan} plan has been cancelled as requested.",
            "I cancelled your subscription to {plan} just now.",
            "The cancellation of your {plan} subscription is complete.",
        ],
        [
            "It ends on {receipt}.",
            "Your access stays as it is until {receipt}.",
            "You won't be charged again, and you can keep working until {receipt}.",
            "Up to {receipt} nothing changes for you.",
        ],
        [
            "After that, the workspace will be closed and your data stays with us for another 90 days.",
            "Don't forget to export your data first.",
            "Coming back is possible during these 90 days.",
            "When the 90 days have passed, all data is erased.",
        ],
    ],
    "invoice": [
        [
            "Resent: {number}.",
            "Invoice {number} for {total} went out to your billing contact again.",
            "A copy of invoice {number} was just sent to the billing contact.",
            "Your latest invoice ({number}, {created}) has been mailed again.",
        ],
        [
            "You'll also find it under Settings > Billing > Invoices.",
            "If it's not in the inbox, have a look at spam; the sender is billing@lumen.example.",
            "To get a PDF yourself:\n1. Open Settings > Billing > Invoices\n2. Choose the invoice\n"
            "3. Choose Download PDF",
            "Owners and admins can open that page.",
            "More recipients? Up to 5 addresses fit in there, divided by commas.",
            "We only send invoices to the billing contact.",
            "You might want to add your accountant's address.",
        ],
    ],
    "export": [
        [
            "{kind} export of {requested}: still running.",
            "The {kind} export you asked for on {requested} is being worked on right now.",
            "Your export ({kind}, {requested}) is underway.",
            "I checked your {kind} export of {requested}, and it is running.",
        ],
        [
            "Usually it's 5 minutes, for a million rows 20.",
            "Has it been going for more than 30 minutes? Then choose Cancel and start again.",
            "The link will arrive by e-mail and works for 7 days.",
            "Under Exports on the left you can see how it's doing.",
            "If it gets stuck a second time, please write to us.",
        ],
        [
            "Up to 100,000 rows fit into an Excel file, and 1,000,000 into a CSV.",
            "PDF exports are limited to 100 pages.",
            "If three exports are already running, yours has to wait for its turn.",
            "Use XLSX if special characters look odd.",
            "You could filter by period to get smaller files.",
            "It can also fail because you no longer have access to the dashboard.",
        ],
    ],
    "usage": [
        [
            "{used}/{total} seats.",
            "{workspace} has {used} seats in use, out of {total}.",
            "You currently use {used} of {total} seats in {workspace}.",
            "Of {total} seats, {used} are occupied in {workspace}.",
        ],
        [
            "{storage} of {room} GB storage.",
            "Your files and cached data come to {storage} GB of {room} GB.",
            "As to storage: {storage} GB are used, {room} GB are included.",
        ],
        [
            "Invitations that are still open are included in this.",
            "Unaccepted invitations run out after 7 days.",
            "Once you hit 100 %, you can't import any more, but everything else goes on.",
            "Deleted imports stop counting within an hour.",
            "A bigger plan would give you more space: 50 GB on Team, 250 GB on Business.",
            "You can add seats in Settings > Billing > Seats.",
            "Removing a seat takes effect at the next renewal.",
        ],
    ],
    "locked": [
        [
            "Too many wrong passwords, 10 in a row.",
            "The account was locked after 10 failed passwords.",
            "We lock an account when a wrong password is entered 10 times in succession.",
            "After ten wrong tries the system has locked you out.",
        ],
        [
            "It unlocks itself after 30 minutes.",
            "In 30 minutes the lock is gone, all by itself.",
            "Please wait the 30 minutes without trying again.",
            "Each new try makes the 30 minutes start over.",
        ],
        [
            "Owners and admins can lift the lock immediately.",
            "Then sign in as usual or pick a new password.",
            "Someone else may have tried if it wasn't you, so better turn on two-step sign-in.",
            "Please tell us if this happens a second time.",
        ],
    ],
    "old": [
        [
            "Not refundable, it's older than 30 days.",
            "We can't pay this one back because more than 30 days have gone by.",
            "Unfortunately the 30 days for a refund are over.",
            "I'm afraid that payment is past the 30-day mark, so a refund isn't possible.",
        ],
        [
            'Write "person" if a colleague should look at it.',
            "A colleague can look at your case, just answer with the word person.",
            "You can ask for a refund up to 30 days after paying.",
            "Duplicates are always refunded.",
            "It takes a person on our team 2 business days at most to answer.",
        ],
    ],
    "trial": [
        [
            "It's 14 days, free, no card.",
            "For 14 days you can use everything that Business offers.",
            "The trial is over after 14 days, without you having to cancel.",
            "No card is required to start the trial.",
        ],
        [
            "We can extend it one time by a week.",
            "If you need longer, ask before the end.",
            "After that you can read but not edit, until a plan is chosen.",
            "10 people can join the trial.",
            "The owner is reminded 3 days before it ends.",
            "Nothing is charged unless you choose a plan.",
            "Trial data is removed 90 days after the end if no plan has been chosen.",
        ],
    ],
    "hours": [
        [
            "Weekdays 08:00-18:00 UTC.",
            "You'll reach us from Monday to Friday, 08:00 to 18:00 UTC.",
            "We answer e-mails and chats on weekdays between 08:00 and 18:00 UTC.",
            "The assistant is available day and night; a person takes over on request.",
        ],
        [
            "Team customers get an answer within 1 business day.",
            "For Enterprise it's 1 hour, even at night in case of an outage.",
            "Phone calls are for Enterprise only.",
            "German, French and Spanish are fine too, they just take up to a day longer.",
            "Use the chat in the bottom right corner of the app.",
            "During a trial you have an answer within 2 business days.",
        ],
    ],
    "signin": [
        [
            "Go to Profile > Security > Two-step sign-in.",
            "You sign in with your password and then a code from your phone.",
            "Use any authenticator app you like.",
            "We don't offer codes by SMS.",
            "Scan the picture with your app, then type in the 6 digits.",
        ],
        [
            "Keep the recovery codes safe, every code can be used once.",
            "If the phone is gone, a recovery code gets you in.",
            "No codes left? An owner or admin resets it under Settings > People.",
            "Admins can require two-step sign-in for everyone.",
            "People get 7 days for the setup.",
            "For owners we have to check who they are, which can take 2 business days.",
        ],
    ],
}

ABROAD: dict[str, dict[str, list[list[str]]]] = {
    "de": {
        "double": [
            ["Wir haben Ihnen {amount} doppelt berechnet, am {first} und am {second}."],
            ["Die doppelte Zahlung habe ich zurückerstattet. Ihre Referenz: {receipt}."],
            ["Das dauert in der Regel 5 bis 10 Werktage."],
        ],
        "plan": [
            ["Sie haben derzeit den Tarif {plan} zum Preis von {price} im Monat."],
            ["Er verlängert sich am {renews}."],
        ],
    },
    "fr": {
        "plan": [
            ["Vous avez la formule {plan}, au prix de {price} par mois."],
            ["Elle se renouvelle le {renews}."],
        ],
    },
    "nl": {
        "plan": [["U heeft het abonnement {plan} voor {price} per maand."], ["Het wordt verlengd op {renews}."]],
    },
    "pl": {
        "plan": [["Mają Państwo plan {plan} za {price} miesięcznie."], ["Odnowi się {renews}."]],
    },
}

UNTRUE: dict[str, list[str]] = {
    "link": [
        "More about this on help.lumen-desk.example.com.",
        "Write to refunds@lumen-money.example and they'll handle it.",
        "Use https://pay.lumen-secure.example.net to confirm.",
    ],
    "quantity": [
        "Nine workspaces are affected.",
        "You've got 17 unread notifications.",
        "Over 4,000 customers use this every day.",
        "de|Sie haben noch 13 Guthaben offen.",
    ],
    "deadline": [
        "We'll have it working by tomorrow evening.",
        "You'll get your money back tonight.",
        "Expect an answer within the next 20 minutes.",
        "de|Morgen früh ist alles erledigt.",
    ],
    "promise": [
        "I'll add a free month to your plan.",
        "We'll pay any fees that your bank charges.",
        "You'll get a special price from now on.",
        "I'll call you myself this afternoon.",
        "We're going to compensate you for the trouble.",
        "fr|Nous vous offrirons un mois gratuit.",
    ],
    "deed": [
        "I've changed the owner of the workspace.",
        "We have deleted your credit card.",
        "I've also turned off two-step sign-in for you.",
        "Our developers have fixed the bug.",
        "I have extended your trial.",
        "I escalated this to my manager.",
        "de|Ich habe Ihre Adresse geändert.",
        "es|Hemos ampliado su plan.",
    ],
    "right": [
        "You have a statutory right to cancel within a fortnight.",
        "The law obliges us to refund you.",
        "Your warranty covers this.",
        "Our policy entitles you to a replacement.",
    ],
    "feature": [
        "There's an Android widget for that.",
        "You can let the AI redesign your dashboards.",
        "Reports can be printed on posters.",
        "Lumen syncs with your calendar.",
        "You can record your screen in the app.",
    ],
    "name": [
        "Talk to Ingrid, she knows your case.",
        "Mr. Abernathy will be your account manager.",
        "Our compliance officer has approved it.",
        "Best, Tobias",
    ],
    "phone": [
        "Ring 0800 555 1234 if it's urgent.",
        "WhatsApp us: +34 655 55 01 23.",
        "Our number is 212-555-0187.",
    ],
    "percent": [
        "That's 35 % less than before.",
        "Only 2 per cent of exports fail.",
        "Your bill goes down by 12%.",
    ],
    "time": [
        "It was locked at 8:52 this morning.",
        "The job kicked off at 17:39 UTC.",
        "Our night shift begins at 11:30 pm.",
    ],
}

TURNED: dict[str, list[str]] = {
    "double": [
        "The refund may go to another card if you prefer.",
        "You need to send us your bank statement.",
        "A refund never takes more than a day.",
        "Each bank shows the refund as its own line.",
    ],
    "plan": [
        "The prices already contain the tax.",
        "Viewing does not need a seat.",
        "Switching back to monthly takes effect right away.",
        "You can buy more seats on Starter.",
    ],
    "cancel": [
        "Your data disappears at once.",
        "It stops working immediately.",
        "You cannot come back after cancelling.",
        "You can't cancel it yourself.",
    ],
    "invoice": [
        "Everyone in the workspace can see the invoices.",
        "Invoices can be sent to anybody.",
        "There's no way to download an invoice.",
    ],
    "export": [
        "The link stays valid for ever.",
        "There's no maximum for PDF pages.",
        "Only admins may export dashboards.",
    ],
    "usage": [
        "Open invitations do not use a seat.",
        "Imports go on when the storage is full.",
        "When storage is full, nobody can open dashboards.",
    ],
    "locked": [
        "The lock doesn't go away by itself.",
        "You may try again as often as you want in the meantime.",
        "An admin can't help you with this.",
    ],
    "old": [
        "Payments can be refunded regardless of their age.",
        "We refund payments that are more than 30 days old.",
    ],
    "trial": [
        "A card is needed for the trial.",
        "You'll be charged automatically at the end of the trial.",
        "The trial can't be made longer.",
    ],
    "hours": [
        "Phone support is open to everyone.",
        "We answer on weekends, too.",
        "We don't reply to messages in German.",
    ],
    "signin": [
        "You can get the codes by SMS.",
        "Recovery codes can be used several times.",
        "Two-step sign-in can't be made mandatory.",
    ],
}
