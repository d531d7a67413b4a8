"""The database engine: psycopg, a pool with a connection for each thread that uses it."""

import json
import time
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import InvalidatePoolError

_TRUSTED_SECONDS = 2.0  # a connection that answered so lately is not asked whether it lives
_ANSWERED_AT = "answered_at"


def engine(url: str, *, pool_size: int = 16) -> Engine:
    """Return an engine for ``postgresql://…``; every transaction is READ COMMITTED and bounded.

    Nothing is compiled for one query: all are short, and compiling costs more than it saves. A statement may take
    15 s, a lock be waited for 10 s and an idle transaction live 30 s: a stuck client never holds anything for long, and
    who waits too long is told to try again (invariant 1). The connection used last is used next: it knows the
    statements already.
    """
    plain = url.replace("postgres://", "postgresql://", 1)
    made = create_engine(
        plain.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_size=pool_size,
        max_overflow=2,
        hide_parameters=True,  # errors reach the log, and what people typed does not
        pool_use_lifo=True,
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False),
        connect_args={
            "options": "-c timezone=UTC -c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000"
            " -c lock_timeout=10000 -c jit=off",
            "application_name": "mps",
        },
    )
    _replace_the_dead(made)
    return made


def _replace_the_dead(engine: Engine) -> None:
    """Ask a connection that rested whether it still lives; after a restart of the database none does.

    SQLAlchemy's own way asks every time, which costs each event a round trip.
    """

    def ask(connection: Any, record: Any, _proxy: Any) -> None:  # Any: psycopg's and the pool's own
        if time.monotonic() - record.info.get(_ANSWERED_AT, 0) < _TRUSTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    def note(_connection: Any, record: Any) -> None:  # Any: psycopg's and the pool's own
        record.info[_ANSWERED_AT] = time.monotonic()

    event.listen(engine, "connect", note)
    event.listen(engine, "checkin", note)
    event.listen(engine, "checkout", ask)
