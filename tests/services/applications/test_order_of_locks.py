"""In what order a transaction does what others wait for (4.3): what all wait for comes last, and is held shortest."""

from mps_app.core.actor import SYSTEM
from mps_app.core.work import House, Work, begin
from mps_app.services import groups
from tests.marks import rule
from tests.services.applications.conftest import School


def place_of(start: str, asked: list[str]) -> int:
    """Where the only statement that begins so stands."""
    [place] = [number for number, one in enumerate(asked) if one.startswith(start)]
    return place


@rule("4.3")
def test_a_lock_all_wait_for_is_taken_after_everything_else(house: House) -> None:
    done: list[str] = []

    def lock(work: Work) -> None:
        done.append("lock")

    def write(work: Work) -> None:
        done.append("write")

    with begin(SYSTEM) as work:
        work.lastly(lock, locks_all=True)
        work.lastly(write)
        work.lastly(write)
    assert done == ["write", "lock"]


@rule("4.3")
def test_while_others_wait_for_a_group_an_application_reads_of_nobody(school: School, asked: list[str]) -> None:
    group = school.group(minimum=2)
    person = school.employee()
    asked.clear()
    school.apply(person, group)
    [locked] = [number for number, one in enumerate(asked) if "FOR NO KEY UPDATE" in one]
    before, after = asked[:locked], asked[locked + 1 :]
    for table in ("person", "employment", "coordinator", "course"):
        assert any(f"FROM {table} " in one or f"JOIN {table} " in one for one in before)
        assert not any(f"FROM {table} " in one or f"JOIN {table} " in one for one in after)
    assert len(school.mails("application_received", person)) == 1
    assert len(school.mails("application_received_coordinator")) == 1


@rule("4.3")
def test_a_cancelled_groups_mails_are_written_before_the_catalogue_is_locked(school: School, asked: list[str]) -> None:
    group = school.group()
    for number in range(3):
        school.apply(school.employee(f"Anna{number} Paraudziņa"), group)
    asked.clear()
    with begin(school.staff) as work:
        groups.cancel_group(work, group.key, "Pārcelts")
    assert len(school.mails("group_cancelled")) >= 3
    assert place_of("INSERT INTO outbox_message", asked) < place_of("INSERT INTO catalogue_stamp", asked)


@rule("5.2")
def test_confirming_a_group_asks_the_database_no_more_often_the_more_people_are_in_it(
    school: School, asked: list[str]
) -> None:
    def statements(people: int) -> int:
        group = school.group(minimum=people)
        school.fill(group, people - 1)
        last = school.payer(f"Pēdējais {people}")
        asked.clear()
        school.apply(last, group, "person")
        return len(asked)

    assert statements(9) == statements(3)
