"""Everything that a desk remembers, in one encrypted file, and back."""
