"""Serves the page over the sample drafts: `python -m tests.web.page_server PORT [PAUSE] [KIND]`.

Accounts are those of GOALS_WEB_AUTH, evaluation runs those in GOALS_HOME; GOALS_WEB_API opens the endpoints.
"""

from __future__ import annotations

import os
import sys

from assistant.web import launch
from tests.web.sample import FakeBackend, obedient

if __name__ == "__main__":
    port, pause, kind = (sys.argv[1:] + ["0", "offline"][len(sys.argv) - 2 :])[:3]
    backend = FakeBackend(pause=float(pause), kind=kind)
    if kind == "obedient":
        backend.made = obedient()
    accounts = launch.accounts(os.environ.get("GOALS_WEB_AUTH"))
    launch.serve(
        "127.0.0.1",
        int(port),
        accounts,
        api=bool(os.environ.get("GOALS_WEB_API")),
        backend=backend,
        ready=lambda address: print(address, flush=True),
    )
