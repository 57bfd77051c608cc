"""The addresses of the central server, one module for each capability."""

from server.central.routes import session, state, sync

ROUTERS = (session.router, sync.router, state.router)
