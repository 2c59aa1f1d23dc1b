"""Rules on letter M."""
