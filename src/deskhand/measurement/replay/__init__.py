"""What a replay of past tickets shows: folds over its rows, which know no other system."""
