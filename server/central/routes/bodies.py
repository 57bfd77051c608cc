"""Bodies read and written once: JSON straight to the message, an answer that is ready."""

from collections.abc import Callable, Coroutine
from typing import Any, get_type_hints

from fastapi import Request, Response
from fastapi.routing import APIRoute

from models.wire.base import Message


class ReadAtOnce(APIRoute):
    """A route whose message is validated while its JSON is read, not after it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route, over a request that reads its body so."""
        answer = super().get_route_handler()
        kinds = [hint for hint in get_type_hints(self.endpoint).values() if _is_message(hint)]
        if not kinds:
            return answer

        class Read(Request):
            async def json(self) -> Any:
                """The message, or what is none, so that a missing ticket is told before a broken body."""
                try:
                    return kinds[0].model_validate_json(await self.body())
                except ValueError:
                    return _NO_MESSAGE

        async def read_at_once(request: Request) -> Response:
            return await answer(Read(request.scope, request.receive))

        return read_at_once


Plainly = Callable[[Request], Coroutine[Any, Any, Response | None]]
"""Answers a request that asks in the usual form; None, nothing read of its body, where it does not."""


def read_plainly(plainly: Plainly) -> type[APIRoute]:
    """The routes of addresses that are asked all the time.

    The framework describes them, and answers what asks in an unusual form: its way to headers and parameters
    takes longer than many an answer.
    """

    class ReadPlainly(ReadAtOnce):
        """Such a route."""

        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            answer = super().get_route_handler()

            async def read_plainly(request: Request) -> Response:
                return await plainly(request) or await answer(request)

            return read_plainly

    return ReadPlainly


def as_json(content: bytes, status: int = 200) -> Response:
    """An answer that is JSON already."""
    return Response(content, status, media_type="application/json")


_NO_MESSAGE: list[Any] = []


def _is_message(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Message)
