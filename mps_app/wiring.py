"""Every front door opens the house here, once per process."""

from mps_app.core.settings import settings
from mps_app.core.work import plug
from mps_app.launch.house import furnish


def open_house() -> None:
    """Plug in the database, tools and reactions that the settings describe."""
    plug(furnish(settings()))
