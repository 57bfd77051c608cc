"""The addresses of the central server, one module for each capability."""

from server.central.routes import access, session, state, sync

ROUTERS = (session.router, sync.router, access.router, state.router)
