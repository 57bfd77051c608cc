"""A gateway with a simulated exchange that obeys its standard input: `ring`, `end <call>`."""

import json
import sys
from functools import partial
from pathlib import Path

from server.central.config import read_config
from server.gateway.exchange.scene import Scene
from tests.support.gateway import gateway_in_thread


def main(folder: str) -> None:
    """Obey until standard input ends."""
    key = read_config(Path(folder)).public_key.read_text(encoding="utf-8")
    number = 13800000000
    with gateway_in_thread("beijing", public_key=key) as gateway:
        sys.stdout.write(json.dumps({"ready": "gateway", "url": gateway.url}) + "\n")
        sys.stdout.flush()
        for line in sys.stdin:
            order, *words = line.split()
            if order == "ring":
                number += 1
                gateway.scene(partial(_ring, str(number)))
            elif order == "end":
                gateway.scene(partial(_end, words[0]))


def _ring(number: str, scene: Scene) -> None:
    scene.ring(number, "12356")


def _end(call: str, scene: Scene) -> None:
    scene.caller_hangs_up(call)


if __name__ == "__main__":
    main(sys.argv[1])
