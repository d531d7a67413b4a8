"""what institutions keep: work addresses, imports, requirements, plans; what they may see; who is told at once

Revision ID: 8b1f0c52d7ae
Revises: 3f6d1c9b8a24
"""

import sqlalchemy as sa

from alembic import op


revision = "8b1f0c52d7ae"
down_revision = "3f6d1c9b8a24"
branch_labels = None
depends_on = None


# What an institution may know of applications (11.5): those on its account, made while the person worked there.
# What happened to them from the day of leaving is not its business any more: they only say that the person left.
_RECORD = """
    CREATE VIEW institution_record AS
    SELECT a.id AS application_id, e.institution_id, e.id AS employment_id, a.person_id, a.course_id, a.group_id,
           CASE WHEN e.until_on <= (a.status_at AT TIME ZONE 'Europe/Riga')::date THEN 'left' ELSE a.status END
               AS status,
           CASE WHEN e.until_on <= (a.status_at AT TIME ZONE 'Europe/Riga')::date THEN '' ELSE a.ended_reason END
               AS ended_reason,
           a.status_at, a.created_at, a.applied_by_id, a.price_cents, a.is_for_next_group, a.line_number, a.decide_by,
           a.unit, a.position, e.until_on
    FROM application a
    JOIN employment e ON e.person_id = a.person_id AND e.institution_id = a.payer_institution_id
     AND (a.created_at AT TIME ZONE 'Europe/Riga')::date >= e.from_on
     AND (e.until_on IS NULL OR (a.created_at AT TIME ZONE 'Europe/Riga')::date < e.until_on)
"""

# Open screens of an institution hear of changes when they are committed (11.4); the channel carries only its id.
_TOLD = {
    "application": "payer_institution_id",
    "coordinator": "institution_id",
    "employment": "institution_id",
    "place_reservation": "institution_id",
}


def upgrade() -> None:
    op.execute("SET lock_timeout = '5s'")
    op.create_table(
        "employee_import",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("uploaded_by_id", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("rows_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('previewed', 'applied', 'dropped')", name=op.f("ck_employee_import_state_known")),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_employee_import_institution_id")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["person.id"], name=op.f("fk_employee_import_uploaded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employee_import")),
    )
    op.create_index(op.f("ix_employee_import_institution_id"), "employee_import", ["institution_id"], unique=False)
    op.create_table(
        "training_plan",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("hours_per_employee", sa.Integer(), nullable=False),
        sa.Column("budget_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("hours_per_employee >= 0 AND budget_cents >= 0", name=op.f("ck_training_plan_not_negative")),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_training_plan_institution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_plan")),
        sa.UniqueConstraint("institution_id", "year", name=op.f("uq_training_plan_institution_id_year")),
    )
    op.create_table(
        "training_requirement",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.CheckConstraint("months > 0", name=op.f("ck_training_requirement_months_positive")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_training_requirement_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_requirement")),
    )
    op.create_index(
        op.f("ix_training_requirement_institution_id"), "training_requirement", ["institution_id"], unique=False
    )
    op.create_table(
        "training_plan_course",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_training_plan_course_people_positive")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_training_plan_course_course_id")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["training_plan.id"], name=op.f("fk_training_plan_course_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_plan_course")),
        sa.UniqueConstraint("plan_id", "course_id", name=op.f("uq_training_plan_course_plan_id_course_id")),
    )
    op.create_table(
        "training_requirement_course",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("requirement_id", sa.BigInteger(), nullable=False),
        sa.Column("course_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_training_requirement_course_course_id")),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["training_requirement.id"],
            name=op.f("fk_training_requirement_course_requirement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_requirement_course")),
        sa.UniqueConstraint(
            "requirement_id", "course_id", name=op.f("uq_training_requirement_course_requirement_id_course_id")
        ),
    )
    op.create_index(
        op.f("ix_training_requirement_course_course_id"), "training_requirement_course", ["course_id"], unique=False
    )
    op.add_column("application", sa.Column("decide_by", sa.Date(), nullable=True))
    op.add_column("application", sa.Column("decided_by_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_application_decided_by_id"), "application", "person", ["decided_by_id"], ["id"])
    op.add_column("coordinator", sa.Column("nominated_by_id", sa.BigInteger(), nullable=True))
    op.add_column("coordinator", sa.Column("from_on", sa.Date(), nullable=True))
    op.execute("UPDATE coordinator SET from_on = coalesce(confirmed_on, nominated_on)")
    op.alter_column("coordinator", "from_on", nullable=False)
    op.add_column("coordinator", sa.Column("confirmed_by_id", sa.BigInteger(), nullable=True))
    op.add_column("coordinator", sa.Column("ended_by_id", sa.BigInteger(), nullable=True))
    op.add_column("coordinator", sa.Column("end_reference", sa.String(), server_default="", nullable=False))
    op.alter_column("coordinator", "end_reference", server_default=None)
    op.add_column("coordinator", sa.Column("wants_digest", sa.Boolean(), server_default="false", nullable=False))
    op.create_foreign_key(op.f("fk_coordinator_nominated_by_id"), "coordinator", "person", ["nominated_by_id"], ["id"])
    op.create_foreign_key(op.f("fk_coordinator_confirmed_by_id"), "coordinator", "person", ["confirmed_by_id"], ["id"])
    op.create_foreign_key(op.f("fk_coordinator_ended_by_id"), "coordinator", "person", ["ended_by_id"], ["id"])
    op.add_column("employment", sa.Column("work_email", sa.String(), nullable=True))
    op.add_column("institution", sa.Column("approval_days", sa.Integer(), server_default="3", nullable=False))
    op.add_column("place_reservation", sa.Column("reserved_by_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_place_reservation_reserved_by_id"), "place_reservation", "person", ["reserved_by_id"], ["id"]
    )
    op.create_check_constraint("approval_in_days", "institution", "approval_days BETWEEN 1 AND 30")
    op.create_check_constraint("deputy_of_another", "coordinator", "deputy_of_id IS NULL OR deputy_of_id <> person_id")
    op.execute("UPDATE employment SET until_on = until_on + 1 WHERE until_on IS NOT NULL")  # now the first day without
    op.execute("""
        ALTER TABLE employment ADD CONSTRAINT ex_employment_once_at_a_time EXCLUDE USING gist (
            int8range(person_id, person_id, '[]') WITH &&,
            int8range(institution_id, institution_id, '[]') WITH &&,
            daterange(from_on, until_on) WITH &&)
    """)
    op.execute(_RECORD)
    for table, column in _TOLD.items():
        op.execute(f"""
            CREATE FUNCTION tell_institution_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE institution bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.{column} ELSE NEW.{column} END;
            BEGIN
                IF institution IS NOT NULL THEN PERFORM pg_notify('institution', institution::text); END IF;
                RETURN NULL;
            END $$
        """)
        op.execute(f"""
            CREATE TRIGGER tell_institution AFTER INSERT OR UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION tell_institution_of_{table}()
        """)


def downgrade() -> None:
    for table in _TOLD:
        op.execute(f"DROP TRIGGER tell_institution ON {table}")
        op.execute(f"DROP FUNCTION tell_institution_of_{table}")
    op.execute("DROP VIEW institution_record")
    op.execute("ALTER TABLE employment DROP CONSTRAINT ex_employment_once_at_a_time")
    op.execute("UPDATE employment SET until_on = until_on - 1 WHERE until_on > from_on")
    op.drop_constraint("deputy_of_another", "coordinator", type_="check")
    op.drop_constraint("approval_in_days", "institution", type_="check")
    op.drop_constraint(op.f("fk_place_reservation_reserved_by_id"), "place_reservation", type_="foreignkey")
    op.drop_column("place_reservation", "reserved_by_id")
    op.drop_column("institution", "approval_days")
    op.drop_column("employment", "work_email")
    op.drop_constraint(op.f("fk_coordinator_ended_by_id"), "coordinator", type_="foreignkey")
    op.drop_constraint(op.f("fk_coordinator_confirmed_by_id"), "coordinator", type_="foreignkey")
    op.drop_constraint(op.f("fk_coordinator_nominated_by_id"), "coordinator", type_="foreignkey")
    op.drop_column("coordinator", "wants_digest")
    op.drop_column("coordinator", "end_reference")
    op.drop_column("coordinator", "ended_by_id")
    op.drop_column("coordinator", "confirmed_by_id")
    op.drop_column("coordinator", "from_on")
    op.drop_column("coordinator", "nominated_by_id")
    op.drop_constraint(op.f("fk_application_decided_by_id"), "application", type_="foreignkey")
    op.drop_column("application", "decided_by_id")
    op.drop_column("application", "decide_by")
    op.drop_index(op.f("ix_training_requirement_course_course_id"), table_name="training_requirement_course")
    op.drop_table("training_requirement_course")
    op.drop_table("training_plan_course")
    op.drop_index(op.f("ix_training_requirement_institution_id"), table_name="training_requirement")
    op.drop_table("training_requirement")
    op.drop_table("training_plan")
    op.drop_index(op.f("ix_employee_import_institution_id"), table_name="employee_import")
    op.drop_table("employee_import")
