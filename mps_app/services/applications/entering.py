"""Into a group: the one path inside its lock, for one person and for many (4.3, 11.3).

The last place goes to exactly one, the rest into the line; who is in already stays as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mps_app.core.work import Work
from mps_app.models import Application, ApplicationStatus
from mps_app.services import catalogue, groups
from mps_app.services.applications import line, mails, shares, situation, wishes
from mps_app.services.applications.doors import ENTERED, door_facts
from mps_app.services.applications.pending import hold_for_approval
from mps_app.services.applications.refusals import RegistrationClosed
from mps_app.services.applications.rules import Account, Allotment, Check, Places, allot, granted
from mps_app.services.applications.wishes import Wish


class Rest(StrEnum):
    """What becomes of those for whom there is no place."""

    LINE = "line"
    LEFT_OUT = "left_out"
    NOBODY = "nobody"  # then nobody enters


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of one wish: an application, new or there before, or why there is none."""

    wish: Wish
    application_id: int = 0
    status: str = ""
    written: Application | None = None  # the new one
    position: int | None = None  # of a new one in the line, from 1
    bar: Check | None = None  # nothing stands in the way of those left out but places
    is_named: bool = False  # took one of the institution's nameless places

    @property
    def is_new(self) -> bool:
        """Whether the person was not there before."""
        return self.written is not None


def enter(work: Work, inside: situation.Inside, wished: Sequence[Wish], rest: Rest = Rest.LINE) -> list[Entry]:
    """Let people enter a locked group, in their order; all of them have the same payer."""
    known = {wish.person_id: found for wish in wished if (found := _known(wish, inside))}
    ready = [wish for wish in wished if wish.person_id not in known]
    is_anybody_barred = any(entry.bar for entry in known.values())
    if ready and rest is Rest.NOBODY and is_anybody_barred:
        known |= {wish.person_id: Entry(wish) for wish in ready}
    elif ready:
        known |= {entry.wish.person_id: entry for entry in _entered(work, inside, ready, rest)}
    return [known[wish.person_id] for wish in wished]


def _known(wish: Wish, inside: situation.Inside) -> Entry | None:
    """Return what is decided already: the same application, or what bars the person whatever the places are."""
    own = inside.own[wish.person_id]
    same = next((one for one in own if one.group_id == inside.group.key), None)
    if same is not None:
        return Entry(wish, same.id, same.status)
    bar = next((check for check, is_met in wishes.checks(wish, own, inside.group).items() if not is_met), None)
    return Entry(wish, bar=bar) if bar else None


def _entered(work: Work, inside: situation.Inside, ready: list[Wish], rest: Rest) -> list[Entry]:
    group = inside.group
    waiting = _settled(work, inside)
    if catalogue.door_of(door_facts(group, inside.sessions, waiting), work.now) not in ENTERED:
        raise RegistrationClosed
    places = Places(group.maximum, group.places_taken, waiting)
    names = ready[0].by_coordinator
    is_limited = names or group.institution_share is not None
    account = shares.account(work, group, ready[0].institution_id) if is_limited else Account()
    lots = allot(len(ready), places, account, names=names)
    if rest is Rest.NOBODY and lots.entering < len(ready):
        return [Entry(wish) for wish in ready]
    lined = lots.lined if rest is Rest.LINE else 0
    placed = [(wish, granted(needs_approval=wish.needs_approval)) for wish in ready[: lots.entering]]
    in_line = [(wish, ApplicationStatus.WAITLISTED) for wish in ready[lots.entering : lots.entering + lined]]
    shares.name_reserved(work, group, ready[0].institution_id, lots.named)
    written = wishes.write(work, [*placed, *in_line], group)
    positions = [None] * lots.entering + [waiting + number for number in range(1, 1 + lined)]
    _follow_up(work, inside, list(zip(written, positions, strict=True)), lots, hearers_of(ready))
    if in_line and places.free:
        line.settle(work, group)  # those before may all be barred: then the places are these people's
        positions = [None] * len(written)
    new = [
        Entry(wish, application.key, application.status, application, position, is_named=number < lots.named)
        for number, (wish, application, position) in enumerate(zip(ready, written, positions, strict=False))
    ]
    return [*new, *_left_out(ready, len(new), lots.over_share)]


def _left_out(ready: list[Wish], entered: int, over_share: int) -> list[Entry]:
    """Return those who have nothing: for want of a place, and last those beyond the institution's share."""
    first_over = len(ready) - over_share
    return [
        Entry(wish, bar=Check.WITHIN_SHARE if number >= first_over else None)
        for number, wish in enumerate(ready)
        if number >= entered
    ]


def _settled(work: Work, inside: situation.Inside) -> int:
    """Return the length of the line once everything due there has moved: now the count is the truth."""
    if not inside.is_due:
        return inside.waiting
    line.settle(work, inside.group)
    return line.length(work, inside.group.key)


def hearers_of(wished: Sequence[Wish]) -> mails.Hearers:
    """Return who hears of wishes on the same account: read with them, so that nobody waits for it inside the lock."""
    names = {wish.person_id: wish.employer.known_as for wish in wished if wish.employer}
    return mails.Hearers(wished[0].coordinators, names)


def _follow_up(
    work: Work,
    inside: situation.Inside,
    arrived: list[tuple[Application, int | None]],
    lots: Allotment,
    hearers: mails.Hearers,
) -> None:
    """Tell everybody, end other wishes of those who have a place now, and confirm the group if it is due."""
    if not arrived:
        return
    group = inside.group
    for application, _ in arrived:
        hold_for_approval(work, application, group)
    mails.received_all(work, arrived, group, inside.sessions, hearers)
    for application, _ in arrived[: lots.entering]:
        if inside.own[application.person_id]:
            line.end_other_wishes(work, application)
    if lots.entering and group.places_taken + lots.placed >= group.minimum:  # spares the count while it can't be
        groups.confirm_at_minimum(work, group)
