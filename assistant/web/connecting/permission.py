"""Says whether visitors may connect a model, and to which hosts. Knows nothing about models."""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import Literal

from assistant.errors import SettingsError
from assistant.web.connecting.connection import Connection
from assistant.web.security import is_loopback

Refusal = Literal["", "not_here", "not_listed", "not_that_address"]
"""Why nothing is called: nobody may connect here; the host is not on the list; the address is no endpoint's."""
_ENTRY = re.compile(r"([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?")
_DATA_OF_THE_MACHINE = frozenset({"metadata", "metadata.google.internal", "100.100.100.200", "fd00:ec2::254"})
"""Where cloud machines ask for their own credentials, beside the link-local addresses."""


class Permission:
    """What the operator allows.

    Who can open a page that is served on this machine alone can reach what the machine reaches, so any endpoint may be
    named there. Elsewhere the server would call, for a visitor, what the visitor cannot reach: only listed hosts are.
    """

    def __init__(self, setting: str, served_at: str) -> None:
        """Read the setting `auto`, `off` or a list of hosts; `served_at` is the page's address.

        Raises:
            SettingsError: the list names something that is no host.
        """
        words = setting.strip()
        self._hosts: frozenset[tuple[str, int]] | None = None
        if words.lower() not in ("auto", "off"):
            self._hosts = frozenset(_entry(part.strip()) for part in words.split(",") if part.strip())
        self.given = (
            bool(self._hosts) if self._hosts is not None else words.lower() == "auto" and is_loopback(served_at)
        )
        """Whether anybody may connect anything."""

    def refusal(self, wanted: Connection) -> Refusal:
        """Return why an endpoint may not be called, '' where it may. Looks the host up, which can take seconds."""
        if not self.given:
            return "not_here"
        if not self.lists(wanted):
            return "not_listed"
        if self._hosts is not None:
            return ""
        return "not_that_address" if wanted.host in _DATA_OF_THE_MACHINE or _no_endpoint(wanted) else ""

    def lists(self, wanted: Connection) -> bool:
        """Tell whether a host is on the list, or there is none; without a port, an entry means 80 and 443 alone."""
        if self._hosts is None:
            return self.given
        return (wanted.host, wanted.port) in self._hosts or (
            wanted.port in (80, 443) and (wanted.host, 0) in self._hosts
        )


def _entry(words: str) -> tuple[str, int]:
    found = _ENTRY.fullmatch(words)
    if found is None or int(found[2] or 1) not in range(1, 65_536):
        raise SettingsError(
            f"GOALS_WEB_CONNECT names {words!r}, which is no host.",
            "Write auto, off, or hosts with commas between them, as api.example.com or 10.0.0.5:8000.",
        )
    return found[1].strip("[]").lower(), int(found[2] or 0)


def _no_endpoint(wanted: Connection) -> bool:
    """Tell whether a host is, by any of its addresses, where no model is: link-local, multicast, unspecified."""
    try:
        found = socket.getaddrinfo(wanted.host, wanted.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    plain = [getattr(each, "ipv4_mapped", None) or each for each in addresses]
    return any(
        each.is_link_local or each.is_multicast or each.is_unspecified or str(each) in _DATA_OF_THE_MACHINE
        for each in plain
    )
