"""Making workstations the hotline's own."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from models.wire.session import Enrol, Enrolled
from server.central.routes.gate import REFUSED, DesksHere
from server.central.routes.session import refused

router = APIRouter()


@router.post("/session/v1/enrol", response_model=Enrolled, responses=REFUSED)
async def enrol(asked: Enrol, desks: DesksHere, request: Request) -> Enrolled | JSONResponse:
    """Take a one-time code for a workstation's key; who guesses waits longer and longer."""
    address = request.client.host if request.client else ""
    answer = await run_in_threadpool(desks.enrolment.enrol, asked, address)
    return answer if isinstance(answer, Enrolled) else refused(answer)
