"""A person writes a field of a draft in its place: see `editing.edit`."""
