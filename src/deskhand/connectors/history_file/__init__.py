"""Past tickets in a file: a table or a mailbox."""
