"""One unit of work: one transaction, by one actor, at one moment, with the world's tools.

``begin`` is entered only on the stairs (screens, requests, tasks) and in the demo;
``commit`` is called only here. Facts stated by commands are answered in the same
transaction (``services/reactions.py``); jobs are woken after it.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, DBAPIError
from sqlmodel import Session

from mps_app.core.actor import Actor, Language
from mps_app.core.errors import NotFound, TryAgain
from mps_app.core.tools import Tools

log = logging.getLogger(__name__)

LOCK_NOT_AVAILABLE = "55P03"
DEADLOCK_DETECTED = "40P01"


class Fact:
    """Something that happened, stated by a command; others answer it in the same transaction."""


F = TypeVar("F", bound=Callable[..., object])
_ONLY_READS = "_mps_only_reads"

Reaction = Callable[["Work", Fact], None]


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class House:
    """What a process is made of: its database, tools, reactions and clock."""

    engine: Engine
    tools: Tools
    reactions: Mapping[type[Fact], Sequence[Callable[["Work", Fact], None]]]
    clock: Callable[[], datetime] = _utc_now


@dataclass(slots=True)
class Work:
    """The first parameter of every service."""

    db: Session
    actor: Actor
    now: datetime
    tools: Tools
    _facts: list[Fact] = field(default_factory=list)
    _jobs: dict[str, None] = field(default_factory=dict)
    _last: dict[Callable[["Work"], None], bool] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """The language in which words for the actor are said."""
        return self.actor.language

    def happened(self, fact: Fact) -> None:
        """State a fact; what follows from it runs before the commit."""
        self._facts.append(fact)

    def lastly(self, step: Callable[["Work"], None], *, locks_all: bool = False) -> None:
        """Run a step once, after everything else and right before the commit; last those with a lock all wait for."""
        self._last[step] = locks_all

    def wake(self, job: str) -> None:
        """Have a background job run soon after the commit (4.4)."""
        self._jobs[job] = None


_plugged: list[House] = []


def plug(house: House) -> None:
    """Give this process its house; called once by each front door."""
    _plugged[:] = [house]


def house() -> House:
    """Return the house of this process; raises ``RuntimeError`` before ``plug``."""
    if not _plugged:
        message = "no house is plugged: a front door must call plug() first"
        raise RuntimeError(message)
    return _plugged[0]


def only_reads(service: F) -> F:
    """Mark a service that changes nothing; screens spare it the transaction, which would add nothing.

    Every transaction here is READ COMMITTED: each statement sees what was committed before it, with or without one.
    """
    setattr(service, _ONLY_READS, True)
    return service


def does_only_read(service: Callable[..., object]) -> bool:
    """Whether a service is marked as one that changes nothing."""
    return getattr(service, _ONLY_READS, False)


@contextmanager
def begin(actor: Actor, *, now: datetime | None = None, reads: bool = False) -> Iterator[Work]:
    """Open a unit of work; commit at the end, roll back on any exception.

    ``reads`` opens no transaction: beginning and ending one would cost two round trips more. Objects to be changed
    then, or facts to follow, raise. A statement of SQL that writes is committed by itself, as the note of a session's
    last use is meant to be: no service that does so may be marked.

    Raises ``TryAgain`` when a lock was not had in time: nothing was changed (invariant 1). Raises ``NotFound`` for what
    no column could hold, like a NUL in a text: there is no such thing.
    """
    here = house()
    with Session(here.engine, expire_on_commit=False, autoflush=not reads) as db:
        work = Work(db, actor, now or here.clock(), here.tools)
        try:
            if reads:
                db.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
            yield work
            if reads:
                _require_unchanged(work)
            _answer(work, here)
            db.commit()
        except DataError as error:  # SQLSTATE class 22
            log.warning("no column could hold it: %s", getattr(error.orig, "sqlstate", None) or "not sent")
            raise NotFound from error
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") in {LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED}:
                raise TryAgain from error
            raise
    for job in work._jobs:  # noqa: SLF001  # the unit of work is this module's own
        here.tools.waker.wake(job)


def _require_unchanged(work: Work) -> None:
    """Refuse what a reading unit of work could not do as one."""
    if work.db.new or work.db.dirty or work.db.deleted or work._facts or work._jobs or work._last:  # noqa: SLF001
        message = "a service marked as one that only reads has changed something"
        raise RuntimeError(message)


def _answer(work: Work, here: House) -> None:
    """Run the reactions to every fact, and to the facts that these state in turn."""
    while work._facts:  # noqa: SLF001
        fact = work._facts.pop(0)  # noqa: SLF001
        for react in here.reactions.get(type(fact), ()):
            react(work, fact)
    for step in sorted(work._last, key=work._last.__getitem__):  # noqa: SLF001
        step(work)
