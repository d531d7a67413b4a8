"""the end of a session is told to the tabs that have it

Revision ID: a7c31e5d9b48
Revises: d5f2b9c81e07
"""

from alembic import op

revision = "a7c31e5d9b48"
down_revision = "d5f2b9c81e07"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET lock_timeout = '5s'")
    op.execute("""
        CREATE FUNCTION tell_end_of_sign_in() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_notify('sign_in_end', OLD.token_hash);
            RETURN NULL;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER tell_end AFTER UPDATE OF ended_at ON sign_in
        FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)
        EXECUTE FUNCTION tell_end_of_sign_in()
    """)


def downgrade() -> None:
    op.execute("DROP TRIGGER tell_end ON sign_in")
    op.execute("DROP FUNCTION tell_end_of_sign_in")
