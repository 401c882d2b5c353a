"""The systems of one desk, real ones and twins alike, and what only they can tell."""
