"""Each request counted, timed and logged: which route, how it went, whose ticket; nothing that was said."""

import secrets
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_HEADER = b"x-request-id"
_LOG = structlog.stdlib.get_logger("server.requests")
# Asked every few seconds by machines.
_QUIET = frozenset({"/health", "/ready", "/metrics"})
_FAULT = 500


class Watching:
    """Around everything else: also what is refused early, or ends with a fault, is counted."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on under a number of its own, and tell how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        desks = scope["app"].state.desks
        number, began, status = secrets.token_hex(8), desks.clock.monotonic(), _FAULT

        async def send_watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (REQUEST_HEADER, number.encode())]
            await send(message)

        with structlog.contextvars.bound_contextvars(request=number):
            try:
                await self._app(scope, receive, send_watched)
            finally:
                _tell(scope, status, desks.clock.monotonic() - began)


def _tell(scope: Scope, status: int, seconds: float) -> None:
    # The path as it was asked for may hold anything.
    route = getattr(scope.get("route"), "path", "")
    scope["app"].state.desks.metrics.answered(scope["method"], route, status, seconds)
    if route in _QUIET and status < _FAULT:
        return
    told: dict[str, Any] = {"route": route, "status": status, "ms": round(seconds * 1000, 1)}
    _LOG.info("answered", **told, **scope.get("who", {}))
