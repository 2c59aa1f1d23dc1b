"""The kinds of plans, one module each: `compose` writes the typed body, `sections` lays it out."""
