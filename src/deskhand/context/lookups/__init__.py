"""The look-ups that procedures may name. Each is live and bound to the ticket's own customer."""
