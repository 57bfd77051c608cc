"""The application as a client meets it, without a socket."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2

from server.central.app import build_app
from tests.server.central.hotline import Hotline


@asynccontextmanager
async def client(hotline: Hotline, token: str = "") -> AsyncIterator[httpx2.AsyncClient]:
    app = build_app(hotline.settings, hotline.clock, hotline.engine)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test", headers=headers) as web:
        yield web


async def post(hotline: Hotline, token: str, body: bytes, **headers: str) -> httpx2.Response:
    """One raw push."""
    fields = {"Content-Type": "application/json"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    async with client(hotline, token) as web:
        return await web.post("/sync/v1/push", content=body, headers=fields)
