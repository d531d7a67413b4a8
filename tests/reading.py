"""What is marked as only reading reads only: PostgreSQL itself refuses everything else in all tests.

Screens run marked services without a transaction (``core/work.py``): what one of them wrote would be kept, half of it
even when the other half failed. So each is run here inside a transaction, or a part of one, that is READ ONLY.
"""

import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from importlib import import_module
from typing import Any

from sqlalchemy import text

from mps_app import services
from mps_app.core.work import Work, does_only_read

Service = Callable[..., Any]  # Any: each answers with its own View


@cache
def marked() -> dict[str, Service]:
    """Return all services that are marked, each by its own module's name and its own."""
    for found in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        import_module(found.name)
    return {
        f"{module.__name__}.{service.__name__}": service
        for module in _modules()
        for service in vars(module).values()
        if _is_marked(service) and service.__module__ == module.__name__
        if module.__name__.startswith(services.__name__)
    }


def hold_to_their_word() -> None:
    """Put a guarded twin in the place of every marked service, wherever it has been imported."""
    twins = {service: guarded(service) for service in marked().values()}
    for module in _modules():
        for name, service in list(vars(module).items()):
            if _is_marked(service) and service in twins:
                setattr(module, name, twins[service])


def guarded(service: Service) -> Service:
    """Return a service that can only read."""

    @wraps(service)
    def call(work: Work, *args: Any, **more: Any) -> Any:  # Any: whatever the service takes and returns
        with _reading(work):
            answer = service(work, *args, **more)
            assert not work._facts, f"{service.__name__} states facts"
            assert not work._jobs, f"{service.__name__} wakes jobs"
            assert not work._last, f"{service.__name__} does something lastly"
        return answer

    return call


@contextmanager
def _reading(work: Work) -> Iterator[None]:
    """Let the database refuse every change until the end, that of objects too; what went before may change things."""
    if work.db.connection().get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        work.db.execute(text("BEGIN READ ONLY"))
        try:
            yield
        finally:
            work.db.execute(text("ROLLBACK"))
        return
    facts, jobs, last = list(work._facts), dict(work._jobs), dict(work._last)
    work._facts.clear(), work._jobs.clear(), work._last.clear()
    with work.db.begin_nested():  # PostgreSQL ends the promise with the part of the transaction that made it
        work.db.execute(text("SET LOCAL transaction_read_only = on"))
        yield
    work._facts[:0] = facts
    work._jobs.update(jobs)
    work._last.update(last)


def _modules() -> list[Any]:  # Any: modules have what they have
    return [module for name, module in sys.modules.items() if name.startswith("mps_app.") and module]


def _is_marked(thing: object) -> bool:
    return callable(thing) and does_only_read(thing)
