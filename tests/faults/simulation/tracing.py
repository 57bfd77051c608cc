"""What must hold of the trace when everybody has come to rest: whole, at the server, vouched for."""

import json
from collections.abc import Sequence

from sqlalchemy import select

from models.trace.chain import Fault
from server.central.storage.tables.trace import trace_entry
from server.central.trace.verifying import verify_trace
from tests.faults.broken import hold
from tests.faults.simulation.center import Center
from tests.faults.simulation.console import Console

# A disk or a server that was put back tears a chain: that is found, and told to a person. These never happen.
_NEVER = (Fault.ALTERED, Fault.EXTRA, Fault.SIGNATURE, Fault.MALFORMED, Fault.FOREIGN)


def check_trace_at_end(center: Center, consoles: Sequence[Console], taken: set[str]) -> None:
    """Every chain leads from its beginning to its end, and the server has signed for the last entry."""
    engine = center.hotline.engine
    report = verify_trace(engine, center.hotline.desks.trace.key.public)
    hold("trace is whole", report.findings)
    undisturbed = not center.restored and not any(console.cloned for console in consoles)
    hold("trace raises no alarm", undisturbed and report.alarms)
    for console in consoles:
        for chain in console.chains():
            hold("trace is whole", chain.broken and (undisturbed or chain.broken.why in _NEVER) and chain)
            hold("trace is vouched for", chain.broken is None and chain.vouched != chain.last and chain)
    with engine.connect() as connection:
        told = {json.loads(text).get("op") for text in connection.scalars(select(trace_entry.c.text))}
    hold("each act is in the trace", undisturbed and taken - told)
