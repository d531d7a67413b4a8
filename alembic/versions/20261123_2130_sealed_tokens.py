"""sealed tokens: what a provider says of a person is kept sealed or hashed (1.3)

What was kept in clear can't be sealed here, where no key is at hand: it is forgotten. Tokens are hints of signing out
at the provider, which then asks; identities come back with the next sign-in, for people are met by their code.

Revision ID: b7c1f0a4d2e9
Revises: e1b8d4f02c96
"""

import sqlalchemy as sa

from alembic import op

revision = "b7c1f0a4d2e9"
down_revision = "e1b8d4f02c96"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET lock_timeout = '5s'")
    op.drop_column("sign_in", "id_token")
    op.add_column("sign_in", sa.Column("id_token_sealed", sa.LargeBinary(), nullable=True))
    _identify_by("subject_hash", instead_of="subject")


def downgrade() -> None:
    _identify_by("subject", instead_of="subject_hash")
    op.drop_column("sign_in", "id_token_sealed")
    op.add_column("sign_in", sa.Column("id_token", sa.String(), nullable=False, server_default=""))


def _identify_by(column: str, *, instead_of: str) -> None:
    op.execute("DELETE FROM external_identity")
    op.drop_constraint(op.f(f"uq_external_identity_issuer_{instead_of}"), "external_identity", type_="unique")
    op.drop_column("external_identity", instead_of)
    op.add_column("external_identity", sa.Column(column, sa.String(), nullable=False))
    op.create_unique_constraint(op.f(f"uq_external_identity_issuer_{column}"), "external_identity", ["issuer", column])
