"""What a desk remembers, without the rest of it: opened, migrated, moved, backed up and put back."""
