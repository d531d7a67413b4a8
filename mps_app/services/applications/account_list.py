"""The applications on an institution's account (4.8, 11.5): what waits for its coordinator stands first."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import bindparam, text

from mps_app.core import riga
from mps_app.core.folding import fold
from mps_app.core.money import price_text
from mps_app.core.work import Work, only_reads
from mps_app.models import EMPLOYEE_FOLDED, EMPLOYEE_NAME, GroupStatus
from mps_app.policy import Action
from mps_app.services import catalogue, groups, institutions
from mps_app.services.messages.templates import SessionFacts
from mps_app.text import N_, say, say_n
from mps_app.views.account_list import AccountFilter, AccountList, AccountRow, StandingChip

PAGE_ROWS = 50
_MOST_WORDS = 5

# Once somebody has left, what is alive only says so: what becomes of it is not the institution's business (11.5).
STANDING = """
    CASE WHEN r.status = 'left' OR (r.until_on <= :today AND r.status IN
              ('pending_approval', 'registered', 'offered', 'waitlisted', 'waiting')) THEN 'left'
         WHEN r.status = 'pending_approval' THEN 'to_approve'
         WHEN r.status IN ('waitlisted', 'offered') THEN 'line'
         WHEN r.status = 'waiting' THEN 'next'
         WHEN r.status IN ('attended', 'completed') THEN 'done'
         WHEN r.status <> 'registered' THEN 'ended'
         WHEN g.status IN ('confirmed', 'running') THEN 'confirmed'
         WHEN g.status = 'completed' THEN 'done'
         ELSE 'registered' END"""

_LISTED = f"""
    SELECT r.*, {EMPLOYEE_NAME} AS name, e.unit AS works_in, g.status AS group_status, {STANDING} AS standing
    FROM institution_record r JOIN employment e ON e.id = r.employment_id JOIN person p ON p.id = r.person_id
    LEFT JOIN course_group g ON g.id = r.group_id
    WHERE r.institution_id = :institution_id"""  # noqa: S608  # our own conditions

_OF_WORD = f" AND ({EMPLOYEE_FOLDED} LIKE :word{{n}} OR e.unit = ANY(:units{{n}}) OR r.course_id = ANY(:courses{{n}}))"

_PAGE = """
    SELECT l.*, c.title, c.title_en, c.format, l.applied_by_id = l.person_id,
           EXISTS (SELECT FROM coordinator s
                   WHERE s.person_id = l.applied_by_id AND s.institution_id = l.institution_id)
    FROM ({listed}) l JOIN course c ON c.id = l.course_id
    WHERE :standing = '' OR l.standing = :standing
    ORDER BY l.standing = 'to_approve' DESC, CASE l.standing WHEN 'to_approve' THEN l.decide_by END,
             l.created_at DESC, l.application_id DESC
    LIMIT :most OFFSET :from_row"""

_COURSES = text("""
    SELECT c.id, c.title, c.title_en, c.code FROM course c
    WHERE c.id IN (SELECT r.course_id FROM institution_record r WHERE r.institution_id = :institution_id)
""").bindparams(bindparam("institution_id"))

_UNITS = text("SELECT DISTINCT unit FROM employment WHERE institution_id = :institution_id").bindparams(
    bindparam("institution_id")
)

_CHIPS = (
    ("", N_("All")),
    ("to_approve", N_("Waits for approval")),
    ("registered", N_("Have applied")),
    ("confirmed", N_("Group confirmed")),
    ("next", N_("Waiting for the next group")),
    ("line", N_("On the waiting list")),
    ("done", N_("Completed")),
    ("ended", N_("Rejected, cancelled or missed")),
)
_STATUS = {
    "pending_approval": ("warn", N_("Waits for approval")),
    "registered": ("open", N_("Applied")),
    "attended": ("done", N_("Was at the training")),
    "completed": ("done", N_("Training completed")),
    "offered": ("warn", N_("A place is held")),
    "waitlisted": ("none", N_("On the waiting list")),
    "waiting": ("none", N_("Waiting for the next group")),
    "cancelled": ("bad", N_("Was cancelled")),
    "rejected": ("bad", N_("Was rejected")),
    "no_show": ("bad", N_("Was absent")),
}
_OF_GROUP = {
    "confirmed": ("ok", N_("Group confirmed")),
    "running": ("run", N_("Training under way")),
    "completed": ("done", N_("Training completed")),
}
_LEFT = ("none", N_("Does not work here any more"))


class Search(NamedTuple):
    """What the statements share: the applications meant, and their parameters."""

    listed: str
    asked: dict[str, Any]  # Any: whatever the statement names


@only_reads
def account_list(work: Work, institution_id: int, wanted: AccountFilter) -> AccountList:
    """Return one page of the applications on an institution's account, with the counts by standing."""
    institutions.own(work, institution_id, Action.APPLICATION_READ)
    search = _search(work, institution_id, wanted)
    counted = text(f"SELECT standing, count(*) FROM ({search.listed}) l GROUP BY 1")  # noqa: S608  # our own
    counts: dict[str, int] = {row[0]: row[1] for row in work.db.execute(counted, search.asked)}
    total = counts.get(wanted.standing, 0) if wanted.standing else sum(counts.values())
    page_count = max(-(-total // PAGE_ROWS), 1)
    page = min(wanted.page, page_count)
    rows = _rows(work, search, wanted.standing, page) if total else []
    first = (page - 1) * PAGE_ROWS
    return AccountList(
        chips=_chips(work, counts, wanted.standing),
        rows=rows,
        total=total,
        page=page,
        page_count=page_count,
        range_text=_range_text(work, first, len(rows), total),
        empty_title=say(work.language, N_("Nothing found") if wanted.query else N_("No applications here")),
        empty_text=say(
            work.language,
            N_("Change what you typed.")
            if wanted.query
            else N_("What employees apply for, or you for them, stands here."),
        ),
    )


def _range_text(work: Work, first: int, count: int, total: int) -> str:
    if not total:
        return ""
    span = f"{first + 1}\N{EN DASH}{first + count}"
    return say_n(work.language, "{span} of {n} application", "{span} of {n} applications", total, span=span)


def _search(work: Work, institution_id: int, wanted: AccountFilter) -> Search:
    """Return which applications are meant: every word is in the name, the unit or the course."""
    asked: dict[str, Any] = {"institution_id": institution_id, "today": riga.today(work.now)}  # Any: its parameters
    listed = _LISTED
    words = wanted.query.split()[:_MOST_WORDS]
    courses = list(work.db.execute(_COURSES, asked)) if words else []
    units = list(work.db.execute(_UNITS, asked).scalars()) if words else []
    for number, word in enumerate(fold(word) for word in words):
        listed += _OF_WORD.format(n=number)
        asked[f"word{number}"] = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        asked[f"units{number}"] = [unit for unit in units if word in fold(unit)]
        asked[f"courses{number}"] = [row[0] for row in courses if word in fold(" ".join(row[1:]))]
    return Search(listed, asked)


def _chips(work: Work, counts: dict[str, int], chosen: str) -> list[StandingChip]:
    """Return the lists that hold something, and the one that is chosen."""
    everything = sum(counts.values())
    chips = [
        StandingChip(
            standing=standing,
            label=say(work.language, label),
            count=counts.get(standing, 0) if standing else everything,
            is_on=standing == chosen,
        )
        for standing, label in _CHIPS
    ]
    return [chip for chip in chips if chip.count or chip.is_on or not chip.standing]


def _rows(work: Work, search: Search, standing: str, page: int) -> list[AccountRow]:
    asked = {**search.asked, "standing": standing, "most": PAGE_ROWS, "from_row": (page - 1) * PAGE_ROWS}
    found = work.db.execute(text(_PAGE.format(listed=search.listed)), asked).all()
    sessions = groups.sessions_of(work, {row.group_id for row in found if row.group_id})
    return [_row(work, row, sessions.get(row.group_id, [])) for row in found]


def _row(work: Work, row: Any, sessions: list[SessionFacts]) -> AccountRow:  # Any: a row of the page
    by_self, by_coordinator = row[-2], row[-1]
    who = N_("Employee") if by_self else N_("Coordinator") if by_coordinator else N_("School")
    status_class, status_text = status_of(row)
    is_to_decide = row.standing == "to_approve" and (row.decide_by or date.max) >= riga.today(work.now)
    return AccountRow(
        id=row.application_id,
        name=row.name,
        unit=row.works_in,
        course_title=catalogue.title(work.language, row.title, row.title_en),
        form=row.format,
        when_text=when_brief(work, row, sessions),
        applied_text=say(
            work.language,
            N_("{who}, {day}"),
            who=say(work.language, who),
            day=riga.day_seen_text(work.language, riga.today(row.created_at), riga.today(work.now)),
        ),
        price_text=price_text(work.language, row.price_cents),
        status_class=status_class,
        status_text=say(work.language, status_text),
        status_note=note_of(work, row),
        is_to_decide=is_to_decide,
        choose_text=say(work.language, N_("Choose: {name}"), name=row.name),
        details_text=say(work.language, N_("Application of {name}: more"), name=row.name),
    )


def when_brief(work: Work, row: Any, sessions: list[SessionFacts]) -> str:  # Any: a row of the view
    """Return the days of a group; one that was called off has none, which its status says."""
    if row.group_id is None:
        return say(work.language, N_("no date yet"))
    if row.group_status == GroupStatus.CANCELLED and not sessions:
        return ""
    days, today = sorted({riga.today(session.starts_at) for session in sessions}), riga.today(work.now)
    if len(days) == 1:
        return riga.day_seen_text(work.language, days[0], today)
    return riga.days_seen_text(work.language, days, today) or say(work.language, N_("At your own pace"))


def status_of(row: Any) -> tuple[str, str]:  # Any: a row with status, standing and the group's status
    """Return the shape and the word of a standing."""
    if row.standing == "left":
        return _LEFT
    if row.status == "registered" and row.group_status in _OF_GROUP:
        return _OF_GROUP[row.group_status]
    return _STATUS[row.status]


def note_of(work: Work, row: Any) -> str:  # Any: a row with status, standing, decide_by and ended_reason
    """Return until when it is to be decided, or why it ended."""
    if row.standing == "to_approve" and row.decide_by:
        return say(work.language, N_("until {day}"), day=riga.day_text(work.language, row.decide_by, riga.Case.DATIVE))
    if row.standing != "ended":
        return ""
    if row.status == "rejected" and not row.ended_reason:
        return say(work.language, N_("not approved in time"))
    reason: str = row.ended_reason
    return reason
