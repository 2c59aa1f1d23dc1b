"""Asks and answers through files, in the JSONL form that hosted batch services take and give back.

One line a request: `custom_id`, `method`, `url`, `body`, as in OpenAI's Batch API; vLLM and others read the same form.
The id is the request's digest, so an answer fits only the very request that it answers. Knows nothing about rows.
"""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.llm.dialect import Dialect
from assistant.llm.failures import Fault, classify, failure
from assistant.llm.types import Completion, Outcome, Request
from assistant.llm.wire import Answer, Use, read_body

URL = "/v1/chat/completions"
_LONGEST_LINE = 50_000_000


class BatchFileModel:
    """A model that answers from a file, and gathers the requests that the file does not answer.

    Attributes:
        answered: requests answered so far.
        missing: requests without an answer so far, each once.
    """

    def __init__(self, model: str, *, max_tokens: int, answers: Path | None = None) -> None:
        """Take the model's name for the requests, and the answers if there are any.

        Raises:
            InputError: the file of answers cannot be read; the message names the line.
        """
        self._name, self._max_tokens = model, max_tokens
        self._lock = threading.Lock()
        self._answers = _read(answers) if answers is not None else {}
        self._asked: dict[str, Request] = {}
        self.answered = 0

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self._name

    @property
    def missing(self) -> int:
        """Return how many requests have no answer."""
        return len(self._asked)

    async def complete(self, request: Request) -> Outcome:
        """Return the answer on file, else the failure `not_recorded`."""
        line = self._answers.get(request.digest)
        if line is None:
            with self._lock:
                self._asked.setdefault(request.digest, request)
            return failure(Fault("not_recorded"), model=self._name)
        with self._lock:
            self.answered += 1
        use = Use()
        response = line.get("response")
        status, body = (
            (response.get("status_code"), response.get("body")) if isinstance(response, dict) else (None, None)
        )
        if status == 200 and isinstance(body, dict):
            result = read_body(json.dumps(body).encode(), use, self._name)
        else:
            told = body if isinstance(body, dict) else {"error": line.get("error") or "no answer"}
            result = classify(status if isinstance(status, int) else None, {}, told)
        if isinstance(result, Answer):
            return Completion(result.text, result.model, result.finish_reason, use.prompt, use.completion)
        return failure(result, model=self._name, calls=1, tokens=(use.prompt, use.completion))

    def requests(self) -> list[str]:
        """Return a line for every request without an answer, in the order in which they were made."""
        dialect = Dialect()
        lines = []
        for digest, request in self._asked.items():
            body = dialect.parameters(request, self._name, request.max_tokens or self._max_tokens, False)
            line = {"custom_id": digest, "method": "POST", "url": URL, "body": body}
            lines.append(json.dumps(line, ensure_ascii=False))
        return lines


def _read(path: Path) -> dict[str, dict[str, Any]]:
    """Return the lines of a file of answers by their id; of two with one id, the one with an answer."""
    found: dict[str, dict[str, Any]] = {}
    try:
        with path.open(encoding="utf-8") as stream:
            for number, text in enumerate(stream, 1):
                if not text.strip():
                    continue
                try:
                    line = json.loads(text) if len(text) <= _LONGEST_LINE else None
                except (ValueError, RecursionError):
                    line = None
                if not isinstance(line, dict) or not isinstance(line.get("custom_id"), str):
                    raise InputError(
                        f"{path.name}:{number} is no line of a batch result.",
                        "Give the file as the batch service returned it: one JSON object with a custom_id a line.",
                    )
                if line["custom_id"] not in found or line.get("error") is None:
                    found[line["custom_id"]] = line
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InputError(f"{str(path)!r} cannot be read ({why}).", "Check the path.", path=str(path)) from None
    return found
