"""Text messages, offices of another continent, storytellers, people from down under: written before it was measured."""

OPENINGS = (
    "Greetings of the day!",
    "G'day, thanks for giving us a buzz.",
    "No worries at all, this one's a quick fix.",
    "Ok so I had a nosey through your account.",
    "We are in receipt of your trailing mail.",
    "Hope you're having a cracker of a week.",
    "Let me paint you the full picture.",
    "tl;dr below :)",
    "Appreciate you reaching out, and sorry for the runaround.",
    "Ah, the classic!",
    "I totally get why that made you do a double take.",
    "Thank you for choosing us as your partner.",
)
CLOSINGS = (
    "Kindly do the needful and oblige.",
    "Sing out if you get stuck.",
    "Hit me up if anything's weird.",
    "Hooroo!",
    "Assuring you of our best attention at all times.",
    "Hope that saves you some grey hairs.",
    "thx for your patience, you rock",
    "Enjoy your cuppa.",
    "Please revert in case of any queries.",
    "And they all lived happily ever after.",
)

CLEAN: dict[str, list[list[str]]] = {
    "double": [
        [
            "So on {first} we took {amount}, and then on {second} the system went and did it all over again.",
            "Yeah nah, you only owed us {amount} once, but it came out on {first} and on {second}.",
            "It is observed that {amount} has been debited on {first} and again on {second}.",
            "2 payments, both {amount}, {first} + {second}. Second one's a mistake.",
        ],
        [
            "I've chucked the second one back on your card, ref {receipt}.",
            "Refund is done from our end vide reference {receipt}.",
            "refunded!! ref is {receipt}",
            "I have sent the extra {amount} home to your card; it travels under the reference {receipt}.",
        ],
        [
            "Banks take 5 to 10 business days to show it.",
            "The same shall reflect in your statement within 5 to 10 business days.",
            "give it 5-10 business days to land",
            "It can only go to the card it came from.",
            "Some banks skip the refund line and just drop the first payment off the statement.",
        ],
    ],
    "plan": [
        [
            "You're sitting on {plan} at {price} a {interval}.",
            "As on date you are subscribed to {plan}, and the charges are {price} per {interval}.",
            "ur on {plan}, {price} / {interval}",
            "Your workspace lives on the {plan} plan, and {price} every {interval} keeps the lights on.",
        ],
        [
            "Rolls over on {renews}.",
            "The same is due for renewal on {renews}.",
            "next bill: {renews}",
            "The next chapter begins on {renews}, when it renews.",
        ],
        [
            "Go yearly and you get twelve months for the price of ten.",
            "Tax gets slapped on top of that.",
            "Kindly note that viewers are also counted towards seats.",
            "Only the owner can flip it over to yearly.",
            "Extra seats are 8.00 USD or 7.50 EUR each per month on Team and Business.",
        ],
    ],
    "cancel": [
        [
            "Righto, {plan} is cancelled.",
            "Your request for cancellation of {plan} stands executed.",
            "done, {plan} is cancelled",
            "I've pulled the plug on {plan} as you asked.",
        ],
        [
            "You can keep mucking around in it until {receipt}.",
            "Services shall continue till {receipt}, with no further debit.",
            "works till {receipt}, no more charges after",
            "The curtain falls on {receipt}, and we won't bill you again.",
        ],
        [
            "We hang on to your data for 90 days after that.",
            "You are advised to export your data prior to the said date.",
            "change your mind in those 90 days and you can come straight back",
            "Once 90 days are up, the data is wiped.",
        ],
    ],
    "invoice": [
        [
            "I've flicked invoice {number} over to your billing contact again.",
            "Invoice {number} dated {created} has been re-sent to the billing contact on record.",
            "sent {number} again to ur billing contact",
            "Invoice {number} over {total} is on its way to your billing contact once more.",
        ],
        [
            "You can grab any of them as a PDF under Settings > Billing > Invoices.",
            "Have a squiz in the spam folder if it's gone walkabout.",
            "The billing contact may be verified at Settings > Billing > Contact.",
            "We can only post it to the billing contact, nobody else.",
            "up to 5 addresses can get invoices btw",
        ],
    ],
    "export": [
        [
            "Your {kind} export from {requested} is still ticking over.",
            "The {kind} export raised by you on {requested} is under process.",
            "{kind} export from {requested} = still running",
            "The {kind} export you kicked off on {requested} is still on the road.",
        ],
        [
            "Most of them are done and dusted in 5 minutes.",
            "If the same is not completed in 30 minutes, kindly cancel and raise a fresh one.",
            "a million rows can take like 20 min",
            "An e-mail with the link lands in your inbox when it's finished.",
            "The link goes stale after 7 days.",
        ],
        [
            "CSV tops out at 1,000,000 rows, Excel at 100,000.",
            "PDF is limited to 100 pages.",
            "max 3 exports at once per workspace, rest wait in line",
            "If you've got too many rows, chop it up by period.",
        ],
    ],
    "usage": [
        [
            "{workspace} has {used} of its {total} seats filled.",
            "Presently {used} out of {total} seats are being utilised in {workspace}.",
            "{workspace}: {used}/{total} seats gone",
        ],
        [
            "Storage is at {storage} of {room} GB.",
            "You've chewed through {storage} GB of your {room} GB storage.",
            "Storage utilisation is {storage} GB against {room} GB.",
        ],
        [
            "Invites nobody has said yes to yet still hog a seat.",
            "When it's full, imports stop but your dashboards keep going.",
            "The owner will be intimated by e-mail at 90 %.",
            "Chuck out old imports under Data > Files to make room.",
            "see Settings > Usage for all this",
        ],
    ],
    "locked": [
        [
            "Ten wrong passwords in a row and the door shuts, that's what happened.",
            "Your account got locked on account of 10 incorrect passwords.",
            "10 wrong passwords = locked",
        ],
        [
            "Leave it alone for 30 minutes and it opens by itself.",
            "Kindly wait for 30 minutes, post which the lock is released automatically.",
            "dont keep trying tho, that restarts the 30 min",
            "Half an hour from the last try, it lets you back in.",
        ],
        [
            "An admin can let you in sooner under Settings > People.",
            "If it wasn't you, pick a new password and switch on two-step sign-in.",
            "It's there so that nobody can guess your password.",
            "cant remember it? hit Forgot password? on the sign-in page",
        ],
    ],
    "old": [
        [
            "That payment's more than 30 days old, so no can do on the refund.",
            "As the payment is older than 30 days, refund is not feasible.",
            "its over 30 days old so cant refund it, sorry",
            "The 30-day window for this one has closed.",
        ],
        [
            'Say "person" and one of my colleagues will have a look.',
            "Refund requests are accepted within 30 days of payment only.",
            "A real person gets back to you within 2 business days.",
            "if we charged you twice we always refund that",
        ],
    ],
    "trial": [
        [
            "You get 14 days with all the Business bells and whistles, no card needed.",
            "The trial is valid for 14 days and card details are not required.",
            "14 days free, no card",
            "For two weeks the whole Business plan is yours to play with.",
        ],
        [
            "We can stretch it once by 7 days if you ask before it's up.",
            "Post expiry, the workspace becomes read-only till a plan is chosen.",
            "max 10 ppl can join",
            "You won't pay a thing unless you pick a plan.",
            "The owner gets a nudge by e-mail 3 days before it ends.",
        ],
    ],
    "hours": [
        [
            "We're on deck Monday to Friday, 08:00 to 18:00 UTC.",
            "Our working hours are 08:00 to 18:00 UTC, Monday to Friday.",
            "mon-fri 08:00-18:00 UTC",
            "The chat assistant is up round the clock, people are there on weekdays.",
        ],
        [
            "On Business you'll hear from a person within 4 business hours.",
            "Telephonic support is extended to Enterprise customers only.",
            "you can write in german, french or spanish too, might take a day longer",
            "Starter folks wait 2 business days at most.",
        ],
    ],
    "signin": [
        [
            "Head to Profile > Security > Two-step sign-in and flick it on.",
            "After the password, a code from your phone is required to be entered.",
            "any authenticator app works, no sms tho",
            "First your password, then a code from your phone, and you're in.",
        ],
        [
            "You get 10 recovery codes and each one works once.",
            "Phone gone? A recovery code gets you back in.",
            "If the recovery codes are also misplaced, your admin may reset it.",
            "admins can make it a must for everyone",
        ],
    ],
}

ABROAD: dict[str, dict[str, list[list[str]]]] = {
    "de": {
        "double": [
            ["Da ist uns ein Fehler passiert: {amount} wurden am {first} und am {second} eingezogen."],
            ["Den zweiten Betrag habe ich Ihnen erstattet, Referenz {receipt}."],
        ],
        "plan": [["Bei Ihnen läuft {plan} für {price} pro Monat."], ["Verlängert wird am {renews}."]],
    },
    "it": {"plan": [["Lei ha il piano {plan} e paga {price} al mese."], ["Il rinnovo è previsto per il {renews}."]]},
    "nl": {"plan": [["Je zit op {plan} en dat kost {price} per maand."], ["Op {renews} wordt het verlengd."]]},
}

UNTRUE: dict[str, list[str]] = {
    "link": [
        "Fill this in mate: refunds.lumen-pay.example.org.",
        "Kindly write to accounts@lumen-billing.example for the same.",
        "just log in at https://lumen-login.example.net/now",
    ],
    "quantity": [
        "There's 14 other workspaces in the same boat.",
        "Kindly note 27 exports have failed at your end.",
        "u have 33 unused seats lol",
        "de|Es sind noch 18 Rechnungen offen.",
    ],
    "deadline": [
        "She'll be right by tomorrow arvo.",
        "The matter will be closed by end of day today.",
        "should be fixed in like 10 min",
        "Before the week is out, you'll have your money.",
    ],
    "promise": [
        "I'll shout you a month on the house.",
        "We shall extend a special concession on your next renewal.",
        "ill hook u up with a discount",
        "We'll pick up the tab for your bank's fees.",
        "A small surprise from us is coming your way in the post.",
        "We'll bump you up a plan for free.",
        "de|Den nächsten Monat schenken wir Ihnen.",
    ],
    "deed": [
        "I've had a yarn with the devs and they've sorted it.",
        "Your mobile number has been updated in our records.",
        "i already switched u to yearly",
        "We have escalated the matter to the concerned department.",
        "I nicked into your settings and turned off two-step sign-in.",
        "Your old workspace has been laid to rest.",
        "I've given your boss access to everything.",
    ],
    "right": [
        "Under Aussie consumer law you're owed a full refund.",
        "You are entitled to compensation as per our terms.",
        "legally we have to pay u back",
        "This is covered under warranty.",
    ],
    "feature": [
        "You can paint on your dashboards with your finger.",
        "Lumen can ring you when a number drops.",
        "theres a tiktok filter for ur charts",
        "The system is having a facility for fingerprint attendance.",
        "Every chart comes with its own soundtrack.",
        "You can hire a freelance analyst inside the app.",
    ],
    "name": [
        "Ask for Bruce, he'll look after you.",
        "Mr. Venkatesh shall be coordinating with you.",
        "My mate Shazza in accounts signed it off.",
        "The grievance officer has approved it.",
    ],
    "phone": [
        "Give us a bell on 1300 555 019.",
        "Kindly contact our helpline at +91 22 5550 0147.",
        "text me 0491 570 156",
    ],
    "percent": [
        "That's a saving of 18%.",
        "Kindly note a surcharge of 3 percent is applicable.",
        "like 60% of ppl do this",
    ],
    "time": ["It conked out at 3:47 pm.", "The last attempt was made at 21:06 UTC.", "u got locked at 6:33 am"],
}

TURNED: dict[str, list[str]] = {
    "double": ["We can pop the refund on any card you fancy.", "You must furnish your bank statement."],
    "plan": ["Tax is already in there.", "Viewers don't need a seat."],
    "cancel": ["It stops working right now.", "There's no coming back after that."],
    "invoice": ["We can send it to anyone you like.", "Every user can open the invoices."],
    "export": ["The link never goes stale.", "You can run as many exports at once as you like."],
    "usage": ["Open invites don't take up a seat.", "You can keep importing when storage is full."],
    "locked": ["Trying again does no harm.", "It stays shut until we open it."],
    "old": ["We refund payments however old they are."],
    "trial": ["You need to put in a card first.", "It cannot be extended."],
    "hours": ["Anyone can ring us.", "We're here on weekends as well."],
    "signin": ["We text you the code.", "You can use a recovery code as often as you like."],
}
