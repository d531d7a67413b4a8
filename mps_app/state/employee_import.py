"""The screen of a list of employees: loaded by HTTP, looked through here, then saved or dropped (11.2)."""

from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from mps_app.core.actor import Role
from mps_app.core.callers import allow
from mps_app.core.ids import id_of
from mps_app.services import employees
from mps_app.state.forms import tell
from mps_app.state.institution import HOME, InstitutionState, LivePage
from mps_app.state.notice import NoticeState
from mps_app.text import N_
from mps_app.views.employees import ImportPreview, PreviewWish

PAGE = "/iestade/darbinieki/imports"


class EmployeeImportState(LivePage, InstitutionState):
    """The list that waits, compared with the employees; empty: none was loaded."""

    preview: ImportPreview = ImportPreview()
    bad_rows_path: str = ""
    is_saving: bool = False
    is_loaded: bool = False
    _wish: PreviewWish = PreviewWish()

    @rx.event
    @allow(Role.COORDINATOR)
    async def load(self) -> None:
        """Show the list that the address names, of the institution that it names."""
        asked = self.router.url.query_parameters
        institution_id = id_of(asked.get("iestade", ""))
        if institution_id and institution_id != self.desk.id:
            await self._forget()
            self.desk = self.desk.model_copy(update={"id": institution_id})
        await self._enter()
        self.preview, self._wish, self.is_saving = ImportPreview(), PreviewWish(), False
        self.is_loaded = True
        if import_id := id_of(asked.get("saraksts", "")):
            await self._look(import_id, PreviewWish())

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_kind(self, kind: str) -> None:
        """Show rows of one kind."""
        await self._wished(kind=kind, page=1)

    @rx.event
    @allow(Role.COORDINATOR)
    async def choose_whole(self, is_whole: bool) -> None:  # noqa: FBT001  # a checkbox tells what it became
        """Say that whoever is not in the list works here no more, or that the list is only a part."""
        await self._wished(is_whole=is_whole, kind="ended" if is_whole is True else "", page=1)

    @rx.event
    @allow(Role.COORDINATOR)
    async def turn(self, page: int) -> None:
        """Show another page of rows."""
        await self._wished(page=page)

    @rx.event
    @allow(Role.COORDINATOR)
    async def save(self) -> AsyncIterator[Any]:  # Any: Reflex's event types
        """Save what was shown; when the employees have changed since, show the difference anew."""
        shown = self.preview
        self.is_saving = True
        yield
        try:
            receipt = await self._ask(
                employees.apply_import, self.desk.id, shown.id, shown.basis, is_whole=shown.is_whole
            )
        finally:
            self.is_saving = False
        if receipt.is_stale:
            await self._look(shown.id, self._wish)
            yield NoticeState.refuse(receipt.words)
            return
        yield NoticeState.tell(receipt.words, HOME)
        yield rx.redirect(HOME)

    @rx.event
    @allow(Role.COORDINATOR)
    async def drop(self) -> list[Any]:  # Any: Reflex's event types
        """Forget the list."""
        if self.preview.id:
            await self._ask(employees.drop_import, self.desk.id, self.preview.id)
        self.preview = ImportPreview()
        return [tell(N_("Nothing was saved, and the list is forgotten.")), rx.redirect(PAGE)]

    async def _wished(self, **changed: Any) -> None:  # Any: whatever a browser sent
        if self.preview.id:
            await self._look(self.preview.id, PreviewWish.read({**self._wish.model_dump(), **changed}))

    async def _look(self, import_id: int, wish: PreviewWish) -> None:
        self.preview = await self._ask(employees.preview_import, self.desk.id, import_id, wish)
        self._wish = wish
        self.bad_rows_path = f"{PAGE}/{import_id}/kludainas.csv" if self.preview.wrong else ""

    async def _look_again(self) -> None:
        """Leave what is being looked through as it is; saving tells if it is no longer true."""
