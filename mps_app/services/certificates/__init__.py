"""Certificates (7.2, 7.5, 7.6): issued once earned, numbered without gaps, printed, sealed, checked by anybody."""

from mps_app.services.certificates.badges import badge, badge_keys, issuer
from mps_app.services.certificates.checking import check, compare, expect_file, find
from mps_app.services.certificates.issuing import ISSUE, PRINT, issue_due, issue_soon, reissue, revoke
from mps_app.services.certificates.lists import (
    awaiting_questionnaire,
    checklist,
    latest,
    my_certificates,
    of_application,
)
from mps_app.services.certificates.packing import pack_mine, sheets_of
from mps_app.services.certificates.printing import print_one, unprinted
from mps_app.services.certificates.reading import sheet

__all__ = [
    "ISSUE",
    "PRINT",
    "awaiting_questionnaire",
    "badge",
    "badge_keys",
    "check",
    "checklist",
    "compare",
    "expect_file",
    "find",
    "issue_due",
    "issue_soon",
    "issuer",
    "latest",
    "my_certificates",
    "of_application",
    "pack_mine",
    "print_one",
    "reissue",
    "revoke",
    "sheet",
    "sheets_of",
    "unprinted",
]
