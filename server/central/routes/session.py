"""Signing in, going on without the password, changing it, lifting a wait; who may work no more."""

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from models.wire.session import (
    ChangePassword,
    Gone,
    Lift,
    Refusal,
    Renew,
    Revocations,
    SignedIn,
    SignIn,
    WhoIsHere,
)
from server.central.people.revocations import sign_revocations
from server.central.routes.gate import (
    REFUSED,
    DesksHere,
    TicketHere,
    TurnedAway,
    WorkstationHere,
    who_is_revoked,
)

router = APIRouter()
_STATUS = {"drain": 403, "enrolment": 403, "malformed": 400}


def refused(refusal: Refusal) -> JSONResponse:
    """The answer for a refusal: 401 unless it says more than `who are you`."""
    headers = {"Retry-After": str(refusal.wait_seconds)} if refusal.wait_seconds else None
    return JSONResponse(refusal.model_dump(mode="json"), _STATUS.get(refusal.why, 401), headers)


@router.post("/session/v1/sign-in", response_model=SignedIn, responses=REFUSED)
async def sign_in(asked: SignIn, desks: DesksHere, workstation: WorkstationHere) -> SignedIn | JSONResponse:
    """Give a duty ticket for a password; after five failures in a row with a growing wait."""
    async with desks.sign_in_places:
        answer = await run_in_threadpool(desks.sign_in.sign_in, asked, workstation)
    if isinstance(answer, SignedIn):
        return answer
    desks.metrics.refused(answer.why)
    return refused(answer)


@router.post("/session/v1/renew", response_model=SignedIn, responses=REFUSED)
async def renew(asked: Renew, desks: DesksHere, workstation: WorkstationHere) -> SignedIn | JSONResponse:
    """Give the next duty ticket for a refresh token, and the next refresh token."""
    answer = await run_in_threadpool(desks.sign_in.renew, asked, workstation)
    return answer if isinstance(answer, SignedIn) else refused(answer)


@router.post("/session/v1/password", status_code=204, responses=REFUSED)
async def change_password(asked: ChangePassword, desks: DesksHere, workstation: WorkstationHere) -> Response:
    """Replace a password; refresh tokens of other workstations are worth nothing then."""
    async with desks.sign_in_places:
        refusal = await run_in_threadpool(desks.sign_in.change_password, asked, workstation)
    return refused(refusal) if refusal else Response(status_code=204)


@router.post("/session/v1/lift", status_code=204, responses=REFUSED)
async def lift(asked: Lift, ticket: TicketHere, desks: DesksHere) -> Response:
    """A lead ends the wait that failures brought upon somebody of the own site."""
    if not await run_in_threadpool(desks.sign_in.lift, ticket.operator, asked.operator):
        raise TurnedAway(403, "role")
    return Response(status_code=204)


@router.post("/session/v1/gone", response_model=Gone, responses=REFUSED)
async def gone(asked: WhoIsHere, _ticket: TicketHere, desks: DesksHere) -> Gone:
    """Tell a workstation who of those it knows may work no more, so that it can forget their keys."""
    revoked = await who_is_revoked(desks)
    return Gone(operators=tuple(one for one in asked.operators if one in revoked.operators))


@router.get("/session/v1/revocations", response_model=Revocations, responses=REFUSED)
async def revocations(desks: DesksHere) -> Revocations:
    """Give the signed list of those who may work no more, for programs that check tickets off line."""
    revoked = await who_is_revoked(desks)
    return Revocations(revocations=sign_revocations(revoked, desks.settings, desks.clock.now()))
