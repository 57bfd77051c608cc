"""Why no answer came, and for how long the server asked to be left alone."""

import ssl

_LONGEST_WAIT_SECONDS = 300.0


def seconds(header: str) -> float:
    """What the server asked for, at most five minutes: nobody stops a workstation for longer by a header."""
    return min(float(header), _LONGEST_WAIT_SECONDS) if header.isascii() and header.isdigit() else 0.0


def cause_of(error: Exception) -> str:
    """A problem code: certificate, proxy, timeout or offline."""
    import httpx2

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "certificate"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx2.ProxyError):
        return "proxy"
    return "timeout" if isinstance(error, httpx2.TimeoutException) else "offline"
