"""The addresses of the central server, one module for each capability."""

from server.central.routes import (
    access,
    courier,
    enrolment,
    gateway,
    live,
    metrics,
    session,
    state,
    sync,
    trace,
)

ROUTERS = (
    session.router,
    enrolment.router,
    gateway.router,
    sync.router,
    live.router,
    courier.router,
    access.router,
    trace.router,
    state.router,
    metrics.router,
)
