"""Events that concern a customer who has not written yet: read where they are true, and read again before anything."""
