"""what changed for an institution, noted in the same transaction: rosters are remembered and never stale

Revision ID: e1b8d4f02c96
Revises: 6c40e9b7d215
"""

import sqlalchemy as sa

from alembic import op

revision = "e1b8d4f02c96"
down_revision = "6c40e9b7d215"
branch_labels = None
depends_on = None


_FUNCTION = """
    CREATE FUNCTION note_change_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO institution_change (institution_id, person_id, transaction_number)
        SELECT {from_old} UNION SELECT {from_new};
        RETURN NULL;
    END $$
"""
_NUMBER = "pg_current_xact_id()::text::bigint"
_OF_APPLICATIONS = f"""a.payer_institution_id, a.person_id, {_NUMBER} FROM application a
    WHERE a.payer_institution_id IS NOT NULL AND"""

# table → the columns whose change is one, and which institution and person that touches; ROW is the old and the new
# row, of which one has no id when there is only the other
_NOTED = {
    "employment": (
        "person_id, institution_id, given_name, family_name, unit, position, work_email, from_on, until_on",
        f"ROW.institution_id, ROW.person_id, {_NUMBER} WHERE ROW.id IS NOT NULL",
    ),
    "application": (
        "person_id, payer_institution_id, course_id, group_id, status, status_at, created_at",
        f"ROW.payer_institution_id, ROW.person_id, {_NUMBER} WHERE ROW.payer_institution_id IS NOT NULL",
    ),
    "attendance": ("application_id, session_id, present_minutes", f"{_OF_APPLICATIONS} a.id = ROW.application_id"),
    "certificate": ("revoked_at", f"{_OF_APPLICATIONS} a.id = ROW.application_id"),
    "training_session": ("group_id, during, withdrawn_at", f"{_OF_APPLICATIONS} a.group_id = ROW.group_id"),
    "person": (
        "given_name, family_name",
        f"e.institution_id, e.person_id, {_NUMBER} FROM employment e WHERE e.person_id = ROW.id",
    ),
    "course": (
        "academic_hours",
        f"a.payer_institution_id, NULL::bigint, {_NUMBER} FROM application a"
        " WHERE a.payer_institution_id IS NOT NULL AND a.course_id = ROW.id",
    ),
    "training_requirement": (
        "institution_id, months, units",
        f"ROW.institution_id, NULL::bigint, {_NUMBER} WHERE ROW.id IS NOT NULL",
    ),
    "training_requirement_course": (
        "requirement_id, course_id",
        f"q.institution_id, NULL::bigint, {_NUMBER} FROM training_requirement q WHERE q.id = ROW.requirement_id",
    ),
}


def upgrade() -> None:
    op.execute("SET lock_timeout = '5s'")
    op.create_table(
        "institution_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("institution_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("transaction_number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution_change")),
    )
    op.create_index(
        "ix_institution_change_seen", "institution_change", ["institution_id", "transaction_number"], unique=False
    )
    for table, (columns, touched) in _NOTED.items():
        of_old, of_new = (touched.replace("ROW.", f"{row}.") for row in ("OLD", "NEW"))
        op.execute(_FUNCTION.format(table=table, from_old=of_old, from_new=of_new))
        op.execute(f"""
            CREATE TRIGGER note_change AFTER INSERT OR DELETE OR UPDATE OF {columns} ON {table}
            FOR EACH ROW EXECUTE FUNCTION note_change_of_{table}()
        """)
    # What is no row of the institution's own (attendance, certificates, names) is told on the channel by this.
    op.execute("""
        CREATE FUNCTION tell_institution_of_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.institution_id IS NOT NULL THEN
                PERFORM pg_notify('institution', NEW.institution_id::text);
            END IF;
            RETURN NULL;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER tell_institution AFTER INSERT ON institution_change
        FOR EACH ROW EXECUTE FUNCTION tell_institution_of_change()
    """)


def downgrade() -> None:
    for table in _NOTED:
        op.execute(f"DROP TRIGGER note_change ON {table}")
        op.execute(f"DROP FUNCTION note_change_of_{table}")
    op.drop_table("institution_change")
    op.execute("DROP FUNCTION tell_institution_of_change")
