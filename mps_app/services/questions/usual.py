"""Usual questions and their answers, in the order in which people meet them (10.2)."""

from mps_app.text import N_

_NOWHERE = ("", "")
_CATALOGUE = ("/katalogs", N_("Open the catalogue"))
_PROFILE = ("/profils", N_("Open the profile"))

USUAL: tuple[tuple[str, str, str, tuple[str, str]], ...] = (
    (
        "sakt",
        N_("How do I begin?"),
        N_(
            "Sign in with Latvija.lv, in the newest version of Firefox, Chrome, Safari or Edge. At the first "
            "sign-in check your contact data in the profile. An e-mail address is mandatory: without it you can't"
            " apply, because confirmations, dates and changes are sent there."
        ),
        _PROFILE,
    ),
    (
        "kurss",
        N_("How do I apply for a course?"),
        N_(
            "Find the course in the catalogue and open it. When “Apply” is active, press it, choose the group and"
            " who pays, and confirm. You get a confirmation by e-mail at once."
        ),
        _CATALOGUE,
    ),
    (
        "nav-datuma",
        N_("The course has no date, or the group is full. What can I do?"),
        N_(
            "Press “Apply for the next group”. When a new group is opened, you get a message and a reserved time "
            "in which to take a place. In a full group you join the waiting list: a place that becomes free goes "
            "to the first in line."
        ),
        _CATALOGUE,
    ),
    (
        "poga",
        N_("Why can't I press “Apply”?"),
        N_(
            "Most often because there is already an application in your name: yours, or one made by the "
            "coordinator of your institution. That prevents applying twice by accident. The course's page always "
            "tells the reason."
        ),
        ("/pieteikumi", N_("Look at my applications")),
    ),
    (
        "darba-vieta",
        N_("My workplace pays. What do I have to give?"),
        N_(
            "If the coordinator of your institution has entered you as an employee, choose the organisation "
            "account when you apply. If it is not offered, ask your personnel department to add you. Where there "
            "is no coordinator, fill in the institution's details and the e-mail for invoices in the profile, "
            "under “Payment details”."
        ),
        _PROFILE,
    ),
    (
        "maksaju-pats",
        N_("I pay myself. What do I have to give?"),
        N_(
            "Your declared address and e-mail, in the profile. They are needed for the invoice, which is sent to "
            "you by e-mail. When you apply, choose that you pay as a private person."
        ),
        _PROFILE,
    ),
    (
        "kad-un-kur",
        N_("When do I learn where and when the training is?"),
        N_(
            "As soon as the group has enough participants, you get date, place and time by e-mail. If the date, "
            "the place or the time changes, or the training is cancelled, you are told at once. Reminders come "
            "before the first session."
        ),
        _NOWHERE,
    ),
    (
        "mani-pasakumi",
        N_("Where do I see my training events?"),
        N_(
            "On the home page, on the scale of dates: every session you have attended or will attend. The nearest"
            " next session is selected; choose another date to see what happens then. You can add sessions to "
            "your own calendar."
        ),
        ("/", N_("Open the home page")),
    ),
    (
        "atteikties",
        N_("I can't come. How do I withdraw?"),
        N_(
            "Open your application and press “Withdraw”. That is possible until the group's deadline, shown "
            "beside it. After the deadline write to the school. Your institution's coordinator can send a "
            "colleague in your place until the first session."
        ),
        ("/pieteikumi", N_("Look at my applications")),
    ),
    (
        "anketa",
        N_("Why have I not got the certificate yet?"),
        N_(
            "The certificate is made at once when the evaluation questionnaire is filled in; filling it in is "
            "mandatory. You also need enough attendance and, where the course has one, a passed test. Until the "
            "questionnaire is filled in, a reminder comes every two days. All certificates stay in your profile."
        ),
        _PROFILE,
    ),
    (
        "materiali",
        N_("Where are the materials?"),
        N_(
            "Under “Materials”: those of the courses you take or took part in, and those open to everybody. You "
            "keep them after the course has ended."
        ),
        ("/materiali", N_("Open the materials")),
    ),
    (
        "cita-darbavieta",
        N_("I have changed my workplace. What happens to my history?"),
        N_(
            "Everything stays: your account, training and certificates. Go on as an employee of another "
            "institution or privately. The former institution sees only the time when you worked there."
        ),
        _NOWHERE,
    ),
    (
        "nav-kataloga",
        N_("Why is a course missing from the catalogue?"),
        N_(
            "Some training is meant for a certain target group or certain institutions only. It is not in the "
            "catalogue; participants are enrolled by the coordinators of those institutions. Ask the coordinator "
            "of yours."
        ),
        _NOWHERE,
    ),
    (
        "koordinators",
        N_("How do I become the coordinator of my institution?"),
        N_(
            "The institution names its coordinator by an order. Sign in and fill in the number and date of the order; "
            "the school checks it and answers. Several people can coordinate one institution, and a sitting coordinator"
            " can nominate a colleague or name a deputy for some days."
        ),
        ("/iestade/klut-par-koordinatoru", N_("Become an institution's coordinator")),
    ),
)
"""Name on the page, question, answer, and where it leads on."""
