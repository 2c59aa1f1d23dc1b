from __future__ import annotations

from tests.web.conftest import chromium, pictures

__all__ = ["chromium", "pictures"]
