"""Writes the results of a batch run into a copy of the input, in the input's own format."""
