"""From the click on 110 to the ring of its telephone, on a real exchange."""

from collections.abc import Iterator

from tests.bench.figures import percentile
from tests.exchange.click_to_third_ring import click_to_third_ring_ms


def measure() -> Iterator[tuple[str, float, str]]:
    """The median of five calls in milliseconds."""
    yield "click_to_third_ring_ms", percentile(click_to_third_ring_ms(), 50), "ms"
