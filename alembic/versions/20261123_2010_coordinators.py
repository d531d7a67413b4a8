"""who asks to coordinate names an institution that the school may not know yet; the digest's own memory

Revision ID: c47a90e1d3b5
Revises: 5d2e7a94c1b3
"""

import sqlalchemy as sa

from alembic import op


revision = "c47a90e1d3b5"
down_revision = "5d2e7a94c1b3"
branch_labels = None
depends_on = None

_WAITS = "confirmed_on IS NULL AND ended_by_id IS NULL"


def upgrade() -> None:
    op.execute("SET lock_timeout = '5s'")
    op.add_column("coordinator", sa.Column("asked_number", sa.String(), nullable=True))
    op.add_column("coordinator", sa.Column("asked", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("coordinator", sa.Column("digest_at", sa.DateTime(timezone=True), nullable=True))
    op.alter_column("coordinator", "institution_id", nullable=True)
    op.execute("UPDATE coordinator SET ended_on = from_on WHERE ended_on < from_on")
    op.create_check_constraint("days_ordered", "coordinator", "ended_on IS NULL OR ended_on >= from_on")
    op.create_check_constraint(
        "institution_named",
        "coordinator",
        "institution_id IS NOT NULL OR (asked_number IS NOT NULL AND confirmed_on IS NULL)",
    )
    for name, column in (("uq_coordinator_nominated", "institution_id"), ("uq_coordinator_asked", "asked_number")):
        op.create_index(name, "coordinator", ["person_id", column], unique=True, postgresql_where=sa.text(_WAITS))
    op.execute("""
        ALTER TABLE coordinator ADD CONSTRAINT ex_coordinator_once_at_a_time EXCLUDE USING gist (
            int8range(person_id, person_id, '[]') WITH &&,
            int8range(institution_id, institution_id, '[]') WITH &&,
            daterange(from_on, ended_on) WITH &&) WHERE (confirmed_on IS NOT NULL)
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE coordinator DROP CONSTRAINT ex_coordinator_once_at_a_time")
    op.drop_index("uq_coordinator_asked", "coordinator")
    op.drop_index("uq_coordinator_nominated", "coordinator")
    op.drop_constraint(op.f("ck_coordinator_institution_named"), "coordinator", type_="check")
    op.drop_constraint(op.f("ck_coordinator_days_ordered"), "coordinator", type_="check")
    op.execute("DELETE FROM coordinator WHERE institution_id IS NULL")
    op.alter_column("coordinator", "institution_id", nullable=False)
    op.drop_column("coordinator", "digest_at")
    op.drop_column("coordinator", "asked")
    op.drop_column("coordinator", "asked_number")
