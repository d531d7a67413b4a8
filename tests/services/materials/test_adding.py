"""Staff and lecturers add files and links; their kind and size are checked (9.2)."""

import io
import zipfile

import pytest
from sqlmodel import select

from mps_app.core.actor import NOBODY, SYSTEM, Actor, Role
from mps_app.core.errors import Invalid, NotAllowed, NotFound, SignInNeeded
from mps_app.core.settings import settings
from mps_app.core.work import House, begin
from mps_app.models import AuditEvent, Course, CourseGroup, Material
from mps_app.services import materials
from mps_app.views.materials import LinkForm, MaterialForm, MaterialsFilter
from tests.factories import (
    actor,
    make_course,
    make_group,
    make_institution,
    make_lecturer,
    make_material,
    make_person,
    make_session,
)
from tests.marks import rule

PDF = b"%PDF-1.7\nsheet"


def office(*parts: str) -> bytes:
    """A container as office programs write it."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as container:
        for part in ("[Content_Types].xml", *parts):
            container.writestr(part, "<x/>")
    return kept.getvalue()


def open_document(kind: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as container:
        container.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        container.writestr("content.xml", "<x/>")
    return kept.getvalue()


@pytest.fixture
def course(house: House) -> Course:
    with begin(SYSTEM) as work:
        return make_course(work)


@pytest.fixture
def group(course: Course) -> CourseGroup:
    with begin(SYSTEM) as work:
        return make_group(work, course)


@pytest.fixture
def staff(house: House) -> Actor:
    with begin(SYSTEM) as work:
        return actor(make_person(work, name="Līga Testiņa"), Role.TRAINING)


@pytest.fixture
def lecturer(group: CourseGroup) -> Actor:
    with begin(SYSTEM) as work:
        teacher = make_lecturer(work)
        make_session(work, group, lecturer=teacher)
        return Actor(person_id=teacher.person_id, roles=frozenset({Role.LECTURER}))


def form(course: Course, **more: object) -> MaterialForm:
    return MaterialForm.read({"course_id": course.key, "title": "Darba lapas", **more})


def link(course: Course, url: str = "https://likumi.lv") -> LinkForm:
    return LinkForm.read({"course_id": course.key, "title": "Likumi", "url": url})


def upload(who: Actor, course: Course, name: str = "lapa.pdf", content: bytes = PDF, **more: object) -> Material:
    with begin(who) as work:
        added = materials.upload(work, form(course, **more), name, content)
        return work.db.get_one(Material, added.id)


@rule("9.2")
def test_a_file_is_kept_as_it_came_and_audited(staff: Actor, course: Course) -> None:
    kept = upload(staff, course, "Darba lapas, 1. daļa.PDF")
    assert (kept.file_name, kept.content_type, kept.size_bytes) == (
        "Darba lapas, 1. daļa.pdf",
        "application/pdf",
        len(PDF),
    )
    with begin(staff) as work:
        assert work.tools.files.read(kept.file_key or "") == PDF
        event = work.db.exec(select(AuditEvent).where(AuditEvent.subject_kind == "material")).one()
        assert (event.action, event.actor_id, event.subject_id) == ("material:add", staff.person_id, kept.id)


@rule("9.2")
@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.PNG", b"\x89PNG\r\n\x1a\n..", "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0..", "image/jpeg"),
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        ("a.txt", "Mācību plāns\r\n\t1.".encode(), "text/plain; charset=utf-8"),
        ("a.csv", "vārds;stundas".encode("utf-8-sig"), "text/csv; charset=utf-8"),
        ("a.docx", office("word/document.xml"), "wordprocessingml.document"),
        ("a.pptx", office("ppt/presentation.xml"), "presentationml.presentation"),
        ("a.xlsx", office("xl/workbook.xml"), "spreadsheetml.sheet"),
        ("a.odt", open_document("text"), "application/vnd.oasis.opendocument.text"),
        ("a.ods", open_document("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_content(
    staff: Actor, course: Course, name: str, content: bytes, content_type: str
) -> None:
    assert upload(staff, course, name, content).content_type.endswith(content_type)


@rule("9.2")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b""),
        ("a.pdf", b"\n \t"),
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.html", b"<html></html>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.exe", b"MZ\x90\x00"),
        ("a.pdf", b"MZ\x90\x00"),
        ("a.html", PDF),
        ("a", PDF),
        ("a.pdf.html", PDF),
        ("a.txt", b"\x00\x01binary"),
        ("a.txt", "Rīga".encode("utf-16")),
        ("a.zip", office("anything.xml")),
        ("a.docx", office("xl/workbook.xml")),
        ("a.docx", office("word/document.xml", "word/vbaProject.bin")),
        ("a.docx", b"PK\x03\x04 broken container"),
        ("a.docx", zipfile.ZipFile.__doc__.encode() if zipfile.ZipFile.__doc__ else b"-"),
    ],
)
def test_other_kinds_and_false_names_are_refused_in_words(
    staff: Actor, course: Course, name: str, content: bytes
) -> None:
    with pytest.raises(Invalid) as refused:
        upload(staff, course, name, content)
    assert refused.value.fields["file"]
    with begin(SYSTEM) as work:
        assert not work.db.exec(select(Material)).all()


@rule("9.2")
def test_a_file_above_the_limit_is_refused(staff: Actor, course: Course) -> None:
    limit = settings().material_megabytes * 1_000_000
    assert upload(staff, course, content=b"%PDF-" + bytes(limit - 5)).size_bytes == limit
    with pytest.raises(Invalid):
        upload(staff, course, content=b"%PDF-" + bytes(limit - 4))


@rule("9.2")
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\anna\\lapa.pdf", "lapa.pdf"),
        ("..pdf", "fails.pdf"),
        (".pdf", "fails.pdf"),
        ('a"b<c>:?.pdf', "a-b-c---.pdf"),
        ("a\r\nSet-Cookie: x\x00.pdf", "a Set-Cookie- x.pdf"),
        ("rīka\u202efdp.pdf", "rīkafdp.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_names_are_made_harmless(staff: Actor, course: Course, name: str, kept: str) -> None:
    assert upload(staff, course, name).file_name == kept


@rule("9.2")
def test_a_lecturer_adds_to_own_groups_only(lecturer: Actor, course: Course, group: CourseGroup) -> None:
    assert upload(lecturer, course, group_id=group.key).group_id == group.key
    with begin(SYSTEM) as work:
        other = make_group(work, course)
    for where in ({"group_id": other.key}, {"group_id": None}, {"group_id": group.key, "is_public": True}):
        with pytest.raises(NotAllowed):
            upload(lecturer, course, **where)


@rule("9.2")
@pytest.mark.parametrize("role", [None, Role.ACCOUNTANT, Role.PROJECTS, Role.ADMIN])
def test_nobody_else_adds_changes_orders_or_withdraws(course: Course, role: Role | None) -> None:
    with begin(SYSTEM) as work:
        other = actor(make_person(work), *([role] if role else []))
        material_id = make_material(work, course).key
    for who, refusal in ((other, NotAllowed), (NOBODY, SignInNeeded)):
        for act in (
            lambda work: materials.upload(work, form(course), "a.pdf", PDF),
            lambda work: materials.add_link(work, link(course)),
            lambda work: materials.change(work, material_id, form(course)),
            lambda work: materials.put_in_order(work, [material_id]),
            lambda work: materials.withdraw(work, material_id),
        ):
            with pytest.raises(refusal), begin(who) as work:
                act(work)


@rule("9.2")
@pytest.mark.parametrize("url", ["https://likumi.lv/ta/id/1?a=b#c", "http://www.vas.gov.lv"])
def test_a_link_is_kept(staff: Actor, course: Course, url: str) -> None:
    with begin(staff) as work:
        added = materials.add_link(work, link(course, url))
        assert work.db.get_one(Material, added.id).url == url


@rule("9.2")
@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt://x.lv/%0aalert(1)", "data:text/html,x", "file:///etc/passwd", "//likumi.lv", "likumi.lv",
        "https://", "https://localhost", "https://anna:secret@likumi.lv", "https://likumi.lv\\@evil.lv", "https://a b.lv", "https://[", "https://a.lv/\u202e",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(staff: Actor, course: Course, url: str) -> None:
    with pytest.raises(Invalid), begin(staff) as work:
        materials.add_link(work, link(course, url))


@rule("3.5")
def test_materials_of_a_closed_course_cannot_be_made_public(staff: Actor) -> None:
    with begin(SYSTEM) as work:
        closed = make_course(work, audience=[make_institution(work)])
    with pytest.raises(Invalid):
        upload(staff, closed, is_public=True)


@rule("9.2")
def test_a_group_of_another_course_is_none(staff: Actor, group: CourseGroup) -> None:
    with begin(SYSTEM) as work:
        other = make_course(work)
    with pytest.raises(NotFound):
        upload(staff, other, group_id=group.key)


@rule("9.2")
def test_materials_are_shown_in_the_order_given(staff: Actor, course: Course) -> None:
    ids = [upload(staff, course, title=title).key for title in ("Pirmā", "Otrā", "Trešā")]
    with begin(staff) as work:
        materials.put_in_order(work, [ids[2], ids[0], ids[1]])
    with begin(staff) as work:
        placed = work.db.exec(select(Material).order_by(Material.place)).all()  # type: ignore[arg-type]
        assert [material.title for material in placed] == ["Trešā", "Pirmā", "Otrā"]


@rule("9.2")
def test_a_material_is_renamed_and_published_with_before_and_after_on_record(staff: Actor, course: Course) -> None:
    kept = upload(staff, course)
    with begin(staff) as work:
        materials.change(work, kept.key, form(course, title="Ceļvedis", is_public=True))
    with begin(SYSTEM) as work:
        now = work.db.get_one(Material, kept.key)
        assert (now.title, now.visibility, now.file_key) == ("Ceļvedis", "public", kept.file_key)
        event = work.db.exec(select(AuditEvent).where(AuditEvent.action == "material:change")).one()
        assert event.changes["before"]["title"] == "Darba lapas"
        assert event.changes["after"]["visibility"] == "public"


@rule("9.1")
def test_what_was_added_and_renamed_is_found_without_diacritics_and_case(staff: Actor, course: Course) -> None:
    def found(query: str) -> list[str]:
        with begin(staff) as work:
            answer = materials.materials_found(work, MaterialsFilter(query=query))
        return [row.title for one in answer.courses for row in one.rows]

    kept = upload(staff, course, "Mācību_Celvežu saraksts.pdf", title="Likumi")
    with begin(staff) as work:
        materials.add_link(work, link(course).model_copy(update={"title": "«Saites» šeit"}))
    assert [found(query) for query in ("MĀC", "ceļvežu maci", "likum")] == [["Likumi"]] * 3
    assert [found(query) for query in ("SAITES", "šeit", "SEIT")] == [["«Saites» šeit"]] * 3
    with begin(staff) as work:
        materials.change(work, kept.key, form(course, title="Žurnāls", title_en="Writers' guide"))
    assert [found(query) for query in ("ZURN", "žurnā", "GUIDE", "celvezu")] == [["Žurnāls"]] * 4
    assert not found("likum")


@rule("9.1")
def test_a_withdrawn_material_reaches_nobody_but_stays_on_record(staff: Actor, course: Course) -> None:
    kept = upload(staff, course)
    with begin(staff) as work:
        materials.withdraw(work, kept.key)
    with pytest.raises(NotFound), begin(staff) as work:
        materials.file_to_read(work, kept.key)
    with pytest.raises(NotFound), begin(staff) as work:
        materials.withdraw(work, kept.key)
