"""A gateway with a simulated exchange that obeys its standard input: `ring`, `end <call>`."""

import json
import sys
from pathlib import Path

from server.central.config import read_config
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
                gateway.scene(lambda scene, caller=str(number): scene.ring(caller, "12356"))
            elif order == "end":
                gateway.scene(lambda scene, call=words[0]: scene.caller_hangs_up(call))


if __name__ == "__main__":
    main(sys.argv[1])
