"""The gateway for tests starts, stops, comes back at the same address and lets callers ring."""

from websockets.sync.client import connect

from models.wire.line import NEWS, Hello, Welcome
from tests.support.gateway import GatewayInThread


def test_it_listens_again_at_the_same_address(gateway: GatewayInThread) -> None:
    first = gateway.url
    for _ in range(2):
        with connect(gateway.url, proxy=None) as console:
            console.send(Hello(token=gateway.ticket(), seat="1001").model_dump_json())
            assert isinstance(NEWS.validate_json(console.recv()), Welcome)
        gateway.stop()
        gateway.start()
    assert gateway.url == first
    assert gateway.scene(lambda scene: scene.ring("13800000001", "12356"))
