"""A model that a visitor connects: the endpoint's address, the model's name, the key. Knows nothing about the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import SecretStr

from assistant.errors import UsageError

_LONGEST_ADDRESS = 300
_LONGEST_MODEL = 200
_LONGEST_KEY = 1_000
_NAME = re.compile(r"[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]")
_ENDS = ("/chat/completions", "/completions", "/models")
"""What people copy along with the address."""


@dataclass(frozen=True, slots=True)
class Connection:
    """One visitor's model. Its `repr` hides the key.

    Attributes:
        address: the endpoint, as `https://api.example.com/v1`; without user name, query, fragment and final slash.
        model: the model's name there.
        key: the key; '' where the endpoint takes any.
        stored: whether it is kept in a file as well.
    """

    address: str
    model: str
    key: SecretStr
    stored: bool = False

    @property
    def host(self) -> str:
        """Return the host's name, in lower case and without brackets."""
        return urlsplit(self.address).hostname or ""

    @property
    def port(self) -> int:
        """Return the port, the scheme's own where the address names none."""
        parts = urlsplit(self.address)
        return parts.port or (443 if parts.scheme == "https" else 80)

    @property
    def place(self) -> str:
        """Return host and port as the address has them."""
        return urlsplit(self.address).netloc

    @property
    def open_to_listeners(self) -> bool:
        """Tell whether the key and all texts go over a network without encryption."""
        return self.address.startswith("http://") and self.host not in ("localhost", "127.0.0.1", "::1")


def connection(address: str, model: str, key: str, *, stored: bool = False) -> Connection:
    """Return what was typed, checked.

    Raises:
        UsageError: `address`, `model` or `key` cannot be used; `values["field"]` says which. No value is repeated.
    """
    model, key = model.strip(), key.strip()
    found = _address(address.strip())
    if not found:
        raise UsageError("The address cannot be used.", field="address")
    if not model or len(model) > _LONGEST_MODEL or not model.isprintable() or model == "offline":
        raise UsageError("The model's name cannot be used.", field="model")
    if len(key) > _LONGEST_KEY or not key.isascii() or (key and not key.isprintable()) or " " in key:
        raise UsageError("The key cannot be used.", field="key")
    return Connection(found, model, SecretStr(key), stored)


def _address(typed: str) -> str:
    """Return an address without what is too much in it; '' where it is none."""
    if not typed or len(typed) > _LONGEST_ADDRESS or not typed.isascii() or re.search(r"[\s\\<>\"'`{}|^]", typed):
        return ""
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError:
        return ""
    # A key in the address would stand wherever the address does.
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or parts.query or parts.fragment or port == 0:
        return ""
    name = parts.netloc.removesuffix(f":{port}") if port else parts.netloc
    if not _NAME.fullmatch(name) or ".." in name or name.startswith("."):
        return ""
    path = parts.path.rstrip("/")
    for end in _ENDS:
        path = path.removesuffix(end)
    return f"{parts.scheme}://{parts.netloc.lower()}{path}"
