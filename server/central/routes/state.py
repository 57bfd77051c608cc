"""Whether the server runs and can work."""

from fastapi import APIRouter, Response

from server.central.routes.gate import REFUSED, DesksHere, TurnedAway

router = APIRouter()


@router.get("/health", status_code=204)
def health() -> Response:
    """The program runs."""
    return Response(status_code=204)


@router.get("/ready", status_code=204, responses=REFUSED)
def ready(desks: DesksHere) -> Response:
    """The program and its database can work, and it does not end just now."""
    if desks.stopping:
        raise TurnedAway(503, "stopping")
    desks.check()
    return Response(status_code=204)
