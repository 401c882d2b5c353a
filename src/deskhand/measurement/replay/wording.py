"""What each figure of a replay's report means, in words for its readers."""

DEFINITIONS = {
    "outcomes": (
        "How each ticket would have ended had the assistant been trusted with everything. What the customer wrote "
        "before an agent answered was replayed; a handoff or something that waits for approval ends it. Tickets are "
        "replayed each by itself: what other tickets of the same customer would have changed is not in it."
    ),
    "denied": "Policy refused all that was asked for, and the customer would have been told so.",
    "silent": "Nothing would have been said, as to a machine's letter.",
    "failed": "The story broke off; live, the ticket would have been parked with people.",
    "without_people": "Resolved or answered, of all tickets.",
    "same_actions": (
        "The deeds that agents tell of in their messages are those that we would have done, as far as procedures may "
        "propose them. Of the tickets where both replied."
    ),
    "same_facts": (
        "Every amount, date and id that agents named stands in our reply, too. Of the tickets where they named any. "
        "Facts are read now, so dates and ids of then are often others: read this figure with care."
    ),
    "similarity": "Cosine of the embeddings of our reply and of the agents' first one that says something.",
    "same": (
        "Same actions, no fact of theirs missing, and a cosine of at least 0.5. What we leave to people is "
        "not compared."
    ),
    "money": "What would have moved, by policy's word on it: allow at once, approve and confirm after a yes.",
    "baseline": (
        "What agents needed, from the history alone: seconds to their first message that says something; to the moment "
        "at which the help desk said solved, else to their last message; ratings of 4 and 5 of all ratings."
    ),
}
