"""When to write to a customer first: rules of the desk over events, and the pure questions of when and whom."""
