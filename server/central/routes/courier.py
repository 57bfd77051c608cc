"""Couriers, brought by workstations while their operators are away."""

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from models.wire.courier import Carried, Sealed
from models.wire.sync import PushRefused
from server.central.routes.gate import REFUSED, DesksHere

router = APIRouter()
_STATUS = {"malformed": 400, "too_large": 413}


@router.post(
    "/courier/v1/push",
    response_model=Carried,
    responses={**REFUSED, 409: {"model": PushRefused}},
)
async def push(message: Sealed, desks: DesksHere) -> Carried | JSONResponse:
    """Take what a workstation carries for somebody who is away; the answer says only what the server has."""
    answer = await run_in_threadpool(desks.courier.take, message)
    if isinstance(answer, Carried):
        return answer
    status = 409 if isinstance(answer, PushRefused) else _STATUS.get(answer.why, 403)
    return JSONResponse(answer.model_dump(mode="json"), status)
