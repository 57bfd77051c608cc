"""The same records with PouchDB: replicated to an express-pouchdb server over HTTP on loopback, and back.

Server and client are programs of their own, each with the storage that PouchDB takes in Node by itself
(LevelDB); the local database of the client is filled before the time is taken.
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.bench.sync.notes import note_body

_HERE = Path(__file__).parents[1] / "pouchdb"
_PLACE = Path(__file__).parents[3] / "build" / "bench" / "pouchdb"


def replicated(count: int) -> tuple[float, float]:
    """Documents a second pushed, and pulled again into an empty database."""
    _install()
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "documents.json"
        documents.write_text(json.dumps([note_body(n) for n in range(count)]), encoding="utf-8")
        server = subprocess.Popen(
            ["node", str(_PLACE / "server.js"), folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with server:
            try:
                port = str(json.loads(server.stdout.readline() if server.stdout else "")["port"])
                command = ["node", str(_PLACE / "client.js"), port, str(documents), folder]
                told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            finally:
                server.terminate()
    return told["push"], told["pull"]


def _install() -> None:
    """Bring the programs and, once, their packages to where nothing is kept in the repository."""
    _PLACE.mkdir(parents=True, exist_ok=True)
    for source in _HERE.iterdir():
        shutil.copy(source, _PLACE / source.name)
    if not (_PLACE / "node_modules" / "express-pouchdb").exists():
        command = ["npm", "install", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=_PLACE, check=True, capture_output=True)
