"""What hangs on a session: the materials of its group."""

from collections.abc import Sequence

from mps_app.core.work import Work
from mps_app.services import materials
from mps_app.services.my_training.sessions import OwnSession
from mps_app.text import say_n
from mps_app.views.date_scale import Door, Files


def files(work: Work, found: Sequence[OwnSession]) -> dict[int, Files]:
    """Return for each group the first material that the actor may have (9.1), and how many more there are."""
    return {group_id: _files(work, group_id) for group_id in {one.group_id for one in found}}


def _files(work: Work, group_id: int) -> Files:
    rows = materials.of_group(work, group_id)
    rest = len(rows) - 1
    return Files(
        first=[Door(title=row.title, path=row.address, is_elsewhere=row.is_link) for row in rows[:1]],
        more=say_n(work.language, "and {n} more material", "and {n} more materials", rest) if rest > 0 else "",
    )
