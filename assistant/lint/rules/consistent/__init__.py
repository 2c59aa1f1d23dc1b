"""Rules on letter C."""
