"""The database engine: psycopg, a pool as large as the thread pool that uses it."""

import json

from sqlalchemy import Engine, create_engine


def engine(url: str, *, pool_size: int = 16) -> Engine:
    """Return an engine for ``postgresql://…``; every transaction is READ COMMITTED and bounded.

    A statement may take 15 s, a lock be waited for 10 s and an idle transaction live 30 s: a stuck client never
    holds anything for long, and who waits too long is told to try again (invariant 1).
    """
    plain = url.replace("postgres://", "postgresql://", 1)
    return create_engine(
        plain.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_size=pool_size,
        max_overflow=2,
        pool_pre_ping=True,
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False),
        connect_args={
            "options": "-c timezone=UTC -c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000"
            " -c lock_timeout=10000",
            "application_name": "mps",
        },
    )
