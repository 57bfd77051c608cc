"""A gateway with a simulated exchange that obeys its standard input: `ring NUMBER`, `end`."""

import json
import sys
from functools import partial
from pathlib import Path

from server.gateway.exchange.scene import Scene
from tests.support.gateway import gateway_in_thread


def main(public_key: Path) -> None:
    """Obey until standard input ends; `public_key` is the file of the key that tickets are signed with."""
    rung = ""
    with gateway_in_thread(public_key=public_key.read_text(encoding="utf-8")) as gateway:
        sys.stdout.write(json.dumps({"ready": "gateway", "url": gateway.url}) + "\n")
        sys.stdout.flush()
        for line in sys.stdin:
            order, *words = line.split()
            if order == "ring":
                rung = gateway.scene(partial(_ring, words[0]))
            elif rung:
                gateway.scene(partial(_end, rung))


def _ring(number: str, scene: Scene) -> str:
    return scene.ring(number, "12356")


def _end(call: str, scene: Scene) -> None:
    scene.caller_hangs_up(call)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
