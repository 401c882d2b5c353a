"""What is made up to measure and to try with: journals, histories, desks that are thrown away."""
