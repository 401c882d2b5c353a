"""The built-in brain: reads, chooses a procedure and answers from articles without a language model."""
