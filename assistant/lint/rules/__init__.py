"""The rules, one file each, by group."""
