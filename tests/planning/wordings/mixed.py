"""Terse, chatty, formal and foreign hands, British and American, with lists: written before it was measured once."""

OPENINGS = (
    "Hiya, thanks for the shout.",
    "Good afternoon, and thank you for contacting Lumen.",
    "Thank you for reaching out to us today!",
    "Right, I've had a proper look at this.",
    "Hello, I have understood your request.",
    "Quick answer:",
    "I realise this must have been a nuisance.",
    "Not a silly question at all!",
    "We regret any inconvenience this may have occasioned.",
    "Hey! Happy to help with that.",
)
CLOSINGS = (
    "Cheers!",
    "We remain at your disposal for any further questions.",
    "Holler if anything looks off.",
    "Kindly revert to us should anything remain unclear.",
    "Is that OK for you?",
    "Have a good one!",
    "I stay available for your questions.",
    "With kind regards from the support team.",
)

CLEAN: dict[str, list[list[str]]] = {
    "double": [
        [
            "Two identical payments of {amount}: {first} and {second}.",
            "Looks like we took {amount} off you on {first} and then did the very same thing on {second}.",
            "Our records show that an amount of {amount} was collected on {first} and again on {second}.",
            "Yep, that's a dupe: {amount} on {first}, same again on {second}.",
            "I see in the system two times the payment of {amount}, one from {first} and one from {second}.",
            "Here is what happened:\n- {first}: {amount}\n- {second}: {amount}, the same payment again",
        ],
        [
            "Refunded the second one. Reference: {receipt}.",
            "The later of the two has now been refunded to the card it was taken from (reference {receipt}).",
            "I've reversed the {second} payment for you, ref {receipt}.",
            "I have made you the refund of {amount}, the number for this is {receipt}.",
            "We have therefore reimbursed the amount of {amount}; kindly retain the reference {receipt}.",
            "So I've gone and refunded charge {charge}.",
        ],
        [
            "Allow 5 to 10 business days.",
            "Depending on your bank, it'll be another 5-10 business days before you see it.",
            "It needs between 5 and 10 business days until you can see it on the statement.",
            "The reimbursement ought to appear on your statement within 5 to 10 business days.",
            "It goes back onto the same card, as we aren't able to send it to a different one.",
            "Nothing there after 10 business days? Get the reference from us, and your bank can chase it.",
            "Some banks will instead just make the original payment vanish from the statement.",
        ],
    ],
    "plan": [
        [
            "Plan: {plan}\nPrice: {price} a {interval}",
            "You've got {plan}, {price} a {interval}.",
            "Your workspace currently subscribes to {plan} at {price} per {interval}.",
            "You have now the plan {plan}, it costs {price} each {interval}.",
            "Looks like you're on our {plan} plan, so that's {price} every {interval}.",
        ],
        [
            "Renewal: {renews}.",
            "Your next bill's due on {renews}.",
            "It is going to be renewed on {renews}.",
            "The current period ends on {renews}, at which point it renews.",
            "The renewing is on {renews}.",
        ],
        [
            "Pay for a year up front and you only pay for ten months.",
            "Should you elect annual billing, the yearly price equals that of ten months.",
            "All prices are before tax.",
            "Extra seats on Team and Business: 8.00 USD or 7.50 EUR a month.",
            "Viewers need a seat as well, by the way.",
            "You get an e-mail one week before a yearly subscription renews.",
            "Please be aware that, when moving from yearly to monthly billing, there is no money back for remaining"
            " months.",
            "With Business you have 50 seats and 250 GB storage included.",
        ],
    ],
    "cancel": [
        [
            "Cancelled.",
            "That's your {plan} subscription cancelled.",
            "We hereby confirm the cancellation of your {plan} subscription.",
            "I've gone ahead and cancelled {plan} for you.",
            "Your subscription {plan} is now cancelled from my side.",
        ],
        [
            "Runs until {receipt}, no more charges.",
            "You'll be able to use it till {receipt}, and you won't pay a penny more.",
            "The subscription will remain in force until {receipt}; no further amounts will be charged.",
            "Until {receipt} you can still use all, like before.",
            "Here's what that means:\n- Everything keeps working until {receipt}\n- Nothing else gets charged\n- Your"
            " data stays put for 90 days after that",
        ],
        [
            "Data is kept for 90 days, then gone for good.",
            "If you want to come back within those 90 days, you can, no problem.",
            "We would advise you to export any data that you require before the subscription ends.",
            "Your data we keep still 90 days, after this it is deleted.",
            "Grab an export of anything you need before it ends.",
            "Should you reconsider, you may return at any time during these 90 days.",
        ],
    ],
    "invoice": [
        [
            "Invoice {number} sent again.",
            "{number} ({total}) should be hitting your billing contact's inbox.",
            "I've popped invoice {number} back in the post to your billing contact.",
            "Please be informed that invoice {number} dated {created} has been sent once more to your billing contact.",
            "I have sent another time the invoice {number} from {created} over {total}.",
        ],
        [
            "PDFs: Settings > Billing > Invoices > Download PDF.",
            "All of your invoices live under Settings > Billing > Invoices, so you can download a PDF any time.",
            "If you do not find the mail, please look also in the spam folder.",
            "Only owners and admins get to see that page.",
            "Should the billing contact be outdated, kindly verify it under Settings > Billing > Contact.",
            "You can have up to 5 addresses for invoices; just put commas between them.",
            "We can't send it anywhere other than the billing contact, I'm afraid.",
            "A PDF goes out by e-mail each time a payment is made.",
        ],
    ],
    "export": [
        [
            "Status of your {kind} export ({requested}): running.",
            "Your {kind} export from {requested} is still chugging along.",
            "The {kind} export requested on {requested} is presently in progress.",
            "Your export in {kind} of {requested} is running now.",
            "So the {kind} export you started on {requested} hasn't finished yet, but it's going.",
        ],
        [
            "Most are done in 5 minutes; 1,000,000 rows can take 20.",
            "If it's still running after 30 minutes, hit Cancel and give it another go.",
            "In most cases, exports are completed within 5 minutes.",
            "When it needs more than 30 minutes, please cancel it and start it new.",
            "We'll e-mail you the link when it's done.",
            "You can follow its state under Exports, on the left-hand side.",
            "The link stays good for 7 days, after which you'd have to run the export again.",
        ],
        [
            "Limits:\n- CSV: 1,000,000 rows\n- XLSX: 100,000 rows\n- PDF: 100 pages",
            "Only 3 exports per workspace run at once, the rest queue up.",
            "Are there weird characters in Excel? Then take XLSX and not CSV.",
            "If there are too many rows, filter by period and export it bit by bit.",
            "An XLSX file cannot hold more than 100,000 rows.",
            "If the data source failed to answer, please try once more after 15 minutes.",
        ],
    ],
    "usage": [
        [
            "Seats: {used} of {total}.",
            "{workspace} is on {used} out of {total} seats.",
            "At present, {used} of the {total} seats of {workspace} are taken.",
            "In {workspace} are used {used} seats from {total}.",
        ],
        [
            "Storage: {storage} of {room} GB.",
            "Storage-wise you're at {storage} GB, and your plan allows {room} GB.",
            "{storage} GB of {room} GB of storage are occupied.",
            "You have used {storage} GB from your {room} GB storage.",
        ],
        [
            "Open invites count too.",
            "Heads-up: an invite nobody's accepted still hogs a seat for 7 days.",
            "When storage is full, imports will stop; dashboards, reports and exports continue to function.",
            "For making place, you can delete old imports in Data > Files.",
            "These figures are refreshed once an hour.",
            "The owner gets an e-mail once you reach 90 %.",
            "To free up storage:\n1. Go to Data > Files.\n2. Sort by size.\n3. Delete old imports.",
            "An extra seat is 8.00 USD or 7.50 EUR a month, except on Starter, which has none.",
        ],
    ],
    "locked": [
        [
            "Locked: 10 wrong passwords.",
            "Ten wrong passwords on the trot and the account locks itself, that's all this is.",
            "Following 10 consecutive incorrect passwords, your account has been locked.",
            "Your account is locked, because ten times the password was wrong.",
        ],
        [
            "Wait 30 minutes.",
            "Give it half an hour and you'll be able to sign in again.",
            "The lock will be lifted automatically after 30 minutes.",
            "After 30 minutes it is open again, you must do nothing.",
            "Don't try in the meantime though, or the 30 minutes start all over again.",
        ],
        [
            "Faster: an admin can unlock you under Settings > People > your name > Unlock.",
            "If you're in a rush, any owner or admin can unlock you from Settings > People.",
            "If you did not enter these passwords yourself, please set a new one and activate two-step sign-in.",
            "You can set a new password with Forgot password? after this time.",
            "It's there to protect you from anyone trying to guess your password.",
        ],
    ],
    "old": [
        [
            "No refund: the payment is more than 30 days old.",
            "That one's over 30 days old, so sadly I can't refund it.",
            "As the payment in question dates back more than 30 days, I am not in a position to refund it.",
            "The payment is older than 30 days, for this reason I can not give the money back.",
        ],
        [
            'Want a person to check? Reply "person".',
            'If you\'d rather have a colleague look it over, reply "person" and they will.',
            "A member of our team examines each request and responds within 2 business days.",
            "Refunds can be requested during the 30 days following a payment.",
            "If you cancel, the workspace stays open until the end of the period that you've paid for.",
        ],
    ],
    "trial": [
        [
            "14 days, all Business features, no card.",
            "You've got 14 days with the whole Business plan, and we won't ask for a card.",
            "The trial period is 14 days and comprises all features of the Business plan.",
            "For the test you need no card, and it stops alone after 14 days.",
            "You'll only ever be charged if you choose a plan.",
        ],
        [
            "Can be extended once, by 7 days.",
            "If two weeks isn't enough, give us a shout before it ends and you can have 7 more days, but only once.",
            "Upon expiry, the workspace becomes read-only until the owner selects a plan.",
            "Without a plan the workspace is deleted 90 days after the end of the trial.",
            "There can be maximum 10 people in the trial.",
            "The owner gets a heads-up by e-mail 3 days before the end.",
            "You can play around with our sample shop or bring your own data.",
        ],
    ],
    "hours": [
        [
            "Mon-Fri, 08:00-18:00 UTC.",
            "We're in Monday to Friday, 8:00 to 18:00 UTC; chat or e-mail both work.",
            "Our support team may be contacted from Monday to Friday between 08:00 and 18:00 UTC.",
            "We work from Monday until Friday from 08:00 to 18:00 UTC, you can write to support@lumen.example.",
            "The chat assistant never sleeps, and if you'd rather talk to a human, just say so.",
        ],
        [
            "Business: 4 business hours.",
            "On Business you'll have a person's answer inside 4 business hours.",
            "Telephone support is available exclusively to Enterprise customers.",
            "You can write also in German, French or Spanish, but it can take one day longer.",
            "We don't do phone calls unless you're on Enterprise.",
            "On Starter it's 2 business days at the most until somebody answers.",
            "First answers from a person:\n- Starter: within 2 business days\n- Team: within 1 business day\n-"
            " Business: within 4 business hours",
        ],
    ],
    "signin": [
        [
            "Profile > Security > Two-step sign-in > Turn on.",
            "Pop into Profile > Security > Two-step sign-in, turn it on and scan the picture with your app.",
            "Upon entering your password, you will be asked for a code from your phone.",
            "It functions with all authenticator apps, but codes by SMS we do not have.",
            "After scanning, enter the 6-digit code the app gives you.",
        ],
        [
            "Save the recovery codes. Each works once.",
            "You'll get 10 recovery codes, each good for one sign-in, so tuck them away somewhere safe.",
            "In the event that your phone is lost, please sign in by means of a recovery code.",
            "If you are the owner and have lost also the codes, write to us, we must check your identity and this takes"
            " up to 2 business days.",
            "Owners and admins can make it compulsory for the whole workspace under Settings > Security.",
            "Once it's required, everyone has 7 days to get it set up.",
        ],
    ],
}

ABROAD: dict[str, dict[str, list[list[str]]]] = {
    "de": {
        "double": [
            ["Stimmt, {amount} wurden am {first} und noch einmal am {second} abgebucht."],
            ["Die zweite Zahlung habe ich Ihnen erstattet, Referenz {receipt}."],
            ["In 5 bis 10 Werktagen sehen Sie das Geld auf der Abrechnung."],
        ],
        "plan": [
            ["Sie nutzen aktuell {plan} für {price} pro Monat."],
            ["Am {renews} verlängert sich das Abo."],
        ],
    },
    "fr": {
        "double": [
            ["En effet, nous avons prélevé {amount} le {first} et le même montant le {second}."],
            ["Le deuxième paiement vient d'être remboursé (référence {receipt})."],
        ],
        "plan": [["Vous êtes sur l'offre {plan} à {price} par mois."], ["Prochain renouvellement : le {renews}."]],
    },
    "es": {
        "plan": [["Su plan es {plan} y paga {price} al mes."], ["Se renueva el {renews}."]],
    },
    "it": {
        "plan": [["Al momento ha il piano {plan} a {price} al mese."], ["Si rinnova il {renews}."]],
    },
}

UNTRUE: dict[str, list[str]] = {
    "link": [
        "Fill in the form on lumen-refunds.example.org and you're done.",
        "Drop a line to billing@lumen-care.example instead.",
        "Everything is described at https://docs.lumen-app.example.net/start.",
    ],
    "quantity": [
        "Four of your colleagues have the same issue.",
        "I count 23 failed imports.",
        "There are 6 workspaces on your account.",
        "de|Es gibt 14 weitere Abbuchungen.",
    ],
    "deadline": [
        "You'll have your money by Friday.",
        "It'll be sorted within the hour.",
        "Our engineers need until the 3rd of next month.",
        "Your account will be open again in 5 minutes.",
        "fr|Ce sera réglé demain matin.",
    ],
    "promise": [
        "I'll knock 10 dollars off the next invoice.",
        "You'll get a month for nothing.",
        "We will send you a small present to apologise.",
        "I'll personally see to it that this never happens again.",
        "We'll match whatever the competition charges.",
        "de|Wir schenken Ihnen den nächsten Monat.",
    ],
    "deed": [
        "I've bumped you up to Business.",
        "I have opened a ticket with our engineers.",
        "Your old card has been removed from the account.",
        "I already spoke with our billing team about it.",
        "We have reset two-step sign-in for you.",
        "I've added two seats to your workspace.",
        "es|He eliminado su cuenta.",
        "de|Ich habe Ihren Tarif hochgestuft.",
    ],
    "right": [
        "Consumer law gives you 14 days to withdraw.",
        "You are entitled to compensation for the downtime.",
        "Under our terms we owe you the full amount.",
        "There's a money-back guarantee on every plan.",
    ],
    "feature": [
        "You can also export to PowerPoint.",
        "Lumen can forecast your sales with machine learning.",
        "There is a Slack bot that posts your charts.",
        "You can import handwriting from photos.",
        "Dashboards can be embedded in games.",
    ],
    "name": [
        "Ask for Gregory when you write back.",
        "Dr. Lindqvist from our data team checked it.",
        "Our finance department will be in contact.",
        "Henrik from billing took care of it.",
    ],
    "phone": [
        "You can reach me on +1 628 555 0177.",
        "Just dial 030 555 8877 and press 2.",
        "Our fax is 0044 20 7946 0123.",
    ],
    "percent": [
        "You save 18% that way.",
        "This happens to 3 percent of customers.",
        "We've given you half off, so 50 %.",
    ],
    "time": [
        "It was requested at 06:47.",
        "The servers restart at 4 am.",
        "Someone tried to sign in at 23:11.",
    ],
}

TURNED: dict[str, list[str]] = {
    "double": [
        "We'll put it onto whichever card you prefer.",
        "A refund is on your statement the same day.",
        "You must send us a bank statement first.",
        "It isn't possible for your bank to trace a refund.",
    ],
    "plan": [
        "Tax is included.",
        "Somebody who only views doesn't use up a seat.",
        "Annual billing works out more expensive than monthly.",
        "Moving from yearly to monthly is effective immediately.",
    ],
    "cancel": [
        "Your workspace closes today.",
        "We'll carry on charging you.",
        "Your data is lost the moment you cancel.",
        "Only our staff can cancel a subscription.",
    ],
    "invoice": [
        "All members can look at the invoices.",
        "You can only have one address for invoices.",
        "Invoices aren't available as PDF.",
    ],
    "export": [
        "Any number of exports can run in parallel.",
        "The download link works forever.",
        "You have to be an admin to export a dashboard.",
    ],
    "usage": [
        "Invitations aren't counted until they are accepted.",
        "Once storage is full, your reports are switched off.",
        "Only the owner can see these figures.",
    ],
    "locked": [
        "It won't unlock unless you write to us.",
        "Trying again during that time is harmless.",
        "Nobody but us can unlock you.",
    ],
    "old": [
        "It doesn't matter how old a payment is.",
        "A refund is possible at any time.",
    ],
    "trial": [
        "We'll need your card details for the trial.",
        "It converts into a paid plan automatically.",
        "There's no way to extend it.",
    ],
    "hours": [
        "You can ring us on any plan.",
        "Saturdays and Sundays are covered as well.",
        "Please write in English only.",
    ],
    "signin": [
        "Codes can be sent by text message.",
        "You may reuse a recovery code.",
        "There is no way to require it for the whole team.",
    ],
}
