"""Rules between the goals of a list."""
