"""Work beside all other work of a desk, a file for each round."""
