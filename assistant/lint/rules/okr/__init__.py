"""Rules on sets of objectives and key results."""
