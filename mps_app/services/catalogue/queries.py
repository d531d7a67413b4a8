"""The list of the catalogue: found in memory, its rows told from the database as they are at this moment."""

from datetime import timedelta

from mps_app.core.riga import today
from mps_app.core.work import Work, only_reads
from mps_app.services.catalogue import facets
from mps_app.services.catalogue.audience import seen_institutions
from mps_app.services.catalogue.free_places import courses_with_free_places
from mps_app.services.catalogue.index import Asked, Found
from mps_app.services.catalogue.loading import Stamp
from mps_app.services.catalogue.rows import rows
from mps_app.services.catalogue.shelf import is_behind, read_stamp, shelf
from mps_app.services.catalogue.vocabulary import asked_words
from mps_app.text import N_, say, say_n
from mps_app.views.catalogue import CatalogueFound, CataloguePage, CourseRow
from mps_app.views.catalogue_filter import PAGE_SIZE, CatalogueFilter

_YEARS_AHEAD = timedelta(days=3 * 366)


@only_reads
def search(work: Work, wanted: CatalogueFilter) -> CataloguePage:
    """Return one page of the courses that the actor may see and looks for, with the counts of every filter."""
    wanted, found, told = _page(work, wanted)
    shown = facets.shown(work.language, wanted, found)
    return CataloguePage(
        found=_summary(work.language, wanted, found).model_copy(
            update={"chips": facets.chips(work.language, wanted, shown)}
        ),
        rows=told,
        facets=shown,
    )


def _page(work: Work, wanted: CatalogueFilter, take: int = PAGE_SIZE) -> tuple[CatalogueFilter, Found, list[CourseRow]]:
    """Return the page looked for or else the last one, what was found, and its rows.

    The rows are read together with the catalogue's stamp: only when that has moved, the index is asked once more.
    """
    shown, found, seen = _looked(work, wanted, take)
    told, stamp = rows(work, found.course_ids, found.beginnings)
    if is_behind(seen, stamp):
        shown, found, _ = _looked(work, wanted, take, stamp)
        told, _ = rows(work, found.course_ids, found.beginnings)
    return shown, found, told


def _looked(
    work: Work, wanted: CatalogueFilter, take: int, stamp: Stamp | None = None
) -> tuple[CatalogueFilter, Found, Stamp]:
    """Ask the index for a page; beyond the end, for the last one."""
    found, seen = _asked(work, wanted, take, stamp)
    last_page = _page_count(found.total, take)
    if wanted.page > last_page:
        wanted = wanted.changed(page=last_page)
        found, seen = _asked(work, wanted, take, stamp)
    return wanted, found, seen


def _page_count(total: int, take: int) -> int:
    return max(1, -(-total // take))


def warm(work: Work) -> None:
    """Have the index of this process ready before anybody asks; tens of thousands of courses take seconds."""
    shelf(work).fill(work.db.get_bind().engine)


def newest(work: Work, count: int = 4) -> list[CourseRow]:
    """Return the newest courses that the actor may see, for the home page."""
    return _page(work, CatalogueFilter(sort="newest"), count)[2]


def find(work: Work, wanted: CatalogueFilter, take: int) -> Found:
    """Return what is found in the catalogue as it is at this moment."""
    return _asked(work, wanted, take, read_stamp(work))[0]


def _asked(work: Work, wanted: CatalogueFilter, take: int, stamp: Stamp | None) -> tuple[Found, Stamp]:
    asked = asked_words(wanted.query)
    if wanted.query and not asked:
        asked = (wanted.query,)  # signs alone are no word of any course
    has_days = wanted.from_on is not None or wanted.until_on is not None
    first = max(wanted.from_on or today(work.now), today(work.now))
    return shelf(work).search(
        work.db.get_bind().engine,
        Asked(
            institution_ids=seen_institutions(work),
            words=asked,
            chosen=facets.chosen(wanted),
            from_day=first.toordinal() if has_days else None,
            until_day=(wanted.until_on or first + _YEARS_AHEAD).toordinal() if has_days else None,
            only_ids=courses_with_free_places(work) if wanted.only_free_places else None,
            now=int(work.now.timestamp()),
            order=wanted.sort,
            language=work.language.value,
            skip=(wanted.page - 1) * take,
            take=take,
        ),
        stamp,
    )


def _summary(language: str, wanted: CatalogueFilter, found: Found) -> CatalogueFound:
    total, last_page = found.total, _page_count(found.total, PAGE_SIZE)
    is_empty = total == 0
    return CatalogueFound(
        total=total,
        total_text=say_n(language, "{n} course", "{n} courses", total),
        show_text=say_n(language, "Show {n} course", "Show {n} courses", total),
        page=wanted.page,
        page_count=last_page,
        page_text=say(language, "Page {page} of {all}", page=wanted.page, all=last_page),
        previous_address=wanted.changed(page=wanted.page - 1).address() if wanted.page > 1 else "",
        next_address=wanted.changed(page=wanted.page + 1).address() if wanted.page < last_page else "",
        chosen_count=wanted.chosen_count,
        empty_title=say(language, N_("No course matches the search")) if is_empty else "",
        empty_text=_why_empty(language, wanted, found) if is_empty else "",
    )


def _why_empty(language: str, wanted: CatalogueFilter, found: Found) -> str:
    if not found.total_of_words or not wanted.chosen_count:
        return say(language, "Check the spelling, or use fewer or shorter words.")
    if not wanted.query:
        return say(language, "Nothing was found with the chosen filters.")
    return say_n(
        language,
        "Nothing was found with the chosen filters. Without them, “{words}” matches {n} course.",
        "Nothing was found with the chosen filters. Without them, “{words}” matches {n} courses.",
        found.total_of_words,
        words=wanted.query,
    )
