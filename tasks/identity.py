"""What signing in, and a session that ended, leave behind (1.4, 1.6)."""

from mps_app.core.work import Work
from mps_app.services import drafts, identity
from tasks.base import job


@job("identity.clean_up")
def clean_up(work: Work) -> None:
    """Remove ended sessions, codes and attempts that nobody needs any more, and input that nobody came back for."""
    identity.clean_up(work)
    drafts.clean_up(work)
