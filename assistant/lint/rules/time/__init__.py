"""Rules on letter T."""
