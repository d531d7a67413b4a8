"""Adding materials, naming, ordering and withdrawing them (9.2)."""

import hashlib
import secrets
from collections.abc import Sequence
from urllib.parse import urlsplit

from sqlalchemy import func
from sqlmodel import col, select

from mps_app.core.errors import Invalid, NotFound
from mps_app.core.plain_text import one_line
from mps_app.core.settings import settings
from mps_app.core.work import Work
from mps_app.models import Course, CourseGroup, Material, MaterialVisibility, Visibility
from mps_app.policy import Action, Subject, require
from mps_app.services import audit
from mps_app.services.materials.kinds import file_name_for, kind_of
from mps_app.services.materials.queries import searchable
from mps_app.services.materials.reach import whose
from mps_app.text import N_
from mps_app.views.materials import LinkForm, MaterialForm, MaterialReceipt

_TOO_LARGE = N_("This file is too large. Make it smaller or add it as a link.")
_EMPTY = N_("This file is empty. Choose another one.")
_NO_LINK = N_("This is no web address. It begins with https://, for example https://likumi.lv.")
_NOT_PUBLIC = N_("Not everybody may know of this course, so its materials can't be public.")


def upload(work: Work, form: MaterialForm, file_name: str, content: bytes) -> MaterialReceipt:
    """Store a file, its kind told by its content and its size bounded (9.2)."""
    _require_place(work, form)
    if not content:
        raise Invalid({"file": _EMPTY})
    if len(content) > settings().material_megabytes * 1_000_000:
        raise Invalid({"file": _TOO_LARGE})
    kind = kind_of(content, file_name)
    key = f"materials/{secrets.token_hex(16)}.{kind.endings[0]}"
    work.tools.files.keep(key, content)
    material = _named(work, form)
    material.file_key, material.file_name = key, file_name_for(file_name, kind)
    material.content_type, material.size_bytes = kind.content_type, len(content)
    material.sha256 = hashlib.sha256(content).hexdigest()
    return _added(work, material)


def add_link(work: Work, form: LinkForm) -> MaterialReceipt:
    """Add an address on the web as a material."""
    _require_place(work, form)
    if not _is_web_address(form.url):
        raise Invalid({"url": _NO_LINK})
    material = _named(work, form)
    material.url = form.url
    return _added(work, material)


def change(work: Work, material_id: int, form: MaterialForm) -> None:
    """Rename a material or change who may have it; where it belongs stays."""
    material = _managed(work, material_id)
    here = form.model_copy(update={"course_id": material.course_id, "group_id": material.group_id})
    _require_place(work, here)
    before, wanted = _sides(material), _sides(_named(work, here))
    for name, value in wanted.items():
        setattr(material, name, value)
    material.words_folded = _folded(material)
    work.db.add(material)
    audit.record(work, "material:change", "material", material_id, before=before, after=wanted)


def put_in_order(work: Work, material_ids: Sequence[int]) -> None:
    """Let the materials of one course, or of one group, be shown in this order."""
    materials = [_managed(work, material_id) for material_id in dict.fromkeys(material_ids)]
    if len({(material.course_id, material.group_id) for material in materials}) > 1:
        raise NotFound
    for place, material in enumerate(materials, 1):
        material.place = place
        work.db.add(material)
    if materials:
        audit.record(work, "material:order", "course", materials[0].course_id, materials=[one.key for one in materials])


def withdraw(work: Work, material_id: int) -> None:
    """Take a material away from everybody; the record of what was handed out stays (14.4)."""
    material = _managed(work, material_id)
    material.withdrawn_at = work.now
    work.db.add(material)
    audit.record(work, "material:withdraw", "material", material_id, title=material.title)


def _require_place(work: Work, form: MaterialForm) -> None:
    """Require that the actor may add to the form's course or group; only staff publish to everybody (9.1)."""
    require(work, Action.MATERIAL_MANAGE, whose(work, form.group_id))
    if form.is_public:
        require(work, Action.MATERIAL_PUBLISH, Subject())
    course = work.db.get(Course, form.course_id)
    group = work.db.get(CourseGroup, form.group_id) if form.group_id is not None else None
    if course is None or (form.group_id is not None and (group is None or group.course_id != course.id)):
        raise NotFound
    if form.is_public and course.visibility != Visibility.CATALOGUE:
        raise Invalid({"is_public": _NOT_PUBLIC})


def _managed(work: Work, material_id: int) -> Material:
    material = work.db.get(Material, material_id, with_for_update=True)
    require(work, Action.MATERIAL_MANAGE, whose(work, material.group_id if material else None))
    if material is None or material.withdrawn_at is not None:
        raise NotFound
    return material


def _named(work: Work, form: MaterialForm) -> Material:
    """Return a material of a form, as yet without file or link."""
    visibility = MaterialVisibility.PUBLIC if form.is_public else MaterialVisibility.PARTICIPANTS
    return Material(
        course_id=form.course_id,
        group_id=form.group_id,
        title=one_line(form.title),
        title_en=one_line(form.title_en),
        visibility=visibility,
        added_by_id=work.actor.person_id,
        created_at=work.now,
    )


def _sides(material: Material) -> dict[str, str]:
    """Return what can be changed of a material."""
    return {"title": material.title, "title_en": material.title_en, "visibility": str(material.visibility)}


def _added(work: Work, material: Material) -> MaterialReceipt:
    """Put a new material behind the others of its course or group."""
    of_course = col(Material.course_id) == material.course_id
    of_group = col(Material.group_id).is_not_distinct_from(material.group_id)
    last = work.db.execute(select(func.max(Material.place)).where(of_course, of_group)).scalar_one()
    material.place = (last or 0) + 1
    material.words_folded = _folded(material)
    work.db.add(material)
    work.db.flush()
    audit.record(work, "material:add", "material", material.key, title=material.title, course_id=material.course_id)
    return MaterialReceipt(id=material.key, title=material.title)


def _folded(material: Material) -> str:
    return searchable(f"{material.title} {material.title_en} {material.file_name}")


def _is_web_address(url: str) -> bool:
    """Whether a browser may be sent there: http or https, a host, no sign-in hidden in it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    plain = url.isprintable() and " " not in url and "\\" not in url
    return plain and parts.scheme in {"http", "https"} and "." in host and "@" not in parts.netloc
