"""what a look at a person's record was for, as words with facts

Revision ID: d5f2b9c81e07
Revises: c4d8e2a7f1b3
"""

import sqlalchemy as sa

from alembic import op

revision = "d5f2b9c81e07"
down_revision = "c4d8e2a7f1b3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("access_record", sa.Column("facts", sa.JSON(), nullable=False, server_default="{}"))
    op.alter_column("access_record", "facts", server_default=None)


def downgrade() -> None:
    op.drop_column("access_record", "facts")
