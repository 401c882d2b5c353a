"""The company's knowledge, kept in the store's database: taken over piece by piece, and found by meaning and words."""
