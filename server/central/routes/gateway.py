"""The gateway's own sign-in."""

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from models.wire.session import SignedIn
from server.central.people.gateways import GatewayDesk
from server.central.routes.gate import REFUSED, DesksHere, ProvenKeyHere
from server.central.routes.session import refused

router = APIRouter()


@router.post("/session/v1/gateway", response_model=SignedIn, responses=REFUSED)
async def sign_in(desks: DesksHere, key: ProvenKeyHere) -> SignedIn | JSONResponse:
    """Give the gateway a duty ticket for the proof of its key."""
    desk = GatewayDesk(desks.engine, desks.clock, desks.identity, desks.settings)
    answer = await run_in_threadpool(desk.sign_in, key)
    return answer if isinstance(answer, SignedIn) else refused(answer)
