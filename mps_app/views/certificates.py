"""Certificates as their holders keep them and as anybody checks them."""

from pydantic import Field

from mps_app.views.base import Form, View


class CertificateRow(View):
    """One certificate in its holder's list."""

    id: int
    number: str
    course_title: str
    summary_text: str  # 1. okt. 2026, 8 akad. st.
    is_valid: bool
    status_text: str = ""  # why it is not, or that the sheet is being printed
    is_ready: bool  # the PDF can be downloaded
    pdf_path: str
    check_path: str
    badge_path: str = ""  # empty when badges are not offered


class MyCertificates(View):
    """All that a person ever received (2.4), and what is still to come."""

    rows: list[CertificateRow] = []
    count: int = 0
    due_text: str = ""  # 1 sertifikāts gaida anketu.
    due_course: str = ""
    due_path: str = ""


class CheckedFact(View):
    """One field printed on the certificate."""

    label: str
    text: str


class CertificateCheck(View):
    """The answer to whoever checks a certificate (7.5)."""

    status: str = ""  # valid, revoked, replaced, unknown
    heading: str = ""
    sentence: str = ""
    facts: list[CheckedFact] = []
    code: str = ""
    checked_text: str = ""


class FileCheck(View):
    """Whether a file is the very sheet that was issued."""

    is_same: bool
    heading: str
    sentence: str
    code: str = ""


class CheckForm(Form):
    """What is printed under the QR code, typed by hand."""

    number: str = Field(min_length=1, max_length=40)
    family_name: str = Field(min_length=1, max_length=100)
