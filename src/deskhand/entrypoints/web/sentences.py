"""What workflows answer in English, for readers of another language: each sentence is known by its form.

The API, the journal and the notes in the help desk say these sentences in English; only pages translate them. What is
not known here stays as it is: names, words of customers, texts of policies and of other systems.
"""

import re
from functools import cache

from deskhand.entrypoints.web.golive_words import GOLIVE
from deskhand.entrypoints.web.language import translations

PLACE = re.compile(r"%\((\w+)\)s")


def _(text: str) -> str:
    """Marks what `make translations` collects."""
    return text


SENTENCES = (
    # an agent's decision
    _("Approved."),
    _("Edited."),
    _("Rejected."),
    _("There is no such version."),
    _("There is no such suggestion."),
    _("There is no such suggestion. Nothing was sent."),
    _("This reply is in no sample any more. Nothing was kept; load the page again."),
    _("Already %(state)s: nothing was changed."),
    _("The suggestion is not the one you saw. Look again; nothing was sent."),
    _("An edited reply needs a text. Nothing was sent."),
    _("The suggestion has no %(place)s to fill in. Nothing was sent."),
    _("Nothing was done: %(pause)s. Resume it first; the suggestion keeps waiting."),
    _("This takes something from the customer: open it and read it first. Nothing was done."),
    _(
        "Noted as approved, but your edit was not kept: whoever approves last may edit. Missing: %(roles)s.",
    ),
    _("Noted; it still needs the approval of %(roles)s. Nothing was done yet."),
    _("It is not yours to approve: it needs the approval of %(roles)s. Nothing was done yet."),
    _("Somebody else was faster: nothing was changed."),
    _("What is approved needs no other procedure. Edit or reject it; nothing was sent."),
    _("This desk has no procedure %(name)s. Nothing was sent."),
    _("It is not the same as the first: open it, and decide it by itself. Nothing was sent."),
    _("One of these suggestions does not exist. Nothing was sent."),
    _("What acts, or wants a role, is decided by itself. Nothing was sent."),
    # whose a ticket is
    _("The assistant answers the next message again."),
    _("It is yours."),
    _("A reply that was on its way may still arrive."),
    _("Closed. When the customer writes again, it opens again."),
    _("Not closed: %(why)s. Nothing was changed."),
    _("It was closed already; nothing was changed."),
    _("a message is being worked on"),
    _("nobody can tell yet whether something was done"),
    _("an agent is to decide"),
    _("people have it, and have not answered yet"),
    _("no customer ever wrote on it"),
    _("The assistant has this ticket: take it over first. Nothing was changed."),
    _("%(owner)s has it: take it over first. Nothing was changed."),
    # accounts, and who may what
    _("The two are not the same. Nothing was changed."),
    _("The old password is not right. Nothing was changed."),
    _("This code does not fit: try the next one. Nothing was changed."),
    _("A password has %(least)s to %(most)s characters. Nothing was changed."),
    _("This password is guessed too easily. Nothing was changed. Take several words."),
    _("There is no such session of yours. Nothing was changed."),
    _("There is no such session. Nothing was changed."),
    _("There is no such token. Nothing was changed."),
    _("There is nobody of this name. Nothing was changed."),
    _("An account is changed in a browser, by its person. Nothing was changed."),
    _("You have no account yet: ask an admin for an invitation. Nothing was changed."),
    _("Somebody else acknowledges it: an admin who is signed in by themselves. Nothing was changed."),
    _("There is nothing to acknowledge. Nothing was changed."),
    _("This desk has no single sign-on."),
    _("This desk has no passkeys."),
    _("There is no such passkey of yours. Nothing was changed."),
    _("This passkey proves nothing here. Begin again; nothing was changed."),
    _("This was not asked for in this browser, or it took too long. Begin again; nothing was changed."),
    _("This passkey is known here already, or there are 10 of yours. Nothing was changed."),
    _("A passkey has a name, of 60 letters at most. Nothing was changed."),
    _("This sign-in was not begun in this browser, or it took too long. Begin again; nobody is signed in."),
    _("What the identity provider sent does not hold. Begin again; nobody is signed in."),
    _("You are in no group that may use this desk. Ask an admin; nobody is signed in."),
    _("The identity provider has not verified your e-mail address. Nobody is signed in."),
    _("Somebody of your name has an account here already. Ask an admin; nobody is signed in."),
    _("You are kept out of this desk. Ask an admin; nobody is signed in."),
    _("You cannot keep yourself out. Another admin, or `deskhand people`, can. Nothing was changed."),
    _("%(name)s is no name for a person (letters, digits, . _ @ -). Nobody was invited."),
    _("%(name)s is in [people]: roles and queues stand in desk.toml. Nobody was invited."),
    _("Say with which role: %(name)s is nobody of [people]. Nobody was invited."),
    _("You are limited to some queues, and this is about the whole desk. Nothing was done."),
    _("You may not %(deed)s: that takes one of the roles %(roles)s. Nothing was done."),
    _("read tickets and pages, and open attachments"),
    _("decide suggestions, reply, take over, whisper, merge, undo, close"),
    _("pause the assistant, let it go on, and step a procedure back"),
    _("approve several suggestions at once"),
    _("grade answers, and settle findings and alarms of drift"),
    _("ask for a promotion, and withdraw one"),
    _("approve a promotion that somebody else asked for"),
    _("read how the desk is set up"),
    _("invite and disable people, end their sessions, see and end API tokens"),
    # an agent's own words
    _("Sent to the customer."),
    _("Kept as a note among agents."),
    _("It was sent already, and is not sent twice."),
    _("What may never be kept (a password, a card number) was masked in it."),
    _("A reply needs a text. Nothing was sent."),
    _("A reply has %(most)s characters at most, and this one %(number)s. Nothing was sent."),
    _("Nothing fills in %(place)s here. Nothing was sent."),
    _("Another text was sent with this form already. Nothing was sent. Send it again if it is new."),
    _("The assistant has this ticket: take it over first. Nothing was sent."),
    _("%(owner)s has it: take it over first. Nothing was sent."),
    _("The other system did not take it: %(reason)s. Nothing was sent."),
    _(
        "Nobody can tell yet whether it was sent (%(reason)s). "
        "Send the same text again in a moment: it cannot arrive twice."
    ),
    # whispers
    _("Kept. The assistant thinks the last message over again."),
    _("Kept. It guides what comes next on this ticket."),
    _("There is no message of the customer to think over."),
    _("Not thought over again: %(owner)s has this ticket. Give it back to the assistant first."),
    _("Not thought over again: the last message is under way right now."),
    _("Not thought over again: the last message is decided or answered already."),
    _("Withdrawn: it guides nothing any more."),
    _("That whisper does not stand. Nothing was changed."),
    _("This desk has no procedure %(name)s. Nothing was kept."),
    _("Say something, or name a procedure. Nothing was kept."),
    _("A whisper has %(most)s characters at most, and this one %(number)s. Nothing was kept."),
    _("%(number)s whispers stand on this ticket: withdraw one first. Nothing was kept."),
    # taking back
    _("It is being taken back."),
    _("It is being taken back; see below."),
    _("Nothing was changed: %(why)s"),
    _("Taken back by %(by)s: %(why)s."),
    _("Not taken back, and nothing was changed: %(why)s."),
    _("Nobody can tell whether it was taken back (%(why)s). Look in the other system."),
    _("It was not finished: %(why)s"),
    _("There is no such effect."),
    _("There is no such effect. Nothing was changed."),
    _("It was taken back already."),
    _("It is %(state)s, and only what is done can be taken back."),
    _("A letter that was sent cannot be called back."),
    _("It can be taken back within %(days)s days only, and they have passed."),
    _("What a customer has read cannot be taken back. Write again and put it right."),
    _("No value from before is on its receipt: set it in the CRM."),
    _("What it was before is not on its receipt, or cannot be set again: set it in the help desk."),
    _("This help desk does not part what it merged: whoever writes again is answered anew."),
    _("Give the customer the credit again."),
    _("Close the new ticket in the help desk: whoever works on it should know why."),
    _("A refund cannot be called back. If it was wrong, charge the customer again, with their consent."),
    _("Delete the note in the CRM, if nobody has acted on it."),
    _("Delete the task in the CRM, and tell whoever has it why."),
    _("No whole address from before is on its receipt: set it in the billing system."),
    _("What it was before is not on its receipt, since its answer was lost: set it in the billing system."),
    _("It was so before already: there is nothing to take back."),
    _("A trial that was promised is not cut short. If it must be, do it in the billing system."),
    _("Its receipt names no tag that it changed: look in the help desk."),
    _("A letter that was sent cannot be called back. Write another one that puts it right."),
    _("Pause it again, for as many days as the customer agrees to."),
    _("No value from before is on its receipt: set it in the billing system."),
    _("Ask the customer which address is right, and change it again."),
    _("Its receipt does not tell %(what)s; do it by hand."),
    # pauses
    _("%(scope)s goes on again."),
    _("%(scope)s was not paused."),
    _("%(scope)s is paused since %(at)s UTC by %(by)s: %(why)s"),
    _("There is nothing of this name to pause. Nothing was changed."),
    _("no reason given"),
    # files
    _("The file is withheld: %(why)s."),
    _("the system that keeps it says that it is malicious"),
    _("neither its name, its system nor its content says what it is"),
    _("its content is not %(type)s, as its name or its system says"),
    _("it is larger than the %(size)s that this desk opens"),
    _("files that end in .%(ending)s are not opened here"),
    _("its name says %(one)s, and its system says %(other)s"),
    _("files of type %(type)s are not opened here"),
    # what is not there
    _("There is no ticket %(ticket)s."),
    _("There is no ticket %(ticket)s. Nothing was changed."),
    _("There is no ticket %(ticket)s. Nothing was sent."),
    _("There is no ticket %(ticket)s. Nothing was kept."),
    _("The assistant has not handed over a ticket %(ticket)s."),
    _("There is no article %(source)s. It may have been renamed or removed."),
    _("There is no action %(action)s."),
    _("There is no procedure %(id)s."),
    _("There is no such version of the policy."),
    _("There is nothing of the customer %(customer)s."),
    _("There is nothing older of the customer %(customer)s."),
    _("This form is not ours, or too old. Load the page again; nothing was changed."),
    _("An answer was lost (%(why)s): whether it was done is not known yet. Do not repeat it; we look again."),
    _("Another system refuses our key (%(why)s). Nothing was changed. `deskhand doctor` says which, and why."),
    _("Another system takes no more requests now (%(why)s). Nothing was changed. Try again in a while."),
    _("Another system has nothing of this name (%(why)s). Nothing was changed. It may have been removed."),
    _("Somebody else changed it meanwhile (%(why)s). Nothing was changed by us. Look again, then repeat it."),
    _("Another system does not take this (%(why)s). Nothing was changed. The same again would not help."),
    _("Another system did not answer (%(why)s). Nothing was changed. Try again in a while."),
    _("What was sent makes no sense here. Nothing was changed."),
    _("Not Found"),
    _("Method Not Allowed"),
    # other systems
    _("%(system)s does not have this ticket any more."),
    _("%(system)s did not answer (%(why)s)."),
    _("%(system)s is not connected now."),
    # why other tickets are named
    _("The same matter"),
    _("Merged into by %(who)s"),
    _("Merged by %(who)s into"),
    _("Parted again from"),
    _("The conversation moved"),
    # where a matter is already
    _("This matter is on %(ticket)s since %(at)s (%(channel)s): %(state)s."),
    _("a suggestion waits there"),
    _("it is with the assistant"),
    _("%(owner)s has it"),
    # alarms
    _("Say in a few words what was found. Nothing was changed."),
    _("There is no such open alarm: somebody may have handled it. Nothing was changed."),
    _("Noted. The signal is watched again from its next message on."),
    # titles of our actions
    _("Cancellation of a subscription"),
    _("Cancellation taken back"),
    _("Change in the CRM"),
    _("Change of a ticket"),
    _("Change of address"),
    _("Change of an e-mail address"),
    _("Change of contact details"),
    _("Change of plan"),
    _("Credit"),
    _("Credit taken back"),
    _("E-mail"),
    _("Invoice sent again"),
    _("Longer trial"),
    _("Message of ours"),
    _("New ticket"),
    _("Note in the CRM"),
    _("Pause of a subscription"),
    _("Pause of a subscription ended"),
    _("Refund"),
    _("Tags added"),
    _("Tags removed"),
    _("Task in the CRM"),
    _("Tickets merged"),
    # single words
    _("on this ticket"),
    _("for this customer"),
    _("approved"),
    _("edited"),
    _("rejected"),
    _("expired"),
    _("replaced"),
    _("done"),
    _("declined"),
    _("reserved"),
    _("unconfirmed"),
    _("undone"),
    _("resolved"),
    _("answered"),
    _("asked"),
    _("suggested"),
    _("awaiting approval"),
    _("handed off"),
    _("read-only"),
    _("assisted"),
    _("autonomous"),
    _("customer"),
    _("agent"),
    _("assistant"),
    _("claimed"),
    _("attested"),
    _("proven"),
    *GOLIVE,
)


def said_in(text: str, language: str) -> str:
    """What is known, one sentence or several, in this language; anything else as it was."""
    if language == "en" or not text:
        return text
    if (whole := _one(text, language)) is not None:
        return whole
    for at in (found.start() for found in re.finditer(r"(?<=[.:]) ", text)):
        first = _one(text[:at], language)
        if first is not None:
            return f"{first} {said_in(text[at + 1 :], language)}"
    return text


def _one(text: str, language: str) -> str | None:
    """The sentence that has this form: the one with the fewest places to fill in."""
    words = translations(language)
    for form, known in _forms():
        if found := form.fullmatch(text):
            filled = {name: said_in(value, language) for name, value in found.groupdict().items()}
            return words.gettext(known) % filled if filled else words.gettext(known)
    return None


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    by_places = sorted(SENTENCES, key=lambda one: (len(PLACE.findall(one)), -len(one)))
    return tuple((re.compile(_pattern(one), re.DOTALL), one) for one in by_places)


def _pattern(sentence: str) -> str:
    parts = PLACE.split(sentence)  # text, name, text, name, ..., text
    return "".join(f"(?P<{part}>.{{1,400}}?)" if number % 2 else re.escape(part) for number, part in enumerate(parts))
