"""What must always be true, as questions to the database that name whatever breaks it (16.4).

Every query returns one column: how an operator finds the thing. It may use ``:now``, ``:today`` in Riga and
``:lately``, a few minutes before now: what the clock is about to do is no finding yet.
"""

from dataclasses import dataclass

from mps_app.models import EMPLOYED
from mps_app.text import N_


@dataclass(frozen=True, slots=True)
class Check:
    """One invariant: its name, what to say when it is broken, and who breaks it."""

    name: str
    message: str
    query: str


_GROUPS = """
    SELECT g.code FROM (SELECT code, maximum, places_taken,
        (SELECT count(*) FROM application a WHERE a.group_id = c.id
            AND a.status IN ('pending_approval', 'registered', 'attended', 'completed', 'offered'))
        + (SELECT coalesce(sum(r.places), 0) FROM place_reservation r WHERE r.group_id = c.id) AS counted
        FROM course_group c) g
"""

CHECKS = (
    Check(
        "oversold",
        N_("More places are taken than the group has (4.3): {things}."),
        _GROUPS + "WHERE g.counted > g.maximum ORDER BY g.code",
    ),
    Check(
        "places_counted",
        N_("The count of taken places differs from the applications (4.10): {things}."),
        _GROUPS + "WHERE g.counted <> g.places_taken ORDER BY g.code",
    ),
    Check(
        "applied_twice",
        N_("A person has two applications alive in one group, or waits twice for one course (4.2): {things}."),
        """SELECT 'person ' || person_id FROM application
           WHERE status IN ('pending_approval', 'registered', 'attended', 'completed', 'offered',
             'waitlisted', 'waiting')
           GROUP BY person_id, course_id, group_id HAVING count(*) > 1 ORDER BY person_id""",
    ),
    Check(
        "two_places",
        N_("A person holds places in two upcoming groups of one course (4.2): {things}."),
        """SELECT 'person ' || a.person_id FROM application a JOIN course_group g ON g.id = a.group_id
           WHERE a.status IN ('pending_approval', 'registered', 'attended', 'completed', 'offered')
             AND g.status IN ('open', 'confirmed', 'running')
           GROUP BY a.person_id, a.course_id HAVING count(*) > 1 ORDER BY a.person_id""",
    ),
    Check(
        "line_order",
        N_("Two people have the same number in a waiting list (4.6): {things}."),
        """SELECT g.code FROM application a JOIN course_group g ON g.id = a.group_id WHERE a.status = 'waitlisted'
           GROUP BY g.code, a.line_number HAVING count(*) > 1 OR a.line_number IS NULL ORDER BY g.code""",
    ),
    Check(
        "offer_overdue",
        N_("An expired offer still holds a place (4.6): {things}."),
        """SELECT 'application ' || a.id FROM application a JOIN place_offer o ON o.application_id = a.id
           WHERE a.status = 'offered' AND o.answered_at IS NULL AND o.expires_at < :lately ORDER BY a.id""",
    ),
    Check(
        "offer_missing",
        N_("A place is held without an open offer, or an offer is open without a place (4.6): {things}."),
        """SELECT 'application ' || a.id FROM application a WHERE (a.status = 'offered') <> EXISTS
           (SELECT FROM place_offer o WHERE o.application_id = a.id AND o.answered_at IS NULL) ORDER BY a.id""",
    ),
    Check(
        "reservation_overdue",
        N_("Nameless places are held beyond their day, or in a group that is over (11.6): {things}."),
        """SELECT g.code FROM place_reservation r JOIN course_group g ON g.id = r.group_id
           WHERE r.release_on <= (CAST(:lately AS timestamptz) AT TIME ZONE 'Europe/Riga')::date
              OR g.status NOT IN ('open', 'confirmed') ORDER BY g.code""",
    ),
    Check(
        "over_share",
        N_("An institution holds more places than its share (11.6): {things}."),
        """SELECT g.code FROM course_group g JOIN LATERAL (
               SELECT payer_institution_id FROM application a WHERE a.group_id = g.id
                 AND a.status IN ('pending_approval', 'registered', 'attended', 'completed', 'offered')
               GROUP BY payer_institution_id HAVING payer_institution_id IS NOT NULL AND count(*) + coalesce(
                   (SELECT r.places FROM place_reservation r WHERE r.group_id = g.id
                      AND r.institution_id = payer_institution_id), 0) > g.institution_share) o ON true
           WHERE g.institution_share IS NOT NULL AND g.status IN ('open', 'confirmed') ORDER BY g.code""",
    ),
    Check(
        "clock_behind",
        N_("The clock has not moved a group on (5.1): {things}."),
        """SELECT g.code FROM course_group g JOIN training_session s ON s.group_id = g.id AND s.withdrawn_at IS NULL
           WHERE g.status IN ('confirmed', 'running') GROUP BY g.id
           HAVING (g.status = 'confirmed' AND min(lower(s.during)) < :lately) OR max(upper(s.during)) < :lately
           ORDER BY g.code""",
    ),
    Check(
        "minimum_reached",
        N_("A group has reached its minimum and is not confirmed (5.2): {things}."),
        """SELECT g.code FROM course_group g JOIN application a ON a.group_id = g.id AND a.status = 'registered'
           WHERE g.status = 'open' GROUP BY g.id HAVING count(*) >= g.minimum AND max(a.status_at) < :lately
           ORDER BY g.code""",
    ),
    Check(
        "not_told",
        N_("Somebody in a confirmed group was not told date, place and time (5.2): {things}."),
        f"""SELECT 'application ' || a.id FROM application a
           JOIN course_group g ON g.id = a.group_id JOIN person p ON p.id = a.person_id
           WHERE g.status = 'confirmed' AND a.status = 'registered'
             AND (p.email_verified_at < a.status_at OR EXISTS (SELECT FROM employment e
                WHERE e.person_id = a.person_id AND e.institution_id = a.payer_institution_id
                  AND e.work_email <> '' AND {EMPLOYED}))
             AND NOT EXISTS (SELECT FROM outbox_message m WHERE m.person_id = a.person_id
                AND m.template = 'group_confirmed' AND m.facts ->> 'group_code' = g.code) ORDER BY a.id""",  # noqa: S608  # our own
    ),
    Check(
        "absent_not_noted",
        N_("Somebody missed all of a training and is not noted as absent, or is and was there (9.1): {things}."),
        """SELECT 'application ' || a.id FROM application a JOIN course_group g ON g.id = a.group_id
           JOIN LATERAL (
               SELECT bool_and(coalesce(t.present_minutes = 0, false)) AS missed,
                      bool_or(t.present_minutes > 0) AS been, max(upper(s.during)) AS over_at
               FROM training_session s LEFT JOIN attendance t ON t.session_id = s.id AND t.application_id = a.id
               WHERE s.group_id = g.id AND s.withdrawn_at IS NULL) m ON true
           WHERE g.status = 'completed' AND m.over_at < :lately
             AND (a.status = 'registered' AND m.missed OR a.status = 'no_show' AND m.been) ORDER BY a.id""",
    ),
    Check(
        "mail_stuck",
        N_("Messages wait that should have left (16.5): {things}."),
        """SELECT 'message ' || id FROM outbox_message
           WHERE state IN ('queued', 'failed', 'sending') AND next_try_at < :lately ORDER BY id""",
    ),
    Check(
        "mail_dead",
        N_("Messages could not be delivered in the last week (16.5): {things}."),
        """SELECT 'message ' || id || ' (' || template || ')' FROM outbox_message
           WHERE state = 'dead' AND created_at > CAST(:now AS timestamptz) - interval '7 days' ORDER BY id""",
    ),
    Check(
        "group_not_audited",
        N_("A group was cancelled and nobody wrote down by whom (16.1): {things}."),
        """SELECT g.code FROM course_group g WHERE g.status = 'cancelled' AND NOT EXISTS
           (SELECT FROM audit_event e WHERE e.subject_kind = 'group' AND e.subject_id = g.id AND e.action = 'cancelled')
           ORDER BY g.code""",
    ),
    Check(
        "application_not_audited",
        N_("Somebody applied for another person and it was not written down (16.1): {things}."),
        """SELECT 'application ' || a.id FROM application a WHERE a.applied_by_id <> a.person_id AND NOT EXISTS
           (SELECT FROM audit_event e WHERE e.subject_kind = 'application' AND e.subject_id = a.id) ORDER BY a.id""",
    ),
    Check(
        "certificate_numbers",
        N_("The numbers of certificates have a gap (7.5): {things}."),
        """SELECT s.series || '-' || s.year FROM certificate_series s
           LEFT JOIN certificate c ON c.series = s.series AND c.year = s.year
           GROUP BY s.id HAVING count(c.id) <> s.last_number OR coalesce(max(c.serial), 0) <> s.last_number
           ORDER BY s.series, s.year""",
    ),
    Check(
        "certificate_not_earned",
        N_("A valid certificate was not earned: questionnaire or attendance is missing (7.2): {things}."),
        """SELECT c.number FROM certificate c
           JOIN application a ON a.id = c.application_id JOIN course k ON k.id = a.course_id
           LEFT JOIN evaluation_invitation i ON i.application_id = a.id
           LEFT JOIN LATERAL (
               SELECT sum(least(t.present_minutes,
                                extract(epoch FROM upper(s.during) - lower(s.during)) / 60)) AS present,
                      sum(extract(epoch FROM upper(s.during) - lower(s.during)) / 60) AS whole
               FROM training_session s LEFT JOIN attendance t ON t.session_id = s.id AND t.application_id = a.id
               WHERE s.group_id = a.group_id AND s.withdrawn_at IS NULL) m ON true
           WHERE c.revoked_at IS NULL AND (i.answered_on IS NULL
               OR coalesce(m.present, 0) * 100 < k.attendance_percent * coalesce(m.whole, 0)) ORDER BY c.number""",
    ),
    Check(
        "certificate_without_test",
        N_("A valid certificate was given without the test that the course demands (8.1): {things}."),
        """SELECT c.number FROM certificate c
           JOIN application a ON a.id = c.application_id JOIN course k ON k.id = a.course_id AND k.has_exam
           WHERE c.revoked_at IS NULL AND NOT EXISTS (SELECT FROM exam_attempt t
             JOIN exam_invitation i ON i.id = t.invitation_id WHERE i.application_id = a.id AND t.is_passed)
           ORDER BY c.number""",
    ),
    Check(
        "test_overdue",
        N_("The time of a test is over and it was not handed in (8.1): {things}."),
        """SELECT 'try ' || id FROM exam_attempt WHERE submitted_at IS NULL AND ends_at < :lately ORDER BY id""",
    ),
    Check(
        "certificate_not_printed",
        N_("A certificate has had no PDF for a while (7.2): {things}."),
        """SELECT number FROM certificate WHERE pdf_digest IS NULL AND issued_at < :lately ORDER BY number""",
    ),
    Check(
        "guards",
        N_("A guard of the database is missing or switched off: {things}."),
        """SELECT wanted.name || ' on ' || wanted.place FROM (VALUES
             ('count_places', 'application'), ('count_places', 'place_reservation'),
             ('append_only', 'audit_event'), ('append_only', 'access_record'),
             ('keep', 'certificate'), ('step_by_one', 'certificate_series'),
             ('keep_used', 'question'), ('keep_used', 'exam'), ('keep_used', 'exam_question'),
             ('limit_attempts', 'exam_attempt'), ('keep', 'exam_attempt'), ('while_open', 'exam_answer')
           ) AS wanted (name, place)
           WHERE NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgname = wanted.name
             AND t.tgrelid = wanted.place::regclass AND t.tgenabled = 'O')""",
    ),
)
