"""A small library of method texts and a fast embedding, for tests in this process and in child processes."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.retrieval import Retriever, embedding
from assistant.retrieval.vectors import Vectors

TEXTS = {
    "weights.en": ("How to weight measures", [("How to share out weights", "Weights of all measures add up to 100.")]),
    "weights.zh-Hans": ("指标权重", [("权重怎么分配", "各项指标的权重合计为100，最重要的一项给得最多。")]),
    "weights.zh-Hant": ("指標權重", [("權重怎麼分配", "各項指標的權重合計為 100，最重要的一項給得最多。")]),
    "baseline.en": (
        "Baselines",
        [
            ("The baseline is unknown", "Where nobody has measured, measure first and set the target afterwards."),
            ("Copying a benchmark", "An industry benchmark hides other definitions."),
        ],
    ),
    "baseline.zh-Hans": (
        "基线",
        [("基线不知道怎么办", "没有人量过的，先量出现状，再定目标值。"), ("照抄行业标杆", "行业标杆的口径可能不同。")],
    ),
    "raci.zh-Hans": ("责任矩阵", [("谁拍板", "每件交付物只有一位最终责任人，别人可以执行和会签。")]),
    "training.en": ("Coaching", [("Finding skill gaps", "Compare the skills that the goal needs with those at hand.")]),
}


def write_text(folder: Path, name: str) -> Path:
    """Write one method text of the small library."""
    topic, language = name.split(".")
    title, sections = TEXTS[name]
    body = "\n".join(f"## {heading}\n\n{text}\n" for heading, text in sections)
    path = folder / f"{name}.md"
    front = f"topic: {topic}\ntitle: {title}\nlanguage: {language}\nsources:\n  - Author (2001). A work.\nrelated: []"
    path.write_text(f"---\n{front}\n---\n\n{body}", "utf-8")
    return path


def write_library(folder: Path) -> Path:
    """Write the small library."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in TEXTS:
        write_text(folder, name)
    return folder


class LetterEmbedding:
    """Vectors from the characters of a text: similar texts get near vectors; counts what it embeds."""

    identity = "letters"
    name = "letters"
    dimensions = 64

    def __init__(self, pause: float = 0.0) -> None:
        self.embedded: list[str] = []
        self._pause = pause

    def query(self, text: str) -> Vectors:
        vector = np.full(self.dimensions, 1e-3, dtype=np.float32)
        for letter in text.lower():
            vector[hashlib.md5(letter.encode()).digest()[0] % self.dimensions] += 1
        return vector / np.linalg.norm(vector)

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        time.sleep(self._pause)
        return np.stack([self.query(text) for text in texts])


def main() -> None:
    """Search once in a child process: `python -m tests.retrieval.support FOLDER [PAUSE_IN_CHROMA]`; prints JSON."""
    letters = LetterEmbedding(pause=0.3)
    embedding.choose = lambda settings: (letters, "")  # type: ignore[assignment]
    if len(sys.argv) > 2:
        from assistant.retrieval import dense

        build = dense.build

        def slow_build(folder: Path, vectors: Vectors) -> None:
            build(folder, vectors)
            print("built", flush=True)
            time.sleep(float(sys.argv[2]))

        dense.build = slow_build
    handle = Retriever(folder=Path(sys.argv[1]))
    found = [passage.id for passage in handle.search("权重怎么分配", k=3)]
    print(json.dumps({"found": found, "embedded": len(letters.embedded), "warning": handle.warning}), flush=True)
    if len(sys.argv) > 3:
        os.kill(os.getpid(), int(sys.argv[3]))


if __name__ == "__main__":
    main()
