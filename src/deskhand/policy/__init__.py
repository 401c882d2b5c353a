"""What the assistant may do: written rules, decided on facts by a pure function."""
