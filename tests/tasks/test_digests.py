"""The digest's job: once a working day, from 08:00 in Riga (11)."""

from datetime import UTC, date, datetime

from sqlmodel import col, select

from mps_app.core.actor import SYSTEM
from mps_app.core.work import House, begin
from mps_app.models import OutboxMessage
from tasks import digests
from tests import factories
from tests.conftest import Clock
from tests.marks import rule


def _digests() -> int:
    with begin(SYSTEM) as work:
        return len(work.db.exec(select(OutboxMessage).where(col(OutboxMessage.template) == "coordinator_digest")).all())


@rule("11.5")
def test_digests_are_sent_once_and_not_before_eight(house: House, clock: Clock) -> None:
    with begin(SYSTEM) as work:
        institution = factories.make_institution(work)
        factories.make_coordinator(work, factories.make_person(work), institution, wants_digest=True)
        course = factories.make_course(work)
        group = factories.make_group(work, course)
        person = factories.make_person(work, name="Zane Otrā")
        factories.make_employment(work, person, institution, from_on=date(2026, 1, 1))
        factories.make_application(
            work, person, course, group=group, payer_kind="institution", payer_institution_id=institution.key,
            status="pending_approval",
        )  # fmt: skip
    sent = []
    for hour, minute in ((4, 59), (5, 0), (5, 5), (9, 0)):
        clock.now = datetime(2026, 9, 8, hour, minute, tzinfo=UTC)
        digests.send_daily()
        sent.append(_digests())
    assert sent == [0, 1, 1, 1]
