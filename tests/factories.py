"""Rows for tests: each function makes one valid object; what a test is about it says itself, the rest is filled in.

Names and texts are invented. Times count from now, so that `upcoming` and `past` hold whenever the tests run.
"""

import uuid
from datetime import date, time, timedelta
from itertools import count

from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.text import slugify

from creativenorth.files.table_reader import Table
from creativenorth.mail.models import Mail
from creativenorth.site.models import Cluster, NewsItem
from events.models import Activity, Attendance, Registration, Series, Session
from members.models import Affiliation, Company, Enquiry, Import, Invitation, Membership, Sector, Skill, User
from members.models.affiliation import Role, TargetGroup
from programmes.models import Funder, Programme, Project, Strategy

PASSWORD = "norrsken-over-pitea"
FUNDERS = [
    "Europeiska regionala utvecklingsfonden",
    "Region Norrbotten",
    "Piteå kommun",
    "Luleå kommun",
    "Boden Business Park",
    "Sparbanken Nord",
    "Luleå tekniska universitet",
    "Klusterbolagen",
]
_numbers = count(1)


def make_cluster(**fields):
    """The one row of the cluster's texts, with every text in both languages."""
    texts = {
        "headline": ("Kreativa bolag i norr", "Creative companies of the north"),
        "lead": ("Vi gör mer tillsammans.", "We do more together."),
        "why": ("## Varför kluster\n\nBolag som *möts*.", "## Why a cluster\n\nCompanies that *meet*."),
        "progress": ("Vägen till arton bolag.", "The road to eighteen companies."),
        "invitation": ("Välkommen till oss.", "You are welcome to join us."),
        "about": ("Ett treårigt projekt.", "A project of three years."),
        "results": ("Hittills tolv bolag.", "Twelve companies so far."),
        "strategy": ("Strategin lämnas vidare.", "The strategy is passed on."),
        "privacy": ("Så behandlar vi uppgifter.", "How we treat your data."),
        "barriers": ("Inga kända brister.", "No known barriers."),
    }
    columns = {}
    for name, (swedish, english) in texts.items():
        columns |= {f"{name}_sv": swedish, f"{name}_en": english}
    values = {
        "id": 1,
        "name": "Creative North",
        "accessibility_assessed_on": date(2026, 11, 1),
        "contact_name": "Kim Kontakt",
        "contact_email": "kim@kluster.example",
        "contact_phone": "+46703028222",
    }
    Cluster.objects.all().delete()
    return Cluster.objects.create(**(columns | values | fields))


def make_project(funders=FUNDERS, **fields):
    """The present project, with eight funders unless told otherwise."""
    values = {
        "name_sv": "Creative North",
        "name_en": "Creative North",
        "reference": "20201234",
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2027, 12, 31),
        "summary_sv": "Fler och starkare kreativa bolag.",
        "summary_en": "More and stronger creative companies.",
        "budget_sek": 12_000_000,
        "is_present": True,
    }
    project = Project.objects.create(**(values | fields))
    Funder.objects.bulk_create(
        Funder(project=project, name_sv=name, name_en=f"{name} (in English)", order=order, website="https://f.example/")
        for order, name in enumerate(funders, start=1)
    )
    return project


def make_sector(name="Spelutveckling", name_en="Game development"):
    return Sector.objects.get_or_create(slug=slugify(name), defaults={"name_sv": name, "name_en": name_en})[0]


def make_skill(name="Berättande", name_en="Storytelling"):
    return Skill.objects.get_or_create(slug=slugify(name), defaults={"name_sv": name, "name_en": name_en})[0]


def make_company(name=None, *, published=True, member=True, sectors=(), skills=(), works=0, **fields):
    """A company; `member` gives it a membership since a year, `published` a public page, `works` so many works."""
    name = name or f"Bolaget {next(_numbers)}"
    own = {"slug", "published_at", "visibility"} & fields.keys()
    values = {
        "name": name,
        "slug": slugify(name),
        "published_at": timezone.now() - timedelta(days=30) if published else None,
    }
    company = Company.objects.create(**(values | {column: fields[column] for column in own}))
    texts = {"tagline_sv": "Vi gör det synligt", "tagline_en": "We make it visible"}
    version = say(company, **(texts | {column: fields[column] for column in fields.keys() - own}))
    version.sectors.set(sectors), version.skills.set(skills)
    if member:
        make_membership(company)
    for order in range(works):
        make_work(company, f"Arbete {order + 1}", title_en=f"Work {order + 1}", order=order)
    return company


def say(company, **columns):
    """The company's public version says this, as if it had always done so."""
    company.refresh_from_db(fields=["public_version"])
    if company.public_version is None:
        company.public_version = company.versions.create(published_at=timezone.now() - timedelta(days=30))
        company.save(update_fields=["public_version"])
    for name, value in columns.items():
        setattr(company.public_version, name, value)
    company.public_version.save()
    return company.public_version


def make_work(company, title="Ljudbok", **fields):
    """A work in the company's public version."""
    return say(company).works.create(title_sv=title, **fields)


def make_full_company(name="Full & Fin AB", **fields):
    """A company that has filled in everything a profile can hold, except pictures."""
    values = {
        "description_sv": "Vi gör **spel** och film.\n\n- spel\n- film",
        "description_en": "We make **games** and film.\n\n- games\n- film",
        "looking_for": ["partners", "trainees"],
        "municipality": "2581",
        "town": "Piteå",
        "website": "https://full.example/",
        "email": "hej@full.example",
        "phone": "+46911123456",
        "sectors": [make_sector(), make_sector("Film", "Film")],
        "skills": [make_skill(), make_skill("Ljud", "Sound")],
        "works": 2,
    }
    return make_company(name, **(values | fields))


def make_membership(company, **fields):
    values = {"joined_on": timezone.localdate() - timedelta(days=365)}
    return Membership.objects.create(company=company, **(values | fields))


def make_user(email=None, *, password=PASSWORD, groups=(), **fields):
    """A person with a confirmed address who can sign in with PASSWORD; `groups` names groups of staff.

    They have been offered a passkey: without `passkey_offered_at=None` signing in leads straight on.
    """
    number = next(_numbers)
    email = email or f"person{number}@bolag.example"
    user = User.objects.create_user(
        email, password, **({"name": f"Person {number}", "passkey_offered_at": timezone.now()} | fields)
    )
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    for name in groups:
        user.groups.add(Group.objects.get_or_create(name=name)[0])
    return user


def make_affiliation(user, company, role=Role.PARTICIPANT, **fields):
    values = {"target_group": TargetGroup.CREATOR, "started_on": timezone.localdate() - timedelta(days=100)}
    return Affiliation.objects.create(user=user, company=company, role=role, **(values | fields))


def make_invitation(company, email="ny@bolag.example", **fields):
    """An open invitation; its secret stands in `.token`."""
    invitation = Invitation(company=company, email=email, **fields)
    invitation.token = invitation.new_token()
    invitation.save()
    return invitation


def make_activity(title="Berätta med ljud", *, sessions=1, starts_in=timedelta(days=7), published=True, **fields):
    """An activity whose sessions of two hours begin after `starts_in` and follow day by day."""
    values = {
        "title_sv": title,
        "title_en": f"{title} (in English)",
        "slug": f"{slugify(title)}-{next(_numbers)}",
        "summary_sv": "En eftermiddag om ljud.",
        "summary_en": "An afternoon about sound.",
        "municipality": "2581",
        "place": "Acusticum",
        "published_at": timezone.now() - timedelta(days=400) if published else None,
    }
    activity = Activity.objects.create(**(values | fields))
    for number in range(sessions):
        make_session(activity, starts_in=starts_in + timedelta(days=number))
    return activity


def make_session(activity, *, starts_in=timedelta(days=7), hours=2, **fields):
    """What is days away stays on one day, also when the tests run late in the evening."""
    starts_at = timezone.now() + starts_in
    begins_on, ends_on = (timezone.localdate(starts_at + timedelta(hours=each)) for each in (0, hours))
    if begins_on != ends_on and abs(starts_in) >= timedelta(days=1):
        starts_at -= timedelta(hours=hours)
    return Session.objects.create(
        activity=activity, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), **fields
    )


def make_series(**fields):
    """The rule alone, four Tuesdays from ten to twelve."""
    values = {"starts_on": date(2027, 3, 16), "ends_on": date(2027, 4, 6), "begins": time(10), "ends": time(12)}
    return Series.objects.create(**({"frequency": "weekly"} | values | fields))


def make_programme(title="Leda kreativt", *, published=True, **fields):
    values = {
        "title_sv": title,
        "title_en": f"{title} (in English)",
        "slug": f"{slugify(title)}-{next(_numbers)}",
        "target_group": TargetGroup.MANAGER,
        "summary_sv": "För dig som leder andra.",
        "summary_en": "For you who lead others.",
        "description_sv": "# Upplägg\n\nFyra träffar.",
        "description_en": "# How it goes\n\nFour meetings.",
        "published_at": timezone.now() - timedelta(days=10) if published else None,
    }
    return Programme.objects.create(**(values | fields))


def make_news(title="Ny studio i Piteå", *, published=True, **fields):
    values = {
        "title_sv": title,
        "title_en": f"{title} (in English)",
        "slug": f"{slugify(title)}-{next(_numbers)}",
        "summary_sv": "Ett bolag har flyttat in.",
        "summary_en": "A company has moved in.",
        "text_sv": "Nu är den **öppen**.",
        "text_en": "It is **open** now.",
        "published_at": timezone.now() - timedelta(days=1) if published else None,
    }
    return NewsItem.objects.create(**(values | fields))


def make_strategy(title="Vägen vidare", *, published=True, **fields):
    values = {
        "title_sv": title,
        "title_en": f"{title} (in English)",
        "text_sv": "## Mål\n\nVi *fortsätter* tillsammans.",
        "text_en": "## Goals\n\nWe *go on* together.",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2028, 12, 31),
        "published_at": timezone.now() - timedelta(days=10) if published else None,
    }
    return Strategy.objects.create(**(values | fields))


def make_enquiry(**fields):
    values = {
        "kind": Enquiry.Kind.JOIN,
        "name": "Nora Ny",
        "email": "nora@ny.example",
        "company_name": "Ny & Co",
        "message": "Vi vill vara med.",
        "idempotency_key": uuid.uuid4(),
    }
    return Enquiry.objects.create(**(values | fields))


def make_import(**fields):
    """A list whose columns are known, to be looked through: a good row, a broken one, a near name, one with a bad value."""
    made = Import(kind="companies", file_name="lista.xlsx", row_count=4, columns={"0": "name", "1": "town"}, **fields)
    rows = ["Namn", "Ort"], ["Importen AB", "Boden"], ["", "Piteå"], ["Importen", ""], ["Orten AB", "x" * 200]
    made.table = Table(list(enumerate(rows, start=1)), "Blad1", {"Blad2": [[1, ["Namn"]], [2, ["Annat AB"]]]})
    made.save()
    return made


def make_mail(**fields):
    values = {"cause": f"test:{next(_numbers)}", "to": "kim@bolag.example", "subject": "Hej", "text": "Hej!"}
    return Mail.objects.create(**(values | fields))


def make_attendance(activity, user=None, *, minutes=60, **fields):
    """Somebody new on the list who has been at the activity's first session."""
    registration = make_registration(activity, user, **fields)
    return Attendance.objects.create(registration=registration, session=activity.sessions.first(), minutes=minutes)


def make_registration(activity, user=None, *, state="confirmed", **fields):
    """A row as it is, without the engine; a guest where no person is given."""
    number = next(_numbers)
    guest = {} if user else {"guest_name": f"Gäst {number}", "email": f"gast{number}@utanfor.example"}
    values = {
        "held_until": timezone.now() + timedelta(hours=20) if state == "offered" else None,
        "ended_at": timezone.now() if state in ("cancelled", "declined") else None,
    }
    return Registration.objects.create(activity=activity, user=user, state=state, **(guest | values | fields))
