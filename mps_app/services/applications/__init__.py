"""Applying, cancelling, the waiting list and its offers (rule 4)."""

from mps_app.services.applications.account_details import account_details, account_details_again, withdraw
from mps_app.services.applications.account_list import account_list
from mps_app.services.applications.adjustments import forget_adjustments
from mps_app.services.applications.apply import agreement_problems, apply
from mps_app.services.applications.approvals import approve, end_undecided, reject
from mps_app.services.applications.changes import cancel, cancel_all, give_place, may_cancel, prioritise
from mps_app.services.applications.checklist import when_text
from mps_app.services.applications.decision_mails import remind_of_approvals
from mps_app.services.applications.dialog import apply_dialog
from mps_app.services.applications.doors import Enterable, enterable
from mps_app.services.applications.enrolling import enrol
from mps_app.services.applications.entering import Entry, Rest
from mps_app.services.applications.group_events import (
    end_with_group,
    move_line_on,
    offer_to_waiting,
    remind,
    settle_group,
    tell_changed,
    tell_confirmed,
)
from mps_app.services.applications.leaving import withdraw_leavers
from mps_app.services.applications.line import settle
from mps_app.services.applications.offers import accept_offer, decline_offer, expire_offers
from mps_app.services.applications.queries import my_applications
from mps_app.services.applications.refusals import RegistrationClosed
from mps_app.services.applications.replacing import colleagues, replace
from mps_app.services.applications.rules import Account, Allotment, Check, Places, allot
from mps_app.services.applications.shares import account
from mps_app.services.applications.training import (
    note_absent,
    note_absent_in_group,
    note_attended,
    note_completed,
)

__all__ = [
    "Account",
    "Allotment",
    "Check",
    "Enterable",
    "Entry",
    "Places",
    "RegistrationClosed",
    "Rest",
    "accept_offer",
    "account",
    "account_details",
    "account_details_again",
    "account_list",
    "agreement_problems",
    "allot",
    "apply",
    "apply_dialog",
    "approve",
    "cancel",
    "cancel_all",
    "colleagues",
    "decline_offer",
    "end_undecided",
    "end_with_group",
    "enrol",
    "enterable",
    "expire_offers",
    "forget_adjustments",
    "give_place",
    "may_cancel",
    "move_line_on",
    "my_applications",
    "note_absent",
    "note_absent_in_group",
    "note_attended",
    "note_completed",
    "offer_to_waiting",
    "prioritise",
    "reject",
    "remind",
    "remind_of_approvals",
    "replace",
    "settle",
    "settle_group",
    "tell_changed",
    "tell_confirmed",
    "when_text",
    "withdraw",
    "withdraw_leavers",
]
