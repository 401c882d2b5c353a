"""Sentences that go with any company: what says nothing, what binds it or tells a deed, what it states."""

SMALL_TALK = tuple(
    """
    Thank you for your message.
    Thanks for getting in touch and for pointing this out.
    Thank you for your patience and your understanding.
    We really appreciate your feedback.
    Thanks so much for the details.
    Great to hear from you.
    Good morning, I hope you are doing well.
    You have come to the right place.
    I am sorry for the trouble this has caused.
    Please accept our apologies for the confusion and the inconvenience.
    Sorry about that, it was our mistake.
    Sorry for the wait.
    I understand that this is annoying.
    I know how frustrating this must be for you.
    I can imagine how stressful that is.
    I can see why you are worried and confused.
    I see why this looks strange.
    I completely understand your concern.
    That is certainly frustrating.
    You are right to ask.
    That is a very good question.
    That is a fair point.
    That makes perfect sense.
    You did everything right.
    Absolutely, I can help with that.
    I looked into this for you.
    I have gone through your records to see what happened.
    I took a closer look at your account.
    Here is what I found.
    Let us sort this out together.
    Let me get this fixed for you.
    Let me explain what happened.
    To answer your question, here is the short version.
    Just to recap, in short:
    Here are the details you asked for.
    I can shed some light on this.
    As you can see, this is quite simple.
    Hi, thanks for the message.
    Hey, thank you for letting us know.
    Thank you for contacting our support team.
    I have received and understood your request.
    I have read what you wrote.
    You were right to tell us.
    It was good that you wrote to us.
    What a nuisance, that must have been a bother.
    I know that this is a pain.
    Nobody likes it when that happens.
    It is not nice when such a thing happens.
    We regret the inconvenience that this may have caused.
    We apologise for any trouble on your side.
    That is not a silly question at all.
    Happy to help with this one.
    Of course, gladly.
    I have had a proper look at this for you.
    I checked this for you just now.
    I have looked it up for you.
    Right, let us see.
    Let me walk you through this.
    Here is the quick answer.
    In a nutshell:
    The short version is this:
    So, what now?
    Give us a shout if anything looks wrong.
    Shout if you need a hand.
    Ping me if that does not work.
    Just let me know if something looks off.
    Please come back to us if anything remains unclear.
    Should anything be unclear, please do not hesitate to write.
    We remain at your disposal for further questions.
    I stay available if you have questions.
    For further questions I am gladly there for you.
    Feel free to ask, any time.
    Is that okay for you?
    Does this work for you?
    I hope that I could help you with this.
    That should be everything.
    That is it from my side.
    I trust that this answers your question.
    We trust that this information is of use to you.
    Thank you for your trust and your loyalty.
    Thanks for being so patient with us.
    Have a good one!
    Have a lovely evening.
    I wish you a pleasant day.
    Take care and all the best.
    Cheers and bye for now!
    With kind regards from the support team.
    Yours sincerely, the team.
    Thanks, I see what you mean.
    I am sorry to read that.
    Please excuse the delay.
    We wish you a good week and every success.
    Do get in touch again if there is anything else.
    Do not hesitate to contact us again if the need comes up.
    I hope to have been of help.
    All clear now?
    Good news!
    I am afraid the news is not great.
    I know that this is not the answer you hoped for.
    No problem at all, do not worry.
    Rest easy, you are in good hands.
    There is nothing you need to do.
    You are all set.
    That should do the trick.
    That is all there is to it.
    Please write to us again if you need anything else.
    Just drop us a line if something is still unclear.
    If this does not answer your question, let us know.
    If you have any other questions, just ask.
    If you get stuck, we are only a message away.
    Do let me know how it goes.
    We are always here to help you.
    I am happy to explain more.
    I would be happy to walk you through it step by step.
    Is there anything else I can do for you?
    Does that make sense?
    I hope this is helpful and clears things up.
    I hope that puts your mind at rest.
    Glad that I could help.
    You are welcome, it was my pleasure.
    Please bear with us.
    We take this seriously and we hear you.
    We value you as a customer.
    Talk soon!
    Have a great day and a nice weekend.
    Enjoy the rest of your week and take care.
    All the best and kind regards.
    Right you are.
    Fair enough, let us take a look.
    Here is where things are.
    Here is the lie of the land.
    Here is how things stand.
    Let me give you the lowdown.
    Let me put this plainly.
    Bottom line first.
    Cutting to the chase:
    Long story short:
    First things first.
    One moment of your time, if I may.
    A quick word on this.
    Two things to know:
    So here is the deal.
    Okay, so this is what is going on.
    This one is easy.
    Easy one!
    Ouch, that is not fun.
    Oh dear, that does not sound good.
    Oof, sorry about that.
    That must be a headache.
    You must have been startled by that.
    That would have worried me, too.
    I would be cross as well.
    Your annoyance is perfectly justified.
    Fret not.
    No stress, we will get through this.
    No harm done.
    Chin up!
    Breathe easy.
    It is all good.
    Pleased to hear from you.
    What a pleasure to read you again.
    Welcome back!
    Hope your day is going well.
    Hope this finds you well.
    Greetings from the support desk.
    Good day to you.
    Dear customer,
    I have opened your file in front of me.
    I brought up your record.
    I have your account in front of me.
    I just had a peek at your account.
    I dug into this a little.
    I did some digging.
    I gave this a careful read.
    I took the time to go through everything.
    I have been through the whole history of this.
    Having read your message twice, I believe that I get it.
    We have duly noted your enquiry.
    Your message has reached us.
    Your note landed with me.
    This is in reply to your letter.
    With reference to your enquiry, we would like to reply as follows.
    Kindly find our answer below.
    Please find the answer below.
    Below you will find what you were after.
    As requested, here is the information.
    You asked, so here it is.
    Much obliged for the details.
    Ta for that.
    Thanks a bunch.
    Many thanks in advance.
    Thank you kindly for writing in.
    We are grateful that you told us.
    It is appreciated that you flagged it.
    Apologies for the bother.
    Pardon the confusion.
    Mea culpa.
    That is on us, sorry.
    We should have been clearer, sorry.
    This should not have been so hard for you.
    We know that your time is precious.
    I get it.
    I hear you loud and clear.
    I feel for you.
    That is a sensible thing to ask.
    Plenty of people wonder about this.
    You are not the first to ask.
    Good thinking.
    Well spotted!
    Good catch.
    Smart move to check.
    I hope that settles it.
    I trust that is clear now.
    That ought to do it.
    That about covers it.
    That is all from us for now.
    Nothing more to add from my end.
    There you go.
    There you have it.
    Et voila.
    Simple as that.
    And that is that.
    Just say the word if you need more.
    Poke me if anything seems odd.
    Send word if something is amiss.
    Yell if it acts up.
    Come back any time.
    My inbox is open.
    You know where to find us.
    We are around if you need us.
    I am here if it goes wrong.
    Should it not work out, write again.
    If it plays up, tell me.
    Tell us if we got you wrong.
    Correct me if I misunderstood.
    If I missed something, do say so.
    Were there other points that you wanted to raise?
    Any more questions?
    Can I help with anything further?
    Did that answer it?
    Does this help?
    Fingers crossed!
    Happy charting!
    Keep well.
    Stay safe.
    Mind how you go.
    See you around.
    Until next time.
    Catch you later.
    So long.
    Over and out.
    Have a super day.
    Have a restful Sunday.
    Enjoy your evening.
    A pleasant week to you.
    Best of luck with the project.
    Warmly,
    Warm wishes,
    Respectfully yours,
    Sincerely yours,
    Your support team
    The whole team says hello.
    """.strip().split("\n    ")
)

BINDING = tuple(
    """
    I have changed the settings of your account.
    We have deleted your old card.
    I have passed this on to my colleagues.
    I have put a note on your account.
    I have written this down and reported it.
    Our developers have fixed the problem.
    I have spoken with your bank.
    Your files have been restored.
    My colleague will call you.
    Please ask for my colleague by name.
    Somebody from our legal department will contact you.
    Your contact person is somebody else from now on.
    You will hear from us tomorrow.
    This will be done by the end of the week.
    It will be fixed this evening.
    We will give you a discount.
    You get a month for free as compensation.
    We will send you a present to apologise.
    You have a right to your money.
    Our terms oblige us to do so.
    The law says so.
    I have looked at your account and opened it again.
    You are on another plan now.
    I have put you on a better plan.
    I have put in a word for you with the bosses.
    I set you up with a second login.
    I took your card off the account.
    I threw in a few extra seats.
    I had the engineers look at the server.
    I got your files back.
    I went and closed the old workspace.
    I swapped your card for the new one.
    I rang your bank.
    We undid the change on your account.
    We wiped your records.
    We paused your plan for the time being.
    We moved you up in the queue.
    We let your colleague know.
    We made your account a business account.
    My boss signed this off.
    A technician has already been sent.
    Our finance people took care of the tax.
    The developers rolled out a repair.
    Your limit was lifted.
    Your account was flagged as important.
    Your case has been given to the legal team.
    The fee was dropped.
    Your name was corrected.
    Your trial was prolonged.
    You are now an administrator.
    I will throw in a free seat.
    I will give you my private number.
    I will look after this in person.
    I will make it right.
    I will sort out the bank for you.
    I will see that the fee is dropped.
    We will make sure that this is the last time.
    We will put things right and then some.
    We will bear the cost.
    We will cover what the bank asks of you.
    We will halve your bill.
    We will send flowers.
    We will send you something nice by post.
    We will pass you a token of our regret.
    We will hand you a prize.
    We will let you have it cheaper.
    We will take something off the price.
    We will move you to the larger plan for nothing.
    We will call you back.
    We will reach out to your boss.
    You will get something extra from us.
    You will get a reduced rate.
    You will get a bonus.
    You will pay half.
    You will be paid for your time.
    You will be the first to know.
    You will have it before lunch.
    You will be back online in no time.
    You can have the next one on the house.
    Have the rest of the year on us.
    The rest of the year is free for you.
    The next bill will be smaller.
    The price stays the same for ever for you.
    You never have to pay again.
    We never raise prices.
    You may send it back whenever you like.
    You are covered by our insurance.
    You are insured against this.
    You can claim damages.
    You can take us to court.
    You could demand your money back with interest.
    You are owed an apology and a payment.
    The contract lets you leave early.
    Under European rules you can undo the purchase.
    The regulator requires it of us.
    We are bound to pay you back.
    Our rules give you a second chance.
    Somebody will ring you.
    A manager will be in touch.
    An engineer will visit you.
    Our lawyer will write to you.
    The repair is under way.
    The error will be gone by noon.
    Expect a parcel from us.
    Expect the money any day now.
    It will all be over soon.
    It is scheduled for later today.
    """.strip().split("\n    ")
)

STATING = tuple(
    """
    You can talk to your charts.
    You can also use it on your telephone.
    There is an app for that.
    The program writes texts for you.
    It works without the internet.
    Everybody can call us by telephone.
    We only answer in English.
    We are also here on Sundays.
    You have many open invoices.
    Other customers have the same problem.
    Your data is deleted at once.
    You do not get your money back.
    It makes no difference what you do in the meantime.
    There is no limit to that.
    Your account stays locked for ever.
    You have to enter your card.
    Only administrators can see this.
    The prices go down.
    It was requested this morning.
    Parcels are delivered to the door.
    The desk in the hall is open in the morning.
    Laptops are replaced every four years.
    You can pick up a parcel at a shop near you.
    A signature is needed for large parcels.
    Choose the printer under Devices.
    The door code changes every month.
    Only the account holder can change the address.
    Returns are free within 30 days of delivery.
    The customs form goes on the outside.
    Restart the computer if the screen stays black.
    The guest network needs a password.
    Your parcel is at the depot.
    Your booking is for two people.
    Breakfast is served until ten.
    The room can be cancelled until the day before.
    Tickets are valid on the day that is printed on them.
    Children travel at half price.
    The policy covers water, not fire.
    The tenancy ends with the month.
    Meter readings are due in June.
    The invoice is sent to the person who placed the order.
    Your delivery is on its way.
    Your table is reserved for seven.
    Wash it at 30 degrees.
    The battery lasts a day.
    Hold the button for five seconds.
    The lamp blinks when it is connected.
    Please keep the box for a return.
    Please save a copy before you go.
    Make a copy of what you need first.
    You need not do anything.
    It renews by itself.
    Nothing changes until then.
    It stops on that day.
    After that it is closed.
    In that case, ask an administrator.
    An owner can undo it.
    Others cannot see it.
    Each works only once.
    It may take a little longer.
    This is what is allowed:
    These are the limits:
    What you pay:
    How to do it:
    """.strip().split("\n    ")
)

# That somebody has looked at something binds nobody.
READ = tuple(
    f"{verb} {thing}{when}."
    for number, verb in enumerate(
        (
            "I went over",
            "I've gone over",
            "I went through",
            "I've pulled up",
            "I opened",
            "I've brought up",
            "I had a look at",
            "We have studied",
            "I am looking at",
            "I've been through",
            "We examined",
            "I've just read",
        )
    )
    for place, thing in enumerate(
        ("your account", "your records", "your payments", "your file", "the history of your account", "your case")
    )
    for when in (("", " just now", " a minute ago", " for you")[(number + place) % 4],)
)
