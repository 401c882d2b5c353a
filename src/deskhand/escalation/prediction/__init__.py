"""How likely a ticket is to end with a person: what is looked at, what weighs how much, and what became of it."""
