"""The second brain: any language model reads and plans, within bounds that it cannot move."""
