"""What replies say, true and untrue, in two halves: one to tune the review on, one kept back to measure it."""
