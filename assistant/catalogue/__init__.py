"""The metric catalogue: load it, look metrics up by name, alias or wording."""

from assistant.catalogue.browse import Found, browse
from assistant.catalogue.load import Catalogue, load, read_function
from assistant.catalogue.lookup import Hit, Lookup, Suggestion, default, fold

__all__ = ["Catalogue", "Found", "Hit", "Lookup", "Suggestion", "browse", "default", "fold", "load", "read_function"]
