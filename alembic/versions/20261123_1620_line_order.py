"""line order: every application draws a number once, so a line keeps its order wherever it moves

Revision ID: 8d2b6a41c7e3
Revises: 5c1f0a7d2b11
"""

import sqlalchemy as sa

from alembic import op

revision = "8d2b6a41c7e3"
down_revision = "5c1f0a7d2b11"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET lock_timeout = '5s'")
    op.execute("CREATE SEQUENCE application_line")
    op.alter_column("application", "line_number", type_=sa.BigInteger())
    op.execute("ALTER TABLE application ALTER COLUMN line_number SET DEFAULT nextval('application_line')")
    op.execute("UPDATE application SET line_number = nextval('application_line') WHERE line_number IS NULL")
    # 4.9: the person waits for whichever group comes, so a place is always offered, never simply given.
    op.add_column("application", sa.Column("is_for_next_group", sa.Boolean(), nullable=False, server_default="false"))


def downgrade() -> None:
    op.drop_column("application", "is_for_next_group")
    op.execute("ALTER TABLE application ALTER COLUMN line_number DROP DEFAULT")
    op.alter_column("application", "line_number", type_=sa.Integer())
    op.execute("DROP SEQUENCE application_line")
