"""What becomes of the failure of something that runs beside the rest."""

import asyncio
from typing import Any

from console.runtime.journal import DiskTrouble


def report(task: "asyncio.Task[Any]") -> None:
    """Let a failure reach the loop's exception hook; a damaged disk was told by who keeps the database."""
    failure = None if task.cancelled() else task.exception()
    if isinstance(failure, DiskTrouble) and failure.code == "disk_damaged":
        return
    if failure is not None:
        asyncio.get_running_loop().call_exception_handler(
            {"message": "a service failed", "exception": failure}
        )
