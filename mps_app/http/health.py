"""Answers whoever watches the system: whether this process lives, and whether the school can work now."""

import asyncio
from collections.abc import Callable
from functools import cache

import redis
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from mps_app.adapters import migrations
from mps_app.adapters.pulse import Pulse
from mps_app.core.settings import settings
from mps_app.core.work import house

PATIENCE_SECONDS = 5


async def live(_request: Request) -> JSONResponse:
    """Answer as long as this process answers anything."""
    return JSONResponse({"status": "live"})


async def ready(_request: Request) -> JSONResponse:
    """Answer 200 when everything the school works with has answered lately, else 503 naming what has not."""
    answers = await asyncio.gather(_ask("database", _database), _ask("redis", _background))
    missing = [name for answer in answers for name in answer]
    if missing:
        return JSONResponse({"status": "not ready", "missing": missing}, status_code=503)
    return JSONResponse({"status": "ready"})


async def _ask(name: str, check: Callable[[], list[str]]) -> list[str]:
    try:
        return await asyncio.wait_for(asyncio.to_thread(check), PATIENCE_SECONDS)
    except TimeoutError:
        return [name]


@cache
def _pulse() -> Pulse:
    return Pulse(settings().broker)


def _database() -> list[str]:
    try:
        with house().engine.connect() as connection:
            return [] if migrations.is_current(connection) else ["migrations"]
    except SQLAlchemyError:
        return ["database"]


def _background() -> list[str]:
    try:
        return _pulse().missing()
    except redis.RedisError:
        return ["redis"]


ROUTES = [Route("/health/live", live), Route("/health/ready", ready)]
