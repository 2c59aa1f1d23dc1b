"""Sees that a handler always answers. Knows nothing about what is updated.

The page's framework takes a generator that ends without a value for one that empties every output.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import gradio as gr


async def never_nothing(updates: AsyncIterator[list[Any]], outputs: list[Any]) -> AsyncIterator[list[Any]]:
    """Yield the updates, or one that leaves all `outputs` as they are where there are none."""
    silent = True
    async for update in updates:
        silent = False
        yield update
    if silent:
        yield [gr.skip()] * len(outputs)
