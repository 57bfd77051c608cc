"""The central server as an ASGI application."""

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from models.clock import Clock
from models.wire.session import Refusal
from server.central.desks import Desks
from server.central.freshness import Freshness
from server.central.intake import Intake
from server.central.routes import ROUTERS
from server.central.routes.gate import TurnedAway
from server.central.sealing.pages import Unsealable
from server.central.settings import Settings
from server.central.storage.engine import DATABASE_ERRORS, Database, DatabaseTrouble
from server.central.storage.schema import open_database
from server.central.watching import Watching

_LOG = logging.getLogger(__name__)
_RETRY_SECONDS = "5"
_BAD_REQUEST = 400


def build_app(settings: Settings, clock: Clock, engine: Database) -> FastAPI:
    """The application over a made database. Raises DatabaseTrouble where it must not be used."""
    identity = open_database(engine, practice=settings.practice)
    app = describe_app()
    app.state.desks = Desks.over(engine, clock, identity, settings)
    return app


def describe_app() -> FastAPI:
    """The application without a database: enough to describe it."""
    app = FastAPI(title="Xinqiao central server", version="1", docs_url=None, redoc_url=None)
    app.add_middleware(Intake)
    app.add_middleware(Freshness)
    app.add_middleware(Watching)
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _unknown)
    app.add_exception_handler(TurnedAway, _turned_away)
    for trouble in (DatabaseTrouble, Unsealable, *DATABASE_ERRORS):
        app.add_exception_handler(trouble, _database_away)
    return app


async def _malformed(_request: Request, _error: Any) -> JSONResponse:
    # The library would send what it read back: words of a caller do not belong into an answer or a log.
    return JSONResponse(Refusal(why="malformed").model_dump(mode="json"), _BAD_REQUEST)


async def _unknown(_request: Request, error: Any) -> JSONResponse:
    why = "malformed" if error.status_code == _BAD_REQUEST else "address"
    return JSONResponse(Refusal(why=why).model_dump(mode="json"), error.status_code)


async def _turned_away(_request: Request, error: Any) -> JSONResponse:
    return JSONResponse(Refusal(why=error.why).model_dump(mode="json"), error.status)


async def _database_away(_request: Request, error: Any) -> JSONResponse:
    _LOG.error("the database does not answer: %s", type(error).__name__)
    answer = Refusal(why="database").model_dump(mode="json")
    return JSONResponse(answer, 503, headers={"Retry-After": _RETRY_SECONDS})
