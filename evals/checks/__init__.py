"""Scorers that are not needed at run time, one small module for each thing they look at."""
