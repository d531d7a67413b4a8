"""The course's screen."""

from collections.abc import AsyncIterator
from pathlib import PurePosixPath
from urllib.parse import unquote

import reflex as rx

from mps_app.core.callers import ANYONE, allow
from mps_app.services import catalogue
from mps_app.state.base import PageState
from mps_app.views.catalogue import CoursePage


class CourseState(PageState, rx.State):
    """One course and the group that is chosen on it."""

    page: CoursePage = CoursePage()
    group_id: int = 0
    is_loaded: bool = False
    _code: str = ""

    @rx.event
    @allow(ANYONE)
    async def load(self) -> AsyncIterator[None]:
        """Ask for the course of the address; what was shown before is taken away first."""
        code = unquote(PurePosixPath(str(self.router.url.path)).name)
        if code != self._code:
            self.page, self.is_loaded, self._code = CoursePage(), False, code
            yield
        self.page = await self._ask(catalogue.course_page, code)
        self.group_id = self.page.chosen_group_id
        self.is_loaded = True

    @rx.event
    @allow(ANYONE)
    def choose_group(self, group_id: int) -> None:
        """Choose one of the groups that can be had."""
        if any(group.id == group_id and group.can_choose for group in self.page.groups):
            self.group_id = group_id
