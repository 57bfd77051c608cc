"""The nonce for the next proof of possession, on every answer."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.people.proof import NONCE_HEADER

_NAME = NONCE_HEADER.lower().encode()


class Freshness:
    """Adds the header `DPoP-Nonce`, so that a workstation always has a nonce that is good for minutes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer with the header."""

        async def send_with_nonce(message: Message) -> None:
            if message["type"] == "http.response.start":
                desks = scope["app"].state.desks
                nonce = desks.nonces.make(desks.clock.now())
                message["headers"] = [*message.get("headers", ()), (_NAME, nonce.encode())]
            await send(message)

        await self._app(scope, receive, send_with_nonce)
