"""material search: the folded twin of what people look for

Revision ID: 6f2a91d0c8b4
Revises: 85ad0aa1e6bb
"""

import sqlalchemy as sa

from alembic import op

revision = "6f2a91d0c8b4"
down_revision = "85ad0aa1e6bb"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET lock_timeout = '5s'")
    op.add_column("material", sa.Column("words_folded", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("material", "words_folded")
