"""Keeps blessed references: one folder for each suite and variant, with the samples of the accepted run.

Knows nothing about what is compared with them. Only a person's command writes here, never a run.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import StorageError
from assistant.evaluation.samples import Manifest, Sample, Suite
from evals.store import MANIFEST, write_whole

HOME = Path(__file__).parent / "baselines"
SAMPLES = "samples.jsonl.gz"


def place(suite: str, variant: str, home: Path | None = None) -> Path:
    """Return the folder of a suite's and variant's reference, whether or not it exists.

    Where a character had to be replaced a hash of the whole name keeps variants apart.
    """
    plain = re.sub(r"[^A-Za-z0-9.+_-]+", "-", variant.replace("/", "--"))
    if plain != variant.replace("/", "--") or "--" in variant:
        plain = f"{plain}-{hashlib.sha256(variant.encode()).hexdigest()[:12]}"
    return (home or HOME) / suite / plain


def read(suite: str, variant: str, home: Path | None = None) -> tuple[Manifest, tuple[Sample, ...]] | None:
    """Return the blessed manifest and samples, None where nothing was blessed.

    Raises:
        StorageError: the reference is broken.
    """
    folder = place(suite, variant, home)
    if not (folder / MANIFEST).exists():
        return None
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_text("utf-8"))
        with gzip.open(folder / SAMPLES, "rt", encoding="utf-8") as lines:
            samples = tuple(Sample.model_validate_json(line) for line in lines if line.strip())
        if any((sample.suite, sample.variant) != (suite, variant) for sample in samples):
            raise ValueError("it holds samples of another variant")
        return manifest, samples
    except (OSError, EOFError, ValueError) as error:
        raise StorageError(
            f"The reference {str(folder)!r} cannot be read: {str(error).splitlines()[0]}.", "Bless a run again."
        ) from error


def write(manifest: Manifest, suite: Suite, variant: str, samples: Sequence[Sample], home: Path | None = None) -> Path:
    """Make the samples of one suite and variant the reference; the same samples give the same bytes."""
    folder = place(suite, variant, home)
    folder.mkdir(parents=True, exist_ok=True)
    own = manifest.model_copy(
        update={
            "suites": {suite: manifest.suites[suite]},
            "variants": tuple(each for each in manifest.variants if each.name == variant),
            "planned": len(samples),
        }
    )
    lines = "".join(
        sample.model_copy(update={"seconds": 0.0, "model_seconds": 0.0}).model_dump_json(exclude_defaults=True) + "\n"
        for sample in sorted(samples, key=lambda sample: (sample.case, sample.epoch))
    )
    packed = gzip.compress(lines.encode("utf-8"), 9, mtime=0)
    beside = folder / f".{SAMPLES}.tmp"
    beside.write_bytes(packed)
    beside.replace(folder / SAMPLES)
    write_whole(folder / MANIFEST, own.model_dump_json(indent=1) + "\n")
    return folder
