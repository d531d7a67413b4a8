"""guards: places counted by the database, acts kept for ever

Revision ID: 5c1f0a7d2b11
Revises: 0479f788e997
"""

from alembic import op

revision = "5c1f0a7d2b11"
down_revision = "0479f788e997"
branch_labels = None
depends_on = None

HOLDING = "('pending_approval', 'registered', 'attended', 'completed', 'offered')"


def upgrade() -> None:
    op.execute("SET lock_timeout = '5s'")
    op.execute("INSERT INTO catalogue_stamp (id, revision) VALUES (1, 0)")
    # 4.3, 4.10: whoever writes an application or a reservation, the group's count follows in the same
    # statement, and the check never_oversold on it refuses one place too many.
    op.execute(f"""
        CREATE FUNCTION count_application_places() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' AND OLD.group_id IS NOT NULL AND OLD.status IN {HOLDING} THEN
                UPDATE course_group SET places_taken = places_taken - 1 WHERE id = OLD.group_id;
            END IF;
            IF TG_OP <> 'DELETE' AND NEW.group_id IS NOT NULL AND NEW.status IN {HOLDING} THEN
                UPDATE course_group SET places_taken = places_taken + 1 WHERE id = NEW.group_id;
            END IF;
            RETURN NULL;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER count_places AFTER INSERT OR DELETE OR UPDATE OF status, group_id ON application
        FOR EACH ROW EXECUTE FUNCTION count_application_places()
    """)
    op.execute("""
        CREATE FUNCTION count_reserved_places() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                UPDATE course_group SET places_taken = places_taken - OLD.places WHERE id = OLD.group_id;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                UPDATE course_group SET places_taken = places_taken + NEW.places WHERE id = NEW.group_id;
            END IF;
            RETURN NULL;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER count_places AFTER INSERT OR DELETE OR UPDATE OF places, group_id ON place_reservation
        FOR EACH ROW EXECUTE FUNCTION count_reserved_places()
    """)
    # 16.1, 2.6: what was done and who looked is written once.
    op.execute("""
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
    """)
    for table in ("audit_event", "access_record"):
        op.execute(f"""
            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_change()
        """)


def downgrade() -> None:
    for table in ("audit_event", "access_record"):
        op.execute(f"DROP TRIGGER append_only ON {table}")
    op.execute("DROP FUNCTION refuse_change")
    op.execute("DROP TRIGGER count_places ON place_reservation")
    op.execute("DROP TRIGGER count_places ON application")
    op.execute("DROP FUNCTION count_reserved_places")
    op.execute("DROP FUNCTION count_application_places")
    op.execute("DELETE FROM catalogue_stamp")
