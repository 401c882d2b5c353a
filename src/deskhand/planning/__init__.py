"""The third layer: what would we do? A dry run by a brain, then checks that no brain can talk its way around."""
