"""names of employees as their institution gave them: who types a foreign code learns no name by it

Revision ID: 6c40e9b7d215
Revises: c47a90e1d3b5
"""

import sqlalchemy as sa

from alembic import op


revision = "6c40e9b7d215"
down_revision = "c47a90e1d3b5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET lock_timeout = '5s'")
    for column in ("given_name", "family_name", "name_folded"):
        op.add_column("employment", sa.Column(column, sa.String(), nullable=True))


def downgrade() -> None:
    for column in ("name_folded", "family_name", "given_name"):
        op.drop_column("employment", column)
