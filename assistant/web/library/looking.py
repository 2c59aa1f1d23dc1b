"""What the tab of texts remembers, and what happens in it: state in, state out. Knows nothing about markup."""

from __future__ import annotations

import logging
from typing import Literal, NamedTuple

from assistant.errors import AssistantError, InputError, UsageError
from assistant.goals import LANGUAGES, DocumentPart, Function, Language, Metric, Passage, UserDocument
from assistant.goals.base import Model
from assistant.goals.method import MethodText
from assistant.web.arrivals import Arrivals
from assistant.web.library.reading import Reading
from assistant.web.session import Turn

logger = logging.getLogger(__name__)

Part = Literal["methods", "metrics", "own"]
PARTS: tuple[Part, ...] = ("methods", "metrics", "own")
LONGEST_QUERY = 400
_HITS = 12
_METRICS = 40


class Books(NamedTuple):
    """What is the same for everybody: method texts by topic and language, functions and metrics by id."""

    texts: dict[tuple[str, str], MethodText]
    functions: dict[str, Function]
    metrics: dict[str, Metric]

    def text(self, topic: str, language: str) -> MethodText | None:
        """Return a topic's text, in another language where there is none in this one."""
        return next((self.texts[topic, each] for each in (language, *LANGUAGES) if (topic, each) in self.texts), None)

    def topics(self, language: str) -> list[MethodText]:
        """Return one text of every topic, in order of the topics' names."""
        topics = sorted({topic for topic, _ in self.texts})
        return [text for topic in topics if (text := self.text(topic, language)) is not None]


class Looking(Model):
    """Everything of one browser tab; replaced, never changed.

    Attributes:
        ticket: under which the browser sends a file.
        part: which of the three shelves is open.
        query: what is searched for in it; '' for nothing.
        hits: passages of the method texts or of the documents that were found.
        function: the function whose metrics are listed; '' for all.
        listed: ids of the metrics that are listed.
        topic, language, section: the method text that is read, in which language, and the section that was found.
        metric: the metric that is read.
        documents: the own documents.
        document, pieces: the document that is read, and its pieces.
        asking: id of the document of which it is asked whether to remove it.
        told: what a press came to.
        opened: counts what was opened to read, so that a narrow page can go there.
    """

    ticket: str = ""
    part: Part = "methods"
    query: str = ""
    hits: tuple[Passage, ...] = ()
    function: str = ""
    listed: tuple[str, ...] = ()
    topic: str = "smart"
    language: Language | None = None
    section: int = 0
    metric: str = ""
    documents: tuple[UserDocument, ...] = ()
    document: str = ""
    pieces: tuple[DocumentPart, ...] = ()
    asking: str = ""
    told: Turn | None = None
    opened: int = 0


def books(reading: Reading) -> Books:
    """Return what is the same for everybody."""
    found = reading.metrics("")
    return Books(
        {(text.topic, text.language): text for text in reading.methods()}, dict(found.functions), dict(found.known)
    )


def acted(
    reading: Reading, arrivals: Arrivals, shelf: Books, at: Looking, act: str, value: str, language: Language
) -> Looking:
    """Return the state after a press, a search or a file."""
    at = at.model_copy(update={"told": None} | ({} if act in ("ask", "remove") else {"asking": ""}))
    try:
        return _acted(reading, arrivals, shelf, at, act, value, language)
    except Exception as error:
        return at.model_copy(update={"told": complaint(error)})


def complaint(error: Exception) -> Turn:
    """Return an error as a message of the tab; what is no fault of the person's goes into the log."""
    if isinstance(error, InputError):
        return _trouble("library.unreadable", reason=str(error))
    if isinstance(error, UsageError):
        return _trouble("library.full")
    if not isinstance(error, AssistantError):
        logger.error("The page could not answer in the tab of texts.", exc_info=error)
    code = error.code if isinstance(error, AssistantError) else ""
    return _trouble(f"error.{code}" if code in ("storage", "knowledge") else "library.failed")


def _acted(
    reading: Reading, arrivals: Arrivals, shelf: Books, at: Looking, act: str, value: str, language: Language
) -> Looking:
    match act:
        case "open":
            return refreshed(reading, at)
        case "part" if value in PARTS:
            cleared = {"part": value, "query": "", "hits": (), "listed": tuple(shelf.metrics), "function": ""}
            return refreshed(reading, at.model_copy(update=cleared))
        case "find":
            return _found(reading, at.model_copy(update={"query": value[:LONGEST_QUERY]}), language)
        case "function" if value == "" or value in shelf.functions:
            return _found(reading, at.model_copy(update={"function": value}), language)
        case "topic":
            return _opened(shelf, at, value)
        case "language" if value in LANGUAGES:
            return at.model_copy(update={"language": value, "section": 0})
        case "metric" if value in shelf.metrics:
            return _read(at, metric=value)
        case "document":
            id, _, number = value.partition("#")
            _, pieces = reading.document(id)
            return _read(at, document=id, pieces=pieces, section=int(number) if number.isdecimal() else 0)
        case "ask":
            return at.model_copy(update={"asking": value})
        case "remove":
            return _removed(reading, at, value)
        case "refused":
            return at.model_copy(
                update={"told": _trouble("check.too_large" if value == "413" else "check.not_arrived")}
            )
        case "file":
            return _added(reading, arrivals, at)
    return at


def refreshed(reading: Reading, at: Looking) -> Looking:
    """Return the state with the documents as they are now; one that is gone is no longer read."""
    try:
        documents = reading.documents()
    except UsageError:
        # A browser without a cookie has no workspace.
        told = _trouble("library.no_cookie") if at.part == "own" else None
        return at.model_copy(update={"documents": (), "document": "", "pieces": (), "told": told})
    at = at.model_copy(update={"documents": documents})
    if at.document not in {each.id for each in documents}:
        at = at.model_copy(update={"document": "", "pieces": ()})
    return at


def _found(reading: Reading, at: Looking, language: Language) -> Looking:
    asked = at.query.strip()
    if at.part == "metrics":
        found = reading.metrics(asked, function=at.function, k=_METRICS)
        return at.model_copy(update={"listed": tuple(each.id for each in found.metrics)})
    if not asked:
        return at.model_copy(update={"hits": ()})
    scope: Literal["methods", "documents"] = "documents" if at.part == "own" else "methods"
    return at.model_copy(update={"hits": tuple(reading.search(asked, _HITS, language, scope=scope))})


def _opened(shelf: Books, at: Looking, value: str) -> Looking:
    """Open a topic by its name, or a passage by its id (`TOPIC.LANGUAGE#SECTION`)."""
    name, _, number = value.partition("#")
    topic, _, language = name.partition(".")
    if shelf.text(topic, language) is None:
        return at
    section = int(number) if number.isdecimal() and len(number) < 4 else 0
    read = language if language in LANGUAGES else at.language
    return _read(at, topic=topic, section=section, language=read)


def _removed(reading: Reading, at: Looking, id: str) -> Looking:
    if id != at.asking:
        return at
    gone = reading.remove_document(id)
    at = refreshed(reading, at.model_copy(update={"asking": "", "hits": (), "query": ""}))
    return at.model_copy(update={"told": _told("library.removed", name=gone.name)})


def _added(reading: Reading, arrivals: Arrivals, at: Looking) -> Looking:
    arrived = arrivals.take(at.ticket)
    if arrived is None:
        return at.model_copy(update={"told": _trouble("check.not_arrived")})
    before = {each.id for each in reading.documents()}
    reading.add_document(arrived.raw, arrived.name or "document")
    at = refreshed(reading, at)
    fresh = next((each for each in at.documents if each.id not in before), None)
    if fresh is None:
        return at.model_copy(update={"told": _told("library.known")})
    _, pieces = reading.document(fresh.id)
    at = _read(at, document=fresh.id, pieces=pieces, section=0)
    return at.model_copy(update={"told": _told("library.added", name=fresh.name)})


def _read(at: Looking, **update: object) -> Looking:
    return at.model_copy(update={**update, "opened": at.opened + 1})


def _told(key: str, **values: str) -> Turn:
    return Turn(role="assistant", key=key, values=values)


def _trouble(key: str, **values: str) -> Turn:
    return Turn(role="assistant", kind="error", key=key, values=values)
