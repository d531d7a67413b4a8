"""tests of courses, what was drawn and answered, and how it was marked

Revision ID: e8a4c1d70b52
Revises: a7c31e5d9b48
"""

import sqlalchemy as sa
import sqlmodel

from alembic import op


revision = 'e8a4c1d70b52'
down_revision = 'a7c31e5d9b48'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET lock_timeout = '5s'")
    op.create_table('exam',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('course_id', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('is_in_force', sa.Boolean(), nullable=False),
    sa.Column('timing', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('title_en', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('introduction', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('introduction_en', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('time_limit_minutes', sa.Integer(), nullable=True),
    sa.Column('attempts_allowed', sa.Integer(), nullable=False),
    sa.Column('pass_percent', sa.Integer(), nullable=False),
    sa.Column('is_shuffled', sa.Boolean(), nullable=False),
    sa.CheckConstraint("timing IN ('before', 'after')", name=op.f('ck_exam_timing_known')),
    sa.CheckConstraint('attempts_allowed > 0', name=op.f('ck_exam_attempts_positive')),
    sa.CheckConstraint('pass_percent BETWEEN 1 AND 100', name=op.f('ck_exam_pass_is_percent')),
    sa.CheckConstraint('time_limit_minutes > 0', name=op.f('ck_exam_limit_positive')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_exam_course_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exam')),
    sa.UniqueConstraint('course_id', 'version', name=op.f('uq_exam_course_id_version'))
    )
    op.create_index('uq_exam_in_force', 'exam', ['course_id'], unique=True, postgresql_where=sa.text('is_in_force'))
    op.create_table('exam_question',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('exam_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('topic', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('topic_en', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('wording', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('wording_en', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('accepted', sa.JSON(), nullable=False),
    sa.Column('tolerance', sa.Numeric(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('single', 'multiple', 'number', 'words')", name=op.f('ck_exam_question_kind_known')),
    sa.CheckConstraint('json_array_length(accepted) > 0', name=op.f('ck_exam_question_something_is_right')),
    sa.CheckConstraint('points > 0', name=op.f('ck_exam_question_points_positive')),
    sa.CheckConstraint('tolerance >= 0', name=op.f('ck_exam_question_tolerance_not_negative')),
    sa.ForeignKeyConstraint(['exam_id'], ['exam.id'], name=op.f('fk_exam_question_exam_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exam_question')),
    sa.UniqueConstraint('exam_id', 'number', name=op.f('uq_exam_question_exam_id_number'))
    )
    op.create_table('exam_invitation',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('application_id', sa.BigInteger(), nullable=False),
    sa.Column('exam_id', sa.BigInteger(), nullable=False),
    sa.Column('invited_on', sa.Date(), nullable=False),
    sa.Column('reminders_sent', sa.Integer(), nullable=False),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('reminders_stopped', sa.Boolean(), nullable=False),
    sa.Column('extra_attempts', sa.Integer(), nullable=False),
    sa.CheckConstraint('extra_attempts >= 0', name=op.f('ck_exam_invitation_extra_not_negative')),
    sa.CheckConstraint('reminders_sent >= 0', name=op.f('ck_exam_invitation_reminders_not_negative')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_exam_invitation_application_id')),
    sa.ForeignKeyConstraint(['exam_id'], ['exam.id'], name=op.f('fk_exam_invitation_exam_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exam_invitation')),
    sa.UniqueConstraint('application_id', name=op.f('uq_exam_invitation_application_id'))
    )
    op.create_index(op.f('ix_exam_invitation_exam_id'), 'exam_invitation', ['exam_id'], unique=False)
    op.create_table('exam_attempt',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('invitation_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_by_clock', sa.Boolean(), nullable=False),
    sa.Column('drawn', sa.JSON(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('is_passed', sa.Boolean(), nullable=True),
    sa.CheckConstraint('(submitted_at IS NULL) = (score IS NULL) AND (submitted_at IS NULL) = (is_passed IS NULL)', name=op.f('ck_exam_attempt_marked_when_submitted')),
    sa.CheckConstraint('ends_at > started_at', name=op.f('ck_exam_attempt_ends_after_start')),
    sa.CheckConstraint('number > 0', name=op.f('ck_exam_attempt_number_positive')),
    sa.CheckConstraint('score BETWEEN 0 AND points', name=op.f('ck_exam_attempt_score_within_points')),
    sa.ForeignKeyConstraint(['invitation_id'], ['exam_invitation.id'], name=op.f('fk_exam_attempt_invitation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exam_attempt')),
    sa.UniqueConstraint('invitation_id', 'number', name=op.f('uq_exam_attempt_invitation_id_number'))
    )
    op.create_index('ix_exam_attempt_ending', 'exam_attempt', ['ends_at'], unique=False, postgresql_where=sa.text('submitted_at IS NULL'))
    op.create_index('uq_exam_attempt_open', 'exam_attempt', ['invitation_id'], unique=True, postgresql_where=sa.text('submitted_at IS NULL'))
    op.create_table('exam_answer',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('attempt_id', sa.BigInteger(), nullable=False),
    sa.Column('question_id', sa.BigInteger(), nullable=False),
    sa.Column('value', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('is_marked', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['exam_attempt.id'], name=op.f('fk_exam_answer_attempt_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['question_id'], ['exam_question.id'], name=op.f('fk_exam_answer_question_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exam_answer')),
    sa.UniqueConstraint('attempt_id', 'question_id', name=op.f('uq_exam_answer_attempt_id_question_id'))
    )

    # What somebody was asked stays as it was asked; only whether it is in force changes.
    op.execute("""
        CREATE FUNCTION keep_used_exam() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE used bigint := CASE WHEN TG_TABLE_NAME = 'exam_question'
                                    THEN (to_jsonb(OLD) ->> 'exam_id')::bigint ELSE OLD.id END;
        BEGIN
            IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'is_in_force' = to_jsonb(NEW) - 'is_in_force' THEN
                RETURN NEW;
            END IF;
            IF EXISTS (SELECT FROM exam_invitation i WHERE i.exam_id = used) THEN
                RAISE EXCEPTION 'a test that was used never changes';
            END IF;
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        END $$
    """)
    for table in ("exam", "exam_question"):
        op.execute(f"""
            CREATE TRIGGER keep_used BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION keep_used_exam()
        """)
    # Numbers are unique, so none above what is allowed means no more tries than are allowed.
    op.execute("""
        CREATE FUNCTION limit_attempts() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE allowed int;
        BEGIN
            SELECT e.attempts_allowed + i.extra_attempts INTO allowed
            FROM exam_invitation i JOIN exam e ON e.id = i.exam_id
            WHERE i.id = NEW.invitation_id FOR UPDATE OF i;
            IF NEW.number > allowed THEN
                RAISE EXCEPTION 'no more tries than are allowed';
            END IF;
            RETURN NEW;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER limit_attempts BEFORE INSERT ON exam_attempt
        FOR EACH ROW EXECUTE FUNCTION limit_attempts()
    """)
    op.execute("""
        CREATE FUNCTION keep_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE marked text[] := ARRAY['submitted_at', 'is_by_clock', 'score', 'is_passed'];
        BEGIN
            IF OLD.submitted_at IS NOT NULL OR to_jsonb(OLD) - marked <> to_jsonb(NEW) - marked THEN
                RAISE EXCEPTION 'a try that was handed in, and what was drawn for one, never change';
            END IF;
            RETURN NEW;
        END $$
    """)
    op.execute("CREATE TRIGGER keep BEFORE UPDATE ON exam_attempt FOR EACH ROW EXECUTE FUNCTION keep_attempt()")
    op.execute("""
        CREATE FUNCTION answer_while_open() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT FROM exam_attempt t WHERE t.id = NEW.attempt_id AND t.submitted_at IS NOT NULL) THEN
                RAISE EXCEPTION 'answers of a try that was handed in never change';
            END IF;
            RETURN NEW;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER while_open BEFORE INSERT OR UPDATE ON exam_answer
        FOR EACH ROW EXECUTE FUNCTION answer_while_open()
    """)


def downgrade() -> None:
    op.drop_table('exam_answer')
    op.drop_table('exam_attempt')
    op.drop_table('exam_invitation')
    op.drop_table('exam_question')
    op.drop_table('exam')
    for function in ("keep_used_exam", "limit_attempts", "keep_attempt", "answer_while_open"):
        op.execute(f"DROP FUNCTION {function}")
