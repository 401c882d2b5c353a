"""What may be said to everybody: sentences near to one of these state nothing."""

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
