"""A fixed suite of messages for any language model, and the report on what became of them."""
