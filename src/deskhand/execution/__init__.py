"""The fourth layer: the one door to the outside world, within written policy and exactly once."""
