"""Rules on letter A."""
