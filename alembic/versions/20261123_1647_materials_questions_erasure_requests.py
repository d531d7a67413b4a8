"""materials, questions, erasure requests

Revision ID: 4c03eef72438
Revises: 8d2b6a41c7e3
"""

import sqlalchemy as sa
import sqlmodel

from alembic import op


revision = '4c03eef72438'
down_revision = '8d2b6a41c7e3'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET lock_timeout = '5s'")
    op.create_table('erasure_request',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('wish', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('status', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger(), nullable=True),
    sa.Column('decision', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.CheckConstraint("(status = 'open') = (decided_at IS NULL)", name=op.f('ck_erasure_request_decided_unless_open')),
    sa.CheckConstraint("status IN ('open', 'withdrawn', 'done', 'refused')", name=op.f('ck_erasure_request_status_known')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_erasure_request_decided_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_erasure_request_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure_request'))
    )
    op.create_index(op.f('ix_erasure_request_person_id'), 'erasure_request', ['person_id'], unique=False)
    op.create_index('uq_erasure_request_open', 'erasure_request', ['person_id'], unique=True, postgresql_where=sa.text("status = 'open'"))
    op.create_table('support_question',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=True),
    sa.Column('email', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('body', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("email <> '' AND body <> ''", name=op.f('ck_support_question_can_be_answered')),
    sa.CheckConstraint("language IN ('lv', 'en')", name=op.f('ck_support_question_language_known')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_support_question_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_support_question'))
    )
    op.create_index('ix_support_question_open', 'support_question', ['created_at'], unique=False, postgresql_where=sa.text('answered_at IS NULL'))
    op.create_index(op.f('ix_support_question_person_id'), 'support_question', ['person_id'], unique=False)
    op.create_table('support_reply',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('question_id', sa.BigInteger(), nullable=False),
    sa.Column('author_id', sa.BigInteger(), nullable=True),
    sa.Column('body', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.CheckConstraint("body <> ''", name=op.f('ck_support_reply_says_something')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_support_reply_author_id')),
    sa.ForeignKeyConstraint(['question_id'], ['support_question.id'], name=op.f('fk_support_reply_question_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_support_reply'))
    )
    op.create_index(op.f('ix_support_reply_question_id'), 'support_reply', ['question_id'], unique=False)
    op.create_table('material',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('course_id', sa.BigInteger(), nullable=False),
    sa.Column('group_id', sa.BigInteger(), nullable=True),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('title_en', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('visibility', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('url', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('file_key', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('file_name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('content_type', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('size_bytes', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('added_by_id', sa.BigInteger(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("file_key IS NULL OR (file_name <> '' AND content_type <> '' AND sha256 <> '')", name=op.f('ck_material_file_described')),
    sa.CheckConstraint("visibility IN ('participants', 'public')", name=op.f('ck_material_visibility_known')),
    sa.CheckConstraint('(url IS NULL) <> (file_key IS NULL)', name=op.f('ck_material_file_or_link')),
    sa.CheckConstraint('size_bytes >= 0', name=op.f('ck_material_size_not_negative')),
    sa.ForeignKeyConstraint(['added_by_id'], ['person.id'], name=op.f('fk_material_added_by_id')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_material_course_id')),
    sa.ForeignKeyConstraint(['group_id'], ['course_group.id'], name=op.f('fk_material_group_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_material')),
    sa.UniqueConstraint('file_key', name=op.f('uq_material_file_key'))
    )
    op.create_index(op.f('ix_material_course_id'), 'material', ['course_id'], unique=False)
    op.create_index(op.f('ix_material_group_id'), 'material', ['group_id'], unique=False)
    op.create_index('ix_material_shown', 'material', ['course_id', 'group_id', 'place'], unique=False, postgresql_where=sa.text('withdrawn_at IS NULL'))


def downgrade() -> None:
    op.drop_index('ix_material_shown', table_name='material', postgresql_where=sa.text('withdrawn_at IS NULL'))
    op.drop_index(op.f('ix_material_group_id'), table_name='material')
    op.drop_index(op.f('ix_material_course_id'), table_name='material')
    op.drop_table('material')
    op.drop_index(op.f('ix_support_reply_question_id'), table_name='support_reply')
    op.drop_table('support_reply')
    op.drop_index(op.f('ix_support_question_person_id'), table_name='support_question')
    op.drop_index('ix_support_question_open', table_name='support_question', postgresql_where=sa.text('answered_at IS NULL'))
    op.drop_table('support_question')
    op.drop_index('uq_erasure_request_open', table_name='erasure_request', postgresql_where=sa.text("status = 'open'"))
    op.drop_index(op.f('ix_erasure_request_person_id'), table_name='erasure_request')
    op.drop_table('erasure_request')
