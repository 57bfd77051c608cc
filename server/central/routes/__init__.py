"""The addresses of the central server, one module for each capability."""

from server.central.routes import (
    access,
    callers,
    courier,
    enrolment,
    gateway,
    live,
    metrics,
    recordings,
    session,
    state,
    sync,
    trace,
)

ROUTERS = (
    session.router,
    enrolment.router,
    gateway.router,
    callers.router,
    sync.router,
    live.router,
    courier.router,
    access.router,
    recordings.router,
    trace.router,
    state.router,
    metrics.router,
)
