"""Text to vectors, and passages found by meaning with a small share for exact words."""
