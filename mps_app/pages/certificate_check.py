"""Checking a certificate: by the code of its QR, by what is printed on it, or by its very file (7.5)."""

import reflex as rx

from mps_app.components.basic import button, icon, route_link, second_button, text_field
from mps_app.components.notice import notice
from mps_app.components.words import Words, t
from mps_app.pages.layout import brand
from mps_app.state.certificate_check import CertificateCheckState
from mps_app.state.notice import NoticeState
from mps_app.views.certificates import CheckedFact

_answer = CertificateCheckState.answer


def certificate_check() -> rx.Component:
    """Return the page of one code, and of none."""
    return rx.fragment(
        rx.el.div(
            rx.el.header(brand(), rx.box(_language(), margin_left="auto")),
            rx.el.main(
                rx.el.span(t("Checking a certificate"), class_name="muted"),
                rx.cond(CertificateCheckState.is_loaded, _loaded(), rx.skeleton(height="320px", width="100%")),
                id="saturs",
                class_name="ver",
            ),
            rx.el.footer(rx.el.span(t("School of public administration"))),
            class_name="pub",
        ),
        notice(NoticeState.notice, on_close=NoticeState.close),
    )


def _language() -> rx.Component:
    return rx.cond(
        Words.english,
        rx.el.a("Latviski", href="/valoda/lv", reload_document=True, lang="lv", class_name="plain"),
        rx.el.a("English", href="/valoda/en", reload_document=True, lang="en", class_name="plain"),
    )


def _loaded() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.match(
                _answer.status,
                ("valid", _head("good", "badge-check")),
                ("revoked", _head("bad", "ban")),
                ("replaced", _head("bad", "replace")),
                ("unknown", _head("warn", "search-x")),
                rx.el.div(rx.heading(t("Check a certificate"), as_="h1", size="6"), class_name="vh"),
            ),
            rx.cond(_answer.code != "", rx.el.dl(rx.foreach(_answer.facts, _fact), class_name="vl"), _form()),
            class_name="panel",
        ),
        rx.el.p(_answer.checked_text, class_name="muted checked"),
        rx.cond(
            _answer.code != "",
            rx.el.p(
                route_link(
                    t("Check another one"), to="/parbaude", on_click=CertificateCheckState.begin, class_name="a"
                ),
                class_name="checked",
            ),
        ),
        _file(),
    )


def _head(tone: str, name: str) -> rx.Component:
    return rx.el.div(
        icon(name, 30),
        rx.el.div(rx.heading(_answer.heading, as_="h1", size="6"), rx.el.div(_answer.sentence, class_name="said")),
        class_name=f"vh vh-{tone}",
    )


def _fact(fact: rx.Var[CheckedFact]) -> rx.Component:
    return rx.el.div(rx.el.dt(fact.label), rx.el.dd(fact.text))


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.p(t("Type the number and the surname exactly as they are printed on the certificate.")),
        text_field(
            "number", t("Number of the certificate"), value=CertificateCheckState.number,
            problem=CertificateCheckState.number_problem,
            aria_required="true", max_length=40, spell_check=False, auto_complete="off",
        ),
        text_field(
            "family_name", t("Surname"), problem=CertificateCheckState.family_name_problem,
            aria_required="true", max_length=100, auto_complete="off",
        ),
        button(t("Check"), type="submit", size="3"),
        on_submit=CertificateCheckState.find,
        no_validate=True,  # problems are said beside the fields, in the reader's language
        class_name="check-form",
    )  # fmt: skip


def _file() -> rx.Component:
    """Return a plain form: the file goes by HTTP, the answer is a page of its own."""
    return rx.el.details(
        rx.el.summary(t("Compare a file")),
        rx.el.form(
            rx.el.p(
                t(
                    "Choose the PDF that you were given: we compare it with the one that was issued. "
                    "The file is not kept."
                )
            ),
            rx.el.input(type="hidden", name="kods", value=_answer.code, read_only=True),
            rx.el.label(t("PDF file"), html_for="fails"),
            rx.el.input(type="file", id="fails", name="fails", accept="application/pdf", required=True),
            second_button(t("Compare"), type="submit", size="3"),
            action="/parbaude/fails",
            method="post",
            enc_type="multipart/form-data",
            on_submit=None,  # else Reflex keeps the browser from sending it
            class_name="check-form",
        ),
        class_name="compare",
    )
