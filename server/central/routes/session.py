"""Signing in."""

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from models.wire.session import SignedIn, SignIn
from server.central.routes.gate import REFUSED, DesksHere

router = APIRouter()


@router.post("/session/v1/sign-in", response_model=SignedIn, responses=REFUSED)
async def sign_in(asked: SignIn, desks: DesksHere) -> SignedIn | JSONResponse:
    """Give a duty ticket for a password; after five failures in a row with a growing wait."""
    async with desks.sign_in_places:
        answer = await run_in_threadpool(desks.sign_in.sign_in, asked)
    if isinstance(answer, SignedIn):
        return answer
    headers = {"Retry-After": str(answer.wait_seconds)} if answer.wait_seconds else None
    return JSONResponse(answer.model_dump(mode="json"), 401, headers)
