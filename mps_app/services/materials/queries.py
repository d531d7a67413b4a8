"""Looking materials up."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Row, and_, func, or_, true
from sqlmodel import col, select

from mps_app.core.errors import NotFound, SignInNeeded
from mps_app.core.folding import fold
from mps_app.core.tools import StoredFile
from mps_app.core.work import Work
from mps_app.models import Course, CourseGroup, Material, MaterialVisibility
from mps_app.services import catalogue
from mps_app.services.materials.kinds import BY_TYPE
from mps_app.services.materials.reach import for_everybody, of_own_courses, readable
from mps_app.text import N_, say, say_n
from mps_app.views.materials import CourseMaterials, MaterialRow, MaterialsFilter, MaterialsFound

_KILOBYTE, _MEGABYTE = 1_000, 1_000_000

Found = Row[Material, Course, str | None, bool]


def materials_found(work: Work, chosen: MaterialsFilter) -> MaterialsFound:
    """Return the actor's materials course by course: those of own courses first, then by title."""
    of_whom = {"mine": of_own_courses(work.actor), "public": for_everybody(), "all": true()}[chosen.whose]
    wanted = and_(readable(work), of_whom, *_words(work, chosen.query))
    rows = _rows(work, wanted, limit=chosen.shown)
    total = work.db.execute(select(func.count()).select_from(Material).where(wanted)).scalar_one()
    rest = total - len(rows)
    return MaterialsFound(
        courses=[_course(work, course, list(own)) for course, own in groupby(rows, key=lambda row: row[1])],
        total=total,
        total_text=say_n(work.language, "{n} material", "{n} materials", total),
        rest_text=say_n(work.language, "Show {n} more", "Show {n} more", rest) if rest > 0 else "",
        has_any=total > 0 or work.db.execute(select(Material.id).where(readable(work)).limit(1)).first() is not None,
    )


def of_groups(work: Work, group_ids: Collection[int]) -> dict[int, list[MaterialRow]]:
    """Return for each group what the actor may have of its materials and of its whole course's, in their order."""
    found = select(CourseGroup.id, CourseGroup.course_id).where(col(CourseGroup.id).in_(group_ids))
    course_ids = {group_id: course_id for group_id, course_id in work.db.execute(found)}  # noqa: C416  # rows, not pairs
    of_these = or_(col(Material.group_id).is_(None), col(Material.group_id).in_(group_ids))
    wanted = and_(readable(work), col(Material.course_id).in_(course_ids.values()), of_these)
    rows = _rows(work, wanted) if course_ids else []
    return {
        group_id: [
            _row(work, material, code)
            for material, _, code, _ in rows
            if material.course_id == course_ids.get(group_id) and material.group_id in {None, group_id}
        ]
        for group_id in group_ids
    }


def file_to_read(work: Work, material_id: int) -> StoredFile:
    """Return the file of a material that the actor may read; nobody learns whether a foreign one exists (9.1)."""
    wanted = and_(col(Material.id) == material_id, col(Material.file_key).is_not(None), readable(work))
    material = work.db.exec(select(Material).where(wanted)).one_or_none()
    if material is None or material.file_key is None:
        raise NotFound if work.actor.is_signed_in else SignInNeeded
    return StoredFile(
        key=material.file_key,
        name=material.file_name,
        content_type=material.content_type,
        size_bytes=material.size_bytes,
        digest=material.sha256,
        is_inline=BY_TYPE[material.content_type].is_inline,
    )


def _rows(work: Work, wanted: ColumnElement[bool], *, limit: int | None = None) -> Sequence[Found]:
    """Return materials with their course, group and whether the actor takes part in the course, whatever the group."""
    is_own = of_own_courses(work.actor, in_any_group=True)
    in_course = col(Material.group_id).nulls_first(), col(Material.place), col(Material.id)
    return work.db.execute(
        select(Material, Course, CourseGroup.code, is_own)
        .join(Course, col(Course.id) == Material.course_id)
        .join(CourseGroup, col(CourseGroup.id) == Material.group_id, isouter=True)
        .where(wanted)
        .order_by(is_own.desc(), col(Course.title_sort), col(Course.id), *in_course)
        .limit(limit)
    ).all()


def _words(work: Work, query: str) -> Iterable[ColumnElement[bool]]:
    """Yield that each typed word begins a word of the material or of its course."""
    typed = searchable(query).split()
    if not typed:
        return
    with_any = select(Material.course_id).where(readable(work))
    courses = work.db.execute(
        select(Course.id, Course.title, Course.title_en).where(col(Course.id).in_(with_any))
    ).all()
    folded = [(course_id, f" {_searchable_title(f'{title} {title_en}')}") for course_id, title, title_en in courses]
    for word in typed:
        known = [course_id for course_id, words in folded if f" {word}" in words]
        own = (" " + col(Material.words_folded)).contains(f" {word}", autoescape=True)
        yield or_(own, col(Material.course_id).in_(known))


def searchable(text: str) -> str:
    """Return text as words to look for: folded, without punctuation."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


_searchable_title = lru_cache(maxsize=20_000)(searchable)  # of courses: the same ones at every letter typed


def _course(work: Work, course: Course, found: list[Found]) -> CourseMaterials:
    return CourseMaterials(
        course_id=course.key,
        title=catalogue.title(work.language, course.title, course.title_en),
        address=f"/kurss/{course.code}",
        is_own=any(is_own for *_, is_own in found),
        rows=[_row(work, material, code) for material, _, code, _ in found],
    )


def _row(work: Work, material: Material, group_code: str | None) -> MaterialRow:
    kind = BY_TYPE.get(material.content_type)
    return MaterialRow(
        id=material.key,
        title=catalogue.title(work.language, material.title, material.title_en),
        address=material.url or f"/materiali/{material.id}",
        is_link=material.url is not None,
        kind=kind.look if kind else "link",
        about_text=_about(work, material),
        note_text=say(work.language, N_("Group {code}"), code=group_code) if group_code else "",
        is_public=material.visibility == MaterialVisibility.PUBLIC,
    )


def _about(work: Work, material: Material) -> str:
    """Return what opens and how large it is: *PDF, 240 kB*; *Saite, likumi.lv*."""
    kind = BY_TYPE.get(material.content_type)
    if kind is None:
        host = (urlsplit(material.url or "").hostname or "").removeprefix("www.")
        return say(work.language, N_("Link, {host}"), host=host)
    return f"{kind.name}, {size_text(work.language, material.size_bytes)}"


def size_text(language: str, size_bytes: int) -> str:
    """Return a size as people read it: *240 kB*, *1,2 MB*."""
    if size_bytes < _MEGABYTE:
        return f"{max(1, round(size_bytes / _KILOBYTE))} kB"
    text = f"{size_bytes / _MEGABYTE:.1f} MB"
    return text.replace(".", ",") if language == "lv" else text
