"""Wordings that the review was never tuned on: measure with them, and write new ones before changing it by them."""

OPENINGS = (
    "Hi there, and thanks for flagging this!",
    "Good question.",
    "Ah, I can see how that would be annoying.",
    "No worries, this is quickly explained.",
    "Appreciate you getting in touch.",
    "I've dug into this for you.",
    "First of all, my apologies for the confusion.",
    "Short answer first:",
    "You're absolutely right to ask.",
    "Here's what I found out.",
)
CLOSINGS = (
    "Just hit reply if something is still unclear.",
    "Hope that clears things up!",
    "Would you like me to walk you through it?",
    "Thanks for bearing with us.",
    "Shout if you get stuck.",
    "Have a lovely afternoon.",
    "Let me know how you get on.",
    "Once again, I apologise for the inconvenience this has caused.",
)

CLEAN: dict[str, list[list[str]]] = {
    "double": [
        [
            "So we billed you for the same thing on {first} and then again on {second}, {amount} each time.",
            "Your card was hit twice: {amount} on {first}, followed by an identical {amount} on {second}.",
            "You were indeed billed twice. The one from {second} shouldn't have happened.",
            "What you spotted is a genuine duplicate: the {second} payment of {amount} mirrors the one from {first}.",
        ],
        [
            "I've just sent the extra {amount} back to the card you used; quote {receipt} if you ever need to ask"
            " about it.",
            "The surplus payment has been refunded in full under reference {receipt}.",
            "The money is on its way back to your card (ref. {receipt}).",
            "I went ahead and refunded the second one, {charge}.",
        ],
        [
            "Banks need a little while for this, usually 5 to 10 business days.",
            "Give it 5-10 business days to land on your statement.",
            "If you still can't see it after 10 business days, ask us for the reference so that your bank can track it"
            " down.",
            "Don't be surprised if there's no separate entry: certain banks simply drop the original payment instead.",
            "In case you've been issued a replacement card, your bank will pass the money on to it.",
        ],
    ],
    "plan": [
        [
            "Right now your workspace is on {plan}, which comes to {price} every {interval}.",
            "You're subscribed to {plan} and we bill you {price} {interval}ly.",
            "I can confirm that {plan} is the plan on your account, at a cost of {price} per {interval}.",
        ],
        [
            "The subscription is active and comes up for renewal on {renews}.",
            "Expect the next payment on {renews}.",
            "It'll renew on {renews}.",
        ],
        [
            "If you switch to annual billing, twelve months will set you back only as much as ten.",
            "Team gives you ten seats and 50 GB of space.",
            "Need more people on board? Each additional seat is 8.00 USD (or 7.50 EUR) monthly, though not on Starter.",
            "Tax isn't part of these prices.",
            "Whoever owns the workspace can change the billing period in Settings > Billing > Plan.",
            "Going from yearly back to monthly only kicks in once the paid year is up.",
        ],
    ],
    "cancel": [
        [
            "All done: your {plan} plan is cancelled.",
            "I've put the cancellation of {plan} through for you.",
            "Your {plan} subscription won't renew any more; I've cancelled it.",
        ],
        [
            "You can carry on using everything as usual right up to {receipt}.",
            "It runs out on {receipt}, and we won't bill you again.",
            "No further payments will be taken, and the plan stays active until {receipt}.",
        ],
        [
            "Changed your mind later? You have 90 days to come back and pick up where you left off.",
            "We hold on to your data for 90 days before it is permanently erased.",
            "Please download whatever you still need before then.",
            "Once the period is over, we close the workspace.",
        ],
    ],
    "invoice": [
        [
            "{number} is on its way to your billing contact again.",
            "I've sent a fresh copy of invoice {number} ({total}, issued {created}) to your billing contact.",
            "Your most recent invoice, {number} for {total}, has been re-sent.",
        ],
        [
            "You can also grab any invoice yourself: go to Settings > Billing > Invoices, select it and hit Download"
            " PDF.",
            "It's worth checking your junk folder for messages from billing@lumen.example.",
            "Please note that we can only send it to the billing contact, not to other addresses.",
            "If your accountant should receive them too, you can list as many as five recipients.",
            "Not the right address? You can review the billing contact in Settings > Billing > Contact.",
        ],
    ],
    "export": [
        [
            "Your {kind} export, which you kicked off on {requested}, is still being processed.",
            "I can see the {kind} export from {requested}, and it's currently running.",
            "It hasn't failed: your {kind} file from {requested} is simply not ready yet.",
        ],
        [
            "They're normally ready in under five minutes, but really large ones (think 1,000,000 rows) can need up to"
            " 20.",
            "If half an hour goes by and it's still not done, cancel it and start over.",
            "You'll get an e-mail with a download link as soon as it's ready.",
            "Bear in mind that the link expires after a week.",
            "We process three exports per workspace simultaneously, so additional ones have to line up.",
        ],
        [
            "Excel files max out at 100,000 rows, so go for CSV if you have more than that.",
            "PDFs are capped at 100 pages.",
            "If odd characters show up when you open the file in Excel, pick XLSX rather than CSV.",
            "Splitting it into shorter periods helps when there are too many rows.",
        ],
    ],
    "usage": [
        [
            "{workspace} has filled {used} of its {total} seats so far.",
            "Out of the {total} seats that come with your plan, {workspace} is using {used}.",
        ],
        [
            "As for storage, you're at {storage} of {room} GB.",
            "You've used up {storage} GB of the {room} GB you have for storage.",
        ],
        [
            "Keep in mind that pending invites are counted as well.",
            "Someone you've invited takes up a seat even before they accept, until the invitation lapses after a week.",
            "To free up space, sort your files by size in Data > Files and get rid of imports you no longer need.",
            "If storage fills up completely, you won't be able to import anything, but dashboards and reports keep"
            " working.",
            "Owners and admins can check these numbers any time in Settings > Usage; they refresh every hour.",
        ],
    ],
    "locked": [
        [
            "Your account got locked because the password was entered incorrectly ten times in a row.",
            "Too many failed attempts (10, to be exact) have temporarily locked you out.",
        ],
        [
            "Sit tight for 30 minutes and it'll unlock automatically.",
            "You don't need to do anything: it opens up again after half an hour.",
            "Please hold off on trying again in the meantime, since every attempt resets the clock.",
        ],
        [
            "In a hurry? Ask a workspace admin to open Settings > People, click your name and choose Unlock.",
            "If you can't remember your password, use the Forgot password? link afterwards.",
            "If those attempts weren't yours, change your password and switch on two-step sign-in.",
        ],
    ],
    "old": [
        [
            "Unfortunately, that payment was made over 30 days ago, so I can't give you a refund for it.",
            "Refunds are only possible in the first 30 days after a payment, and we're past that.",
            "I checked, but the payment falls outside our 30-day refund window.",
        ],
        [
            'If you\'d like someone on the team to take a second look, just reply with "person".',
            "You're free to cancel whenever you like, so you won't be billed again.",
            "Every request is reviewed by a member of our team, who responds within 2 business days.",
        ],
    ],
    "trial": [
        [
            "You get two weeks to try out everything Business has to offer, no credit card needed.",
            "The free trial runs for 14 days and includes every Business feature.",
            "We don't need your card for the trial, and you'll never be billed unless you pick a plan yourself.",
        ],
        [
            "Need more time? We can add another week, once, as long as you get in touch before it's over.",
            "You can bring in up to ten people while you're testing.",
            "When it's over, you can still look at your workspace but not change anything until the owner picks a"
            " plan.",
            "Three days before it runs out, we'll send the owner a reminder.",
            "If you decide not to go ahead, everything is removed 90 days after the trial.",
        ],
    ],
    "hours": [
        [
            "Our team is around on weekdays from 8:00 to 18:00 UTC.",
            "You can reach us Monday through Friday between 08:00 and 18:00 UTC, either by e-mail or in the chat.",
            "The assistant in the chat is there around the clock, and you can ask for a person whenever you want one.",
        ],
        [
            "On Team, someone will get back to you within one business day.",
            "Phone support is reserved for Enterprise customers.",
            "Feel free to write in French or German, although it might take us one more day to reply.",
            "Starter customers hear back from a person within 2 business days.",
        ],
    ],
    "signin": [
        [
            "Once it's on, you'll be asked for a code from your phone every time you've entered your password.",
            "Any authenticator app will do, but we can't text you the codes.",
            "Head over to Profile > Security > Two-step sign-in, hit Turn on and scan the picture with your app.",
        ],
        [
            "Keep the 10 recovery codes somewhere safe, and remember that you can use each one only a single time.",
            "Lost your phone? Use one of your recovery codes to get back in.",
            "If you've run out of recovery codes, an admin can reset it for you in Settings > People.",
            "Should you want everyone to use it, owners and admins can enforce it in Settings > Security, which gives"
            " people 7 days to set it up.",
        ],
    ],
}

ABROAD: dict[str, dict[str, list[list[str]]]] = {
    "de": {
        "double": [
            ["Sie haben recht, wir haben {amount} sowohl am {first} als auch am {second} eingezogen."],
            ["Den zu viel bezahlten Betrag bekommen Sie zurück, die Erstattung läuft unter {receipt}."],
            ["Bis das Geld auf Ihrem Kontoauszug erscheint, vergehen meist 5 bis 10 Werktage."],
        ],
        "plan": [
            ["Ihr Workspace läuft mit dem Tarif {plan}, dafür zahlen Sie {price} im Monat."],
            ["Die nächste Verlängerung steht am {renews} an."],
        ],
    },
    "fr": {
        "double": [
            ["Vous avez raison : {amount} ont été débités le {first}, puis une nouvelle fois le {second}."],
            ["Je vous ai remboursé le second paiement sous la référence {receipt}."],
            ["Il faut généralement de 5 à 10 jours ouvrés pour que votre banque l'affiche."],
        ],
        "plan": [
            ["Votre abonnement actuel est {plan}, facturé {price} par mois."],
            ["Il sera renouvelé le {renews}."],
        ],
    },
    "es": {
        "double": [
            ["Tiene razón: el {second} le volvimos a cobrar los {amount} que ya había pagado el {first}."],
            ["Le he devuelto ese importe a su tarjeta, con la referencia {receipt}."],
        ],
        "plan": [
            ["Ahora mismo está en el plan {plan}, que cuesta {price} mensuales."],
            ["La próxima renovación es el {renews}."],
        ],
    },
    "pt": {
        "plan": [
            ["Neste momento tem o plano {plan}, por {price} por mês."],
            ["A subscrição será renovada a {renews}."],
        ],
    },
    "nl": {
        "plan": [
            ["Op dit moment heeft u {plan} en betaalt u {price} per maand."],
            ["De volgende verlenging is op {renews}."],
        ],
    },
}

UNTRUE: dict[str, list[str]] = {
    "link": [
        "You'll find the form at https://lumen-billing.example.net/refund.",
        "Just send it over to accounts@lumen-support.example.",
        "Take a look at www.lumenhelp.example/faq for more.",
    ],
    "quantity": [
        "Seventeen people have opened your dashboard.",
        "You've got 38 reports scheduled.",
        "I noticed 5 declined payments on your side.",
        "de|Sie haben noch zwölf offene Rechnungen.",
    ],
    "deadline": [
        "We'll have this fixed by the end of next week.",
        "You should hear from us on Tuesday.",
        "The money will be there in a couple of hours.",
        "It'll be back up in 45 minutes.",
        "de|Das ist bis übermorgen erledigt.",
        "es|Estará listo mañana por la tarde.",
    ],
    "promise": [
        "As a goodwill gesture, I've knocked a bit off your next bill.",
        "Your next month is on us.",
        "We'll throw in two extra seats for free.",
        "I can promise you that you'll never see this error again.",
        "We'd like to make it up to you with a gift card.",
        "fr|Nous vous offrons une remise sur la prochaine facture.",
        "de|Zum Ausgleich erhalten Sie einen Gutschein.",
    ],
    "deed": [
        "I've also upgraded you to the Enterprise plan.",
        "Our engineers have restarted your server.",
        "I took the liberty of changing your password.",
        "I've gone ahead and deleted the old workspace.",
        "Your billing address has been updated.",
        "We've already contacted your bank about this.",
        "fr|J'ai supprimé votre ancienne carte.",
        "es|He cambiado su contraseña.",
        "de|Ich habe Ihre Anfrage an die Technik weitergeleitet.",
    ],
    "right": [
        "By law, we have to pay you back within two weeks.",
        "You're covered by a lifetime guarantee.",
        "The contract lets you withdraw at any point without giving a reason.",
        "European regulations give you the right to a full refund.",
    ],
    "feature": [
        "You can talk to your dashboards by voice.",
        "Lumen has a built-in chatbot that writes your presentations.",
        "There's a dark mode for printed reports.",
        "Our mobile app works offline, too.",
        "You can have your charts translated into Klingon.",
    ],
    "name": [
        "My colleague Stefan will take it from here.",
        "I've asked Mrs. Delgado to look into it.",
        "Our legal team is reviewing your case.",
        "Your point of contact from now on is Olivia.",
    ],
    "phone": [
        "Feel free to call us on 0049 30 5550 1234.",
        "Our hotline is (415) 555-0199.",
        "Text us at +33 6 55 50 12 34.",
    ],
    "percent": [
        "That works out 22% cheaper.",
        "We've taken 15 per cent off.",
        "Around 60 % of our users run into this.",
    ],
    "time": [
        "The export began at 14:55.",
        "You last signed in at 9:12 pm.",
        "Maintenance wraps up at 22:30 UTC.",
    ],
}

TURNED: dict[str, list[str]] = {
    "double": [
        "Refunds can be paid out to any card you like.",
        "Every bank lists the refund as a separate entry.",
        "You won't get the duplicate back in full.",
    ],
    "plan": [
        "Taxes are already included in the price.",
        "You can add extra seats on Starter, too.",
        "Viewers don't take up a seat.",
        "You get money back for the unused months when you leave yearly billing.",
    ],
    "cancel": [
        "Everything stops working right away.",
        "We wipe your data as soon as you cancel.",
        "There's no way back once you've cancelled.",
    ],
    "invoice": [
        "We can send the invoice to any address you want.",
        "Only owners can see the invoices.",
    ],
    "export": [
        "The link never expires.",
        "You won't be notified when the export is ready.",
        "XLSX handles more rows than CSV.",
    ],
    "usage": [
        "Pending invitations are free and don't take a seat.",
        "You can keep importing when storage is full.",
        "Dashboards stop working once the storage is full.",
    ],
    "locked": [
        "It stays locked until you contact us.",
        "You can keep trying in the meantime, that makes no difference.",
        "Admins are unable to unlock an account.",
    ],
    "old": [
        "You can still get a refund for payments older than 30 days.",
        "There's no limit on how long ago the payment was.",
    ],
    "trial": [
        "You have to enter a credit card to start the trial.",
        "The trial can be extended as often as you like.",
        "We bill you automatically when the trial is over.",
    ],
    "hours": [
        "We're also here on weekends.",
        "Every plan includes phone support.",
        "We only accept messages in English.",
    ],
    "signin": [
        "We can text you the code instead.",
        "Recovery codes can be used as often as you like.",
        "Admins cannot make it mandatory.",
    ],
}
