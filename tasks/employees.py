"""What the clock does about employees: ends that come due, lists that nobody confirmed (2.5, 11.2)."""

from datetime import time

from mps_app.core.work import Work
from mps_app.services import employees
from tasks.base import daily_from, job


@job("employees.let_go", once=daily_from(time(0, 5)))
def let_go(work: Work) -> None:
    """Withdraw upcoming training of those whose last day as employees is over."""
    employees.let_go(work)


@job("employees.drop_old_imports")
def drop_old_imports(work: Work) -> None:
    """Forget lists that were not confirmed within a day."""
    employees.drop_old_imports(work)
