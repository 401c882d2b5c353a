"""Quality: rules over every conversation, graded samples of people, and what both tell."""
