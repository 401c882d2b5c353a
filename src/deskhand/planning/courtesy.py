"""What may be said to everybody, and what says something: a sentence nearer to the former states nothing."""

SAID_TO_ALL = tuple(
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
    """.strip().split("\n    ")
)

SAYS_SOMETHING = tuple(
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
    I have looked at your account and opened it again.
    You are on another plan now.
    The prices go down.
    It was requested this morning.
    """.strip().split("\n    ")
)
