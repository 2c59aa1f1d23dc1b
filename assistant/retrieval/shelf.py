"""Keeps the user's documents of one workspace in one SQLite file: texts, notices and vectors.

Knows nothing about file formats or ranking. Only what was read is kept, never the file. A workspace is a folder of its
own, so that no search can reach another's texts; what is removed is overwritten and leaves the file.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256

import numpy as np

from assistant import paths
from assistant.errors import StorageError, UsageError
from assistant.goals import DocumentPart, UserDocument
from assistant.retrieval.vectors import Vectors

DEFAULT_WORKSPACE = "default"
MAX_DOCUMENTS = 500
MAX_PARTS = 20_000
"""Pieces of all documents of a workspace together."""
_FORMAT = 1
_WAIT_SECONDS = 30.0
_LONGEST_NAME = 64
_ID_CHARACTERS = 12
_LOG = logging.getLogger(__name__)

_TABLES = """
CREATE TABLE IF NOT EXISTS state (format INTEGER NOT NULL, workspace TEXT NOT NULL, generation INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS documents (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, entry TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS parts (
    document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, number INTEGER NOT NULL,
    digest TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS vectors (
    digest TEXT NOT NULL, embedding TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (digest, embedding)
) WITHOUT ROWID;
"""
_FORGET = "DELETE FROM vectors WHERE digest NOT IN (SELECT digest FROM parts)"
"""A vector tells of its text: none stays longer than the text itself."""


def document_id(raw: bytes) -> str:
    """Return the id of a file's bytes: the same bytes are the same document."""
    return sha256(raw).hexdigest()[:_ID_CHARACTERS]


class Shelf:
    """The documents of one workspace. Safe under several threads and processes, and under a kill at any moment."""

    def __init__(self, workspace: str = DEFAULT_WORKSPACE) -> None:
        """Name the workspace; nothing is created before the first document.

        Raises:
            UsageError: the name is empty, too long or holds characters that cannot be seen.
        """
        self.workspace = _name(workspace)
        folder = sha256(self.workspace.encode()).hexdigest()[:32]
        self._file = paths.home(create=False) / "workspaces" / folder / "documents.sqlite"

    def generation(self) -> int:
        """Return a number that grows with every change; 0 where nothing was ever added."""
        if not self._file.exists():
            return 0
        with self._open() as store:
            return int(store.execute("SELECT generation FROM state").fetchone()[0])

    def documents(self) -> tuple[UserDocument, ...]:
        """Return all documents, in the order in which they were added."""
        if not self._file.exists():
            return ()
        with self._open() as store:
            rows = store.execute("SELECT entry FROM documents ORDER BY rowid").fetchall()
        return tuple(UserDocument.model_validate_json(row[0]) for row in rows)

    def find(self, wanted: str) -> UserDocument:
        """Return the document with that id, name, or beginning of an id.

        Raises:
            UsageError: there is none, or several ids begin so.
        """
        kept = self.documents()
        exact = [each for each in kept if wanted in (each.id, each.name)]
        found = exact or [each for each in kept if len(wanted) >= 4 and each.id.startswith(wanted)]
        if len(found) == 1:
            return found[0]
        names = ", ".join(f"{each.name} ({each.id})" for each in kept[:8]) or "none"
        raise UsageError(
            f"No document is called {wanted!r}.",
            f"The workspace {self.workspace!r} holds: {names}.",
            value=wanted,
            workspace=self.workspace,
        )

    def parts(self, document: str) -> tuple[DocumentPart, ...]:
        """Return the pieces of a document by its id, in order; none for an unknown id."""
        if not self._file.exists():
            return ()
        with self._open() as store:
            rows = store.execute("SELECT entry FROM parts WHERE document = ? ORDER BY number", (document,)).fetchall()
        return tuple(DocumentPart.model_validate_json(row[0]) for row in rows)

    def everything(self) -> tuple[int, list[tuple[UserDocument, DocumentPart]]]:
        """Return the generation and every piece with its document, as they were at one moment."""
        if not self._file.exists():
            return 0, []
        with self._open() as store:
            store.execute("BEGIN")
            generation = int(store.execute("SELECT generation FROM state").fetchone()[0])
            kept = {
                row[0]: UserDocument.model_validate_json(row[1])
                for row in store.execute("SELECT id, entry FROM documents ORDER BY rowid")
            }
            parts = [
                (kept[row[0]], DocumentPart.model_validate_json(row[1]))
                for row in store.execute("SELECT document, entry FROM parts ORDER BY document, number")
            ]
        return generation, parts

    def put(
        self,
        document: UserDocument,
        parts: Sequence[DocumentPart],
        digests: Sequence[str],
        embedding: str = "",
        vectors: Mapping[str, Vectors] | None = None,
    ) -> UserDocument | None:
        """Keep a document in one step; one of the same name or the same bytes is replaced and returned.

        Args:
            document: the document.
            parts: its pieces, in order.
            digests: digest of what is embedded of each piece.
            embedding: identity of the embedding that made the vectors.
            vectors: vectors by digest, as far as there are any.

        Raises:
            UsageError: the workspace is full.
            StorageError: the store cannot be written.
        """
        self._create()
        with self._open() as store:
            store.execute("BEGIN IMMEDIATE")
            row = store.execute(
                "SELECT entry FROM documents WHERE id = ? OR name = ?", (document.id, document.name)
            ).fetchone()
            replaced = UserDocument.model_validate_json(row[0]) if row else None
            store.execute("DELETE FROM documents WHERE id = ? OR name = ?", (document.id, document.name))
            count = store.execute("SELECT count(*) FROM documents").fetchone()[0]
            held = store.execute("SELECT count(*) FROM parts").fetchone()[0]
            if count >= MAX_DOCUMENTS or held + len(parts) > MAX_PARTS:
                store.execute("ROLLBACK")
                raise UsageError(
                    f"The workspace {self.workspace!r} is full; {MAX_DOCUMENTS} documents, {MAX_PARTS:,} pieces fit.",
                    "Remove documents that are no longer used, or take another workspace.",
                    workspace=self.workspace,
                )
            store.execute(
                "INSERT INTO documents VALUES (?, ?, ?)", (document.id, document.name, document.model_dump_json())
            )
            store.executemany(
                "INSERT INTO parts VALUES (?, ?, ?, ?)",
                [
                    (document.id, part.number, digest, part.model_dump_json())
                    for part, digest in zip(parts, digests, strict=True)
                ],
            )
            _insert(store, embedding, vectors or {})
            store.execute(_FORGET)
            store.execute("UPDATE state SET generation = generation + 1")
            store.execute("COMMIT")
        return replaced

    def remove(self, document: UserDocument) -> None:
        """Remove a document without trace: its texts, its vectors, and the pages of the file that held them.

        Raises:
            StorageError: the store cannot be written.
        """
        with self._open() as store:
            store.execute("BEGIN IMMEDIATE")
            store.execute("DELETE FROM documents WHERE id = ?", (document.id,))
            store.execute(_FORGET)
            store.execute("UPDATE state SET generation = generation + 1")
            store.execute("COMMIT")
            store.execute("VACUUM")

    def vectors(self, embedding: str) -> dict[str, Vectors]:
        """Return the kept vectors of an embedding, by digest of their text."""
        if not self._file.exists():
            return {}
        with self._open() as store:
            rows = store.execute("SELECT digest, vector FROM vectors WHERE embedding = ?", (embedding,)).fetchall()
        return {digest: np.frombuffer(vector, dtype=np.float32) for digest, vector in rows}

    def keep_vectors(self, embedding: str, vectors: Mapping[str, Vectors]) -> None:
        """Keep vectors for the next process; failing to is no fault, they are computed again."""
        try:
            with self._open() as store:
                store.execute("BEGIN IMMEDIATE")
                _insert(store, embedding, vectors)
                store.execute(_FORGET)
                store.execute("COMMIT")
        except StorageError as error:
            _LOG.info("vectors are not kept: %s", error)

    def _create(self) -> None:
        if self._file.exists():
            return
        paths.home()
        try:
            self._file.parent.parent.mkdir(mode=0o700, exist_ok=True)
            self._file.parent.mkdir(mode=0o700, exist_ok=True)
            self._file.touch(mode=0o600)
        except OSError as error:
            raise self._failed(error.strerror or str(error)) from error

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Give a connection in which what is deleted is overwritten.

        Raises:
            StorageError: the file cannot be opened, is no store, or stays locked.
        """
        try:
            with closing(sqlite3.connect(self._file, timeout=_WAIT_SECONDS, isolation_level=None)) as store:
                store.execute("PRAGMA secure_delete = ON")
                store.execute("PRAGMA temp_store = MEMORY")
                store.execute("PRAGMA foreign_keys = ON")
                store.execute("PRAGMA synchronous = FULL")
                self._prepare(store)
                yield store
        except sqlite3.Error as error:
            raise self._failed(str(error)) from error

    def _prepare(self, store: sqlite3.Connection) -> None:
        """Make the tables in a new file; refuse one of another format."""
        if store.execute("PRAGMA user_version").fetchone()[0] == _FORMAT:
            return
        store.execute("BEGIN IMMEDIATE")
        version = store.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, _FORMAT):
            raise sqlite3.DatabaseError(f"it was written by another version ({version})")
        if version == 0:
            for statement in _TABLES.split(";"):
                store.execute(statement)
            store.execute("INSERT INTO state VALUES (?, ?, 0)", (_FORMAT, self.workspace))
            store.execute(f"PRAGMA user_version = {_FORMAT}")
        store.execute("COMMIT")

    def _failed(self, why: str) -> StorageError:
        return StorageError(
            f"The documents of the workspace {self.workspace!r} cannot be used ({why}).",
            f"Check the folder {str(self._file.parent)!r}.",
            folder=str(self._file.parent),
        )


def _insert(store: sqlite3.Connection, embedding: str, vectors: Mapping[str, Vectors]) -> None:
    store.executemany(
        "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
        [(digest, embedding, row.astype(np.float32).tobytes()) for digest, row in vectors.items()],
    )


def _name(workspace: str) -> str:
    name = unicodedata.normalize("NFC", workspace).strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise UsageError(
            f"A workspace cannot be called {json.dumps(workspace[:80], ensure_ascii=False)}.",
            f"Use 1 to {_LONGEST_NAME} characters that can be seen.",
            value=workspace[:80],
        )
    return name
