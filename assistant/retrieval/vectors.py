"""Keeps vectors that come with the knowledge, so that nobody waits for a first embedding.

Knows nothing about what the vectors are of. A file is used only where it was made with the very same embedding.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""Rows of length 1, or one such row."""

_DIGEST_BYTES = 12


def digest(text: str) -> str:
    """Return the digest by which the vector of a text is found, in hexadecimal."""
    return hashlib.sha256(text.encode()).digest()[:_DIGEST_BYTES].hex()


def read(file: Path, identity: str) -> dict[str, Vectors]:
    """Return the vectors of a file by digest, each of length 1; none where it cannot be used."""
    try:
        with np.load(file, allow_pickle=False) as data:
            if str(data["embedding"]) != identity:
                return {}
            digests, rows = data["digests"], data["vectors"].astype(np.float32)
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
            return {bytes(mark).hex(): row for mark, row in zip(digests, rows, strict=True)}
    except (OSError, ValueError, KeyError, EOFError):
        return {}


def write(file: Path, identity: str, digests: Sequence[str], vectors: Vectors) -> None:
    """Write vectors, in eight bits a number, which moves no ranking that matters and halves the file again."""
    scale = np.abs(vectors).max(axis=1, keepdims=True)
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        embedding=np.array(identity),
        digests=np.stack([np.frombuffer(bytes.fromhex(mark), dtype=np.uint8) for mark in digests]),
        vectors=np.round(vectors / scale * 127).astype(np.int8),
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(buffer.getvalue())
