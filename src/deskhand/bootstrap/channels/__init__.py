"""The channels that a desk hosts itself, a file each, with the doors by which messages come in."""
