"""Rules on damage to the text."""
