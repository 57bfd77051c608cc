"""Where the server or the gateway is and how it is reached: address, CA, proxy."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

_SECURE = {"https": True, "wss": True, "http": False, "ws": False}


class EndpointError(Exception):
    """An address that cannot be used; `code` is a problem code: address, address_insecure, ca_unreadable."""

    def __init__(self, code: str, value: str) -> None:
        super().__init__(f"{code}: {value}")
        self.code = code
        self.value = value


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where server and gateway are."""

    server: str
    gateway: str


FindEndpoints = Callable[[], Endpoints]
"""Where they are; may block (practice starts them first)."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A checked address. `proxy` is empty where the system's own setting counts; loopback has none."""

    url: str
    on_loopback: bool
    proxy: str = ""
    tls: ssl.SSLContext | None = field(default=None, repr=False, compare=False)


def endpoint(url: str, ca: str = "", proxy: str = "") -> Endpoint:
    """Check an address; without TLS only loopback is allowed. `ca` is a PEM file. Raises EndpointError."""
    try:
        parts = urlsplit(url)
        secure, host = _SECURE[parts.scheme], parts.hostname or ""
        wrong = not host or parts.port == 0
    except (KeyError, ValueError) as cause:
        raise EndpointError("address", url) from cause
    if wrong:
        raise EndpointError("address", url)
    loopback = _on_loopback(host)
    if not secure and not loopback:
        raise EndpointError("address_insecure", url)
    return Endpoint(url.rstrip("/"), loopback, "" if loopback else proxy, _tls(ca) if secure else None)


def _on_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _tls(ca: str) -> ssl.SSLContext:
    if not ca:
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cafile=Path(ca))
    except (OSError, ssl.SSLError) as cause:
        raise EndpointError("ca_unreadable", ca) from cause
