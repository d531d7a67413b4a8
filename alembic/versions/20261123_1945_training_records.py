"""what of certificates and of mandatory training an institution may know; who is to approve by when

Revision ID: 5d2e7a94c1b3
Revises: 8b1f0c52d7ae
"""

import sqlalchemy as sa

from alembic import op

revision = "5d2e7a94c1b3"
down_revision = "8b1f0c52d7ae"
branch_labels = None
depends_on = None


# Certificates of training on the institution's account, issued while it employed the person (11.5).
# Somebody was trained on the group's last day; a course without sessions ends with its certificate.
_CERTIFICATES = """
    CREATE VIEW institution_certificate AS
    SELECT t.id AS certificate_id, r.application_id, r.institution_id, r.employment_id, r.person_id, r.course_id,
           (t.issued_at AT TIME ZONE 'Europe/Riga')::date AS issued_on, t.revoked_at,
           coalesce((SELECT max((upper(s.during) AT TIME ZONE 'Europe/Riga')::date) FROM training_session s
                     WHERE s.group_id = r.group_id AND s.withdrawn_at IS NULL),
                    (t.issued_at AT TIME ZONE 'Europe/Riga')::date) AS trained_on
    FROM institution_record r JOIN certificate t ON t.application_id = r.application_id
    WHERE r.until_on IS NULL OR (t.issued_at AT TIME ZONE 'Europe/Riga')::date < r.until_on
"""

# Who is bound by what, when it was fulfilled last, and until when that lasts; nothing: never (11.5).
_MANDATORY = """
    CREATE VIEW mandatory_training AS
    SELECT e.institution_id, e.id AS employment_id, e.person_id, q.id AS requirement_id, done.last_on,
           (done.last_on + make_interval(months => q.months))::date AS due_on
    FROM employment e
    JOIN training_requirement q ON (q.institution_id IS NULL OR q.institution_id = e.institution_id)
     AND (json_array_length(q.units) = 0 OR e.unit IN (SELECT json_array_elements_text(q.units)))
    LEFT JOIN (SELECT k.institution_id, k.person_id, c.requirement_id, max(k.trained_on) AS last_on
               FROM institution_certificate k JOIN training_requirement_course c ON c.course_id = k.course_id
               WHERE k.revoked_at IS NULL GROUP BY k.institution_id, k.person_id, c.requirement_id) done
      ON done.institution_id = e.institution_id AND done.person_id = e.person_id AND done.requirement_id = q.id
"""


def upgrade() -> None:
    op.execute("SET lock_timeout = '5s'")
    op.execute(_CERTIFICATES)
    op.execute(_MANDATORY)
    op.create_index(
        "ix_application_to_decide",
        "application",
        ["decide_by"],
        postgresql_where=sa.text("status = 'pending_approval'"),
    )


def downgrade() -> None:
    op.drop_index("ix_application_to_decide", table_name="application")
    op.execute("DROP VIEW mandatory_training")
    op.execute("DROP VIEW institution_certificate")
