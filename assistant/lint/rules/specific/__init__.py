"""Rules on letter S."""
