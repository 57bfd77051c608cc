"""A network between a console and the real central server that does what a script says."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx2

from server.central.app import build_app
from tests.server.central.hotline import Hotline

HTML = "<html><title>登录网络</title></html>"
_ANSWERS: dict[str, tuple[int, str, dict[str, str]]] = {
    "captive portal": (200, HTML, {}),
    "redirected": (302, HTML, {"Location": "http://portal"}),
    "bad gateway": (502, HTML, {}),
    "forbidden by the proxy": (403, HTML, {}),
    "busy": (503, HTML, {"Retry-After": "7"}),
}
_BEFORE = {"request lost": httpx2.ConnectError, "timeout": httpx2.ReadTimeout}


@dataclass
class Network(httpx2.AsyncBaseTransport):
    """Carries requests to the server in this process; each takes the next fate, the rest go well."""

    hotline: Hotline
    fates: deque[str] = field(default_factory=deque)
    requests: list[httpx2.Request] = field(default_factory=list)
    heard: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.app = build_app(self.hotline.settings, self.hotline.clock, self.hotline.engine)
        self.desks = self.app.state.desks
        self._server = httpx2.ASGITransport(self.app)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/sync/v1/live":
            # A server without hints: the scripts are about pushes and pulls.
            return httpx2.Response(404, request=request)
        self.requests.append(request)
        self.heard()
        fate = self.fates.popleft() if self.fates else "fine"
        if fate in _ANSWERS:
            status, page, headers = _ANSWERS[fate]
            return httpx2.Response(status, html=page, headers=headers, request=request)
        if fate in _BEFORE:
            raise _BEFORE[fate]("no way", request=request)
        answer = await self._server.handle_async_request(request)
        match fate:
            case "answer lost":
                raise httpx2.ReadError("cut", request=request)
            case "answer cut":
                content = await answer.aread()
                return httpx2.Response(200, content=content[: len(content) // 2], request=request)
            case "delivered twice":
                return await self._server.handle_async_request(request)
        assert fate == "fine"
        return answer
