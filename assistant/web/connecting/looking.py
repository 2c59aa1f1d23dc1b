"""What a press in the form does: tries, connects, lets go. Knows nothing about components or markup."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Literal

from pydantic import Field

from assistant.errors import StorageError, UsageError
from assistant.goals import Drafter
from assistant.goals.base import Model
from assistant.goals.trial import ModelTrial
from assistant.web.backend import Backend
from assistant.web.connecting.connection import Connection, connection
from assistant.web.connecting.connections import Connections
from assistant.web.connecting.permission import Permission
from assistant.web.visitor import Visitor

logger = logging.getLogger(__name__)

TRIES_A_MINUTE = 10
_LONGEST = 2_000


class Told(Model):
    """What the person is told: a key of the strings, with its values.

    Attributes:
        tone: `ok`, `error`, or `info` for what is under way.
    """

    key: str
    tone: Literal["ok", "error", "info"] = "error"
    values: dict[str, str] = Field(default_factory=dict)


class Looking(Model):
    """What one tab shows of the form; never a key.

    Attributes:
        open: whether the form is shown.
        address, model: as typed last.
        told: what came of the last press; None for nothing.
    """

    open: bool = False
    address: str = ""
    model: str = ""
    told: Told | None = None


class Typed(Model):
    """What stands in the form at a press."""

    act: str = ""
    address: str = ""
    model: str = ""
    key: str = ""
    keep: bool = False


def typed(data: object) -> Typed:
    """Return what a press sent; what is no text or too long is left out."""
    held = data if isinstance(data, dict) else {}
    words = {name: held.get(name) for name in ("act", "address", "model", "key")}
    kept = {name: value for name, value in words.items() if isinstance(value, str) and len(value) <= _LONGEST}
    return Typed(**kept, keep=held.get("keep") is True)


class Connector:
    """Does what is pressed, for whoever presses. Safe to use from several threads."""

    def __init__(
        self,
        backend: Backend,
        connections: Connections,
        permission: Permission,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Connect to `backend` what `permission` allows, and keep it in `connections`."""
        self.permission = permission
        self._backend = backend
        self._connections = connections
        self._clock = clock
        self._tries: dict[str, list[float]] = {}

    def of(self, who: Visitor) -> Connection | None:
        """Return the visitor's connection, where connecting is still allowed."""
        found = self._connections.of(who.owner) if self.permission.given else None
        return found if found is not None and self.permission.lists(found) else None

    def line(self, who: Visitor) -> Drafter:
        """Return who would write for the visitor."""
        found = self.of(who)
        return self._backend.drafter_line() if found is None else Drafter(kind="llm", model=found.model)

    def over(self, who: Visitor, backend: Backend) -> Backend:
        """Return the backend with the visitor's model; itself where the visitor has none."""
        found = self.of(who)
        return backend if found is None else backend.connected(found.address, found.key, found.model)

    def acted(self, who: Visitor, at: Looking, press: Typed) -> Looking:
        """Return the look after a press; asks the endpoint where the press wants that."""
        match press.act:
            case "connect":
                return Looking(open=not at.open, address=at.address, model=at.model)
            case "close":
                return Looking(address=at.address, model=at.model)
            case "drop":
                try:
                    self._connections.drop(who.owner)
                except StorageError:
                    logger.exception("A stored connection could not be deleted.")
                    return at.model_copy(update={"told": Told(key="connect.not_deleted")})
                return Looking(open=True, told=Told(key="connect.dropped", tone="ok"))
            case "try" | "use":
                at = at.model_copy(update={"address": press.address.strip(), "model": press.model.strip()})
                return at.model_copy(update=self._tried(who, press))
        return at

    def _tried(self, who: Visitor, press: Typed) -> dict[str, object]:
        if not self.permission.given:
            return {"told": Told(key="connect.not_here")}
        if not who.owner:
            return {"told": Told(key="connect.no_cookie")}
        try:
            wanted = connection(press.address, press.model, press.key, stored=press.keep)
        except UsageError as error:
            return {"told": Told(key=f"connect.bad_{error.values['field']}")}
        if self._too_often(who.owner):
            return {"told": Told(key="connect.too_often")}
        refusal = self.permission.refusal(wanted)
        if refusal:
            return {"told": Told(key=f"connect.{refusal}", values={"host": wanted.place})}
        trial = self._backend.connected(wanted.address, wanted.key, wanted.model).try_model()
        if trial.kind != "ok" or press.act == "try":
            return {"told": outcome(trial)}
        try:
            self._connections.put(who.owner, wanted)
        except StorageError:
            logger.exception("A connection could not be stored.")
            return {"told": Told(key="connect.not_stored")}
        return {"told": Told(key="connect.connected", tone="ok", values={"model": wanted.model})}

    def _too_often(self, owner: str) -> bool:
        now = self._clock()
        self._tries = {
            name: kept for name, tries in self._tries.items() if (kept := [at for at in tries if now - at < 60])
        }
        recent = self._tries.setdefault(owner, [])
        if len(recent) >= TRIES_A_MINUTE:
            return True
        recent.append(now)
        return False


def outcome(trial: ModelTrial) -> Told:
    """Return what is told of a trial."""
    values = {"host": trial.host, "model": trial.model, "seconds": f"{trial.seconds:.1f}"}
    values["status"] = "" if trial.status is None else str(trial.status)
    if trial.kind == "ok":
        return Told(key="connect.works", tone="ok", values=values)
    return Told(key=f"connect.fail_{trial.kind}", values=values)
