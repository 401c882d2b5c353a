"""A hostile model in place of a real one, and a witness at the billing system: what `deskhand bench hostile` runs."""
