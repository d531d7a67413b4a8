"""sealed drafts: what was typed when a session ended may be answers to a questionnaire, or tell of health

What waits now lies in clear and can't be sealed here, where no key is at hand: it is forgotten, as after a day anyway.

Revision ID: c4d8e2a7f1b3
Revises: b7c1f0a4d2e9
"""

import sqlalchemy as sa

from alembic import op

revision = "c4d8e2a7f1b3"
down_revision = "b7c1f0a4d2e9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET lock_timeout = '5s'")
    op.execute("DELETE FROM draft")
    op.drop_column("draft", "content")
    op.add_column("draft", sa.Column("sealed", sa.LargeBinary(), nullable=False))


def downgrade() -> None:
    op.execute("DELETE FROM draft")
    op.drop_column("draft", "sealed")
    op.add_column("draft", sa.Column("content", sa.JSON(), nullable=False))
