"""evaluations and certificates: answers that stand apart from persons, certificates that never change

Revision ID: 85ad0aa1e6bb
Revises: 4c03eef72438
"""

import sqlalchemy as sa
import sqlmodel

from alembic import op


revision = '85ad0aa1e6bb'
down_revision = '4c03eef72438'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET lock_timeout = '5s'")
    op.create_table('ballot_box',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ballot_box'))
    )
    op.create_table('certificate_series',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('series', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('last_number', sa.Integer(), nullable=False),
    sa.CheckConstraint('last_number >= 0', name=op.f('ck_certificate_series_number_not_negative')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_series')),
    sa.UniqueConstraint('series', 'year', name=op.f('uq_certificate_series_series_year'))
    )
    op.create_table('questionnaire',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('parts', sa.JSON(), nullable=False),
    sa.Column('is_in_force', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire')),
    sa.UniqueConstraint('version', name=op.f('uq_questionnaire_version'))
    )
    op.create_index('uq_questionnaire_in_force', 'questionnaire', ['is_in_force'], unique=True, postgresql_where=sa.text('is_in_force'))
    op.create_table('question',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('questionnaire_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('part', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('wording', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('wording_en', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('is_required', sa.Boolean(), nullable=False),
    sa.Column('per_lecturer', sa.Boolean(), nullable=False),
    sa.CheckConstraint("kind IN ('scale', 'recommend', 'choice', 'words')", name=op.f('ck_question_kind_known')),
    sa.CheckConstraint('part >= 0', name=op.f('ck_question_part_not_negative')),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_question_questionnaire_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question')),
    sa.UniqueConstraint('questionnaire_id', 'code', name=op.f('uq_question_questionnaire_id_code')),
    sa.UniqueConstraint('questionnaire_id', 'number', name=op.f('uq_question_questionnaire_id_number'))
    )
    op.create_table('evaluation_response',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.BigInteger(), nullable=False),
    sa.Column('questionnaire_id', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['course_group.id'], name=op.f('fk_evaluation_response_group_id')),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_evaluation_response_questionnaire_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_response'))
    )
    op.create_index(op.f('ix_evaluation_response_group_id'), 'evaluation_response', ['group_id'], unique=False)
    op.create_table('attendance',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('application_id', sa.BigInteger(), nullable=False),
    sa.Column('session_id', sa.BigInteger(), nullable=False),
    sa.Column('present_minutes', sa.Integer(), nullable=False),
    sa.Column('recorded_by_id', sa.BigInteger(), nullable=True),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.CheckConstraint("source IN ('staff', 'lecturer', 'check_in')", name=op.f('ck_attendance_source_known')),
    sa.CheckConstraint('present_minutes >= 0', name=op.f('ck_attendance_minutes_not_negative')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_attendance_application_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_attendance_recorded_by_id')),
    sa.ForeignKeyConstraint(['session_id'], ['training_session.id'], name=op.f('fk_attendance_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance')),
    sa.UniqueConstraint('application_id', 'session_id', name=op.f('uq_attendance_application_id_session_id'))
    )
    op.create_index(op.f('ix_attendance_session_id'), 'attendance', ['session_id'], unique=False)
    op.create_table('certificate',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('application_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('series', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('replaces_id', sa.BigInteger(), nullable=True),
    sa.Column('pdf_key', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('pdf_digest', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('seal', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.CheckConstraint("(revoked_at IS NULL) = (revoked_reason = '')", name=op.f('ck_certificate_revoked_with_reason')),
    sa.CheckConstraint("kind IN ('completion', 'attendance')", name=op.f('ck_certificate_kind_known')),
    sa.CheckConstraint("seal IN ('none', 'demo', 'school')", name=op.f('ck_certificate_seal_known')),
    sa.CheckConstraint('(pdf_digest IS NULL) = (pdf_key IS NULL)', name=op.f('ck_certificate_pdf_with_digest')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_certificate_application_id')),
    sa.ForeignKeyConstraint(['replaces_id'], ['certificate.id'], name=op.f('fk_certificate_replaces_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('code', name=op.f('uq_certificate_code')),
    sa.UniqueConstraint('number', name=op.f('uq_certificate_number')),
    sa.UniqueConstraint('pdf_digest', name=op.f('uq_certificate_pdf_digest')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_certificate_replaces_id')),
    sa.UniqueConstraint('series', 'year', 'serial', name=op.f('uq_certificate_series_year_serial'))
    )
    op.create_index('ix_certificate_application', 'certificate', ['application_id'], unique=False)
    op.create_index('ix_certificate_unprinted', 'certificate', ['id'], unique=False, postgresql_where=sa.text('pdf_digest IS NULL'))
    op.create_index('uq_certificate_valid', 'certificate', ['application_id'], unique=True, postgresql_where=sa.text('revoked_at IS NULL'))
    op.create_table('evaluation_answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('response_id', sa.Uuid(), nullable=False),
    sa.Column('question_id', sa.BigInteger(), nullable=False),
    sa.Column('lecturer_id', sa.BigInteger(), nullable=True),
    sa.Column('value', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['lecturer_id'], ['lecturer.id'], name=op.f('fk_evaluation_answer_lecturer_id')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_evaluation_answer_question_id')),
    sa.ForeignKeyConstraint(['response_id'], ['evaluation_response.id'], name=op.f('fk_evaluation_answer_response_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_answer')),
    sa.UniqueConstraint('response_id', 'question_id', 'lecturer_id', name=op.f('uq_evaluation_answer_response_id_question_id_lecturer_id'), postgresql_nulls_not_distinct=True)
    )
    op.create_table('evaluation_invitation',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('application_id', sa.BigInteger(), nullable=False),
    sa.Column('questionnaire_id', sa.BigInteger(), nullable=False),
    sa.Column('invited_on', sa.Date(), nullable=False),
    sa.Column('reminders_sent', sa.Integer(), nullable=False),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('reminders_stopped', sa.Boolean(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.CheckConstraint('reminders_sent >= 0', name=op.f('ck_evaluation_invitation_reminders_not_negative')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_evaluation_invitation_application_id')),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_evaluation_invitation_questionnaire_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_invitation')),
    sa.UniqueConstraint('application_id', name=op.f('uq_evaluation_invitation_application_id'))
    )
    op.create_index('ix_evaluation_invitation_open', 'evaluation_invitation', ['invited_on'], unique=False, postgresql_where=sa.text('answered_on IS NULL'))
    op.create_index(op.f('ix_evaluation_invitation_questionnaire_id'), 'evaluation_invitation', ['questionnaire_id'], unique=False)
    op.create_table('evaluation_draft',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=False), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('invitation_id', sa.BigInteger(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['invitation_id'], ['evaluation_invitation.id'], name=op.f('fk_evaluation_draft_invitation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_draft')),
    sa.UniqueConstraint('invitation_id', name=op.f('uq_evaluation_draft_invitation_id'))
    )
    _guard()


def _guard() -> None:
    # Invariant 6: a certificate is what it was when it was issued. Once it is printed, that is noted; once
    # it is revoked, that too; nothing else ever changes, and none disappears.
    op.execute("""
        CREATE FUNCTION keep_certificate() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a certificate is never deleted'; END IF;
            IF OLD.pdf_digest IS NULL THEN
                OLD.pdf_digest := NEW.pdf_digest; OLD.pdf_key := NEW.pdf_key; OLD.seal := NEW.seal;
            END IF;
            IF OLD.revoked_at IS NULL THEN
                OLD.revoked_at := NEW.revoked_at; OLD.revoked_reason := NEW.revoked_reason;
            END IF;
            IF to_jsonb(OLD) IS DISTINCT FROM to_jsonb(NEW) THEN
                RAISE EXCEPTION 'an issued certificate never changes';
            END IF;
            RETURN NEW;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON certificate
        FOR EACH ROW EXECUTE FUNCTION keep_certificate()
    """)
    # Facts 9: numbers of a year without gap or double; the next is always the last plus one.
    op.execute("""
        CREATE FUNCTION step_by_one() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' OR NEW.last_number <> OLD.last_number + 1 OR NEW.year <> OLD.year
               OR NEW.series <> OLD.series THEN
                RAISE EXCEPTION 'a series goes on by one';
            END IF;
            RETURN NEW;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER step_by_one BEFORE UPDATE OR DELETE ON certificate_series
        FOR EACH ROW EXECUTE FUNCTION step_by_one()
    """)
    # 7.1: what somebody was asked stays readable as it was asked; only whether it is in force changes.
    op.execute("""
        CREATE FUNCTION keep_used_questionnaire() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE used bigint := CASE WHEN TG_TABLE_NAME = 'question'
                                    THEN (to_jsonb(OLD) ->> 'questionnaire_id')::bigint ELSE OLD.id END;
        BEGIN
            IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'is_in_force' = to_jsonb(NEW) - 'is_in_force' THEN
                RETURN NEW;
            END IF;
            IF EXISTS (SELECT FROM evaluation_invitation i WHERE i.questionnaire_id = used) THEN
                RAISE EXCEPTION 'a questionnaire that was used never changes';
            END IF;
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        END $$
    """)
    for table in ("questionnaire", "question"):
        op.execute(f"""
            CREATE TRIGGER keep_used BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION keep_used_questionnaire()
        """)


def downgrade() -> None:
    op.drop_table('evaluation_draft')
    op.drop_index(op.f('ix_evaluation_invitation_questionnaire_id'), table_name='evaluation_invitation')
    op.drop_index('ix_evaluation_invitation_open', table_name='evaluation_invitation', postgresql_where=sa.text('answered_on IS NULL'))
    op.drop_table('evaluation_invitation')
    op.drop_table('evaluation_answer')
    op.drop_index('uq_certificate_valid', table_name='certificate', postgresql_where=sa.text('revoked_at IS NULL'))
    op.drop_index('ix_certificate_unprinted', table_name='certificate', postgresql_where=sa.text('pdf_digest IS NULL'))
    op.drop_index('ix_certificate_application', table_name='certificate')
    op.drop_table('certificate')
    op.drop_index(op.f('ix_attendance_session_id'), table_name='attendance')
    op.drop_table('attendance')
    op.drop_index(op.f('ix_evaluation_response_group_id'), table_name='evaluation_response')
    op.drop_table('evaluation_response')
    op.drop_table('question')
    op.drop_index('uq_questionnaire_in_force', table_name='questionnaire', postgresql_where=sa.text('is_in_force'))
    op.drop_table('questionnaire')
    op.drop_table('certificate_series')
    op.drop_table('ballot_box')
    for function in ("keep_certificate", "step_by_one", "keep_used_questionnaire"):
        op.execute(f"DROP FUNCTION {function}")
