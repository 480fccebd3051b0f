import uuid
from collections import Counter, defaultdict
from datetime import datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from creativenorth.content import demo as content
from creativenorth.content import demo_pictures
from creativenorth.content.demo_enquiries import ENQUIRIES
from creativenorth.content.demo_news import NEWS, STRATEGY
from creativenorth.content.demo_seats import GUEST_COMPANY, HOSTED, QUESTIONS, RULES, SEATS
from creativenorth.site.models import NewsItem
from events.models import Activity, Answer, Attendance, Registration, Requirements, Session
from members.actions.profile.publishing import say_first
from members.models import Affiliation, Company, Enquiry, EnquiryStep, Sector, Skill, User
from members.models.profile.work import Work
from programmes.models import ActivityFunding, Programme, Project, Strategy


class Command(BaseCommand):
    help = "Load invented accounts, activities and programmes for the demo, once; what was entered since stays."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("The demo's known passwords exist with DEMO=1 alone.")
        with transaction.atomic():
            call_command("load_cluster")
            if User.objects.filter(email=content.ACCOUNTS[0][0]).exists():
                return
            for name, placeholder in content.PLACEHOLDERS.items():
                _fill(Company.objects.get(name=name), *placeholder)
            for account in content.ACCOUNTS:
                _account(*account)
            for activity in content.ACTIVITIES:
                _activity(*activity)
            for order, programme in enumerate(content.PROGRAMMES, start=1):
                _programme(order, *programme)
            for enquiry in ENQUIRIES:
                _enquiry(*enquiry)
            _texts()


def _fill(company, sectors, skills, municipality, town, looking_for):
    (tagline_sv, tagline_en), (description_sv, description_en) = content.TAGLINE, content.DESCRIPTION
    version = say_first(
        company,
        tagline_sv=tagline_sv,
        tagline_en=tagline_en,
        description_sv=description_sv,
        description_en=description_en,
        municipality=municipality,
        town=town,
        looking_for=looking_for,
        is_placeholder=True,
    )
    version.sectors.set(Sector.objects.filter(slug__in=sectors))
    for name in skills:
        skill, _ = Skill.objects.get_or_create(
            slug=slugify(name), defaults={"name_sv": name, "name_en": content.SKILLS_EN[name]}
        )
        version.skills.add(skill)
    _picture(version)


def _picture(version):
    """Drawn pictures for some of the companies, so that pages with and without can be seen."""
    name = version.company.name
    if name in demo_pictures.COVERS:
        version.cover_alt_sv, version.cover_alt_en = demo_pictures.ALT
        _save_picture(version, "cover", *demo_pictures.COVERS[name])
    for order, drawing in enumerate(demo_pictures.WORKS.get(name, []), start=1):
        (title_sv, title_en), (alt_sv, alt_en) = demo_pictures.WORK_TITLES, demo_pictures.ALT
        work = Work(version=version, order=order, title_sv=f"{title_sv} {order}", title_en=f"{title_en} {order}")
        work.alt_sv, work.alt_en = alt_sv, alt_en
        _save_picture(work, "picture", *drawing)


def _save_picture(row, field, kind, palette):
    file = demo_pictures.demo_picture(kind, palette)
    getattr(row, field).save(file.name, file)


def _account(email, name, company, role, target_group, groups):
    user = User.objects.create_user(email, content.PASSWORD, name=name, is_staff=bool(groups))
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    if company:
        Affiliation.objects.create(
            user=user, company=Company.objects.get(name=company), role=role, target_group=target_group
        )


def _activity(slug, kind, groups, language, mode, municipality, place, seats, sessions, swedish, english, cancelled):
    now = timezone.now()
    activity = Activity.objects.create(
        slug=slug,
        kind=kind,
        target_groups=groups,
        language=language,
        mode=mode,
        municipality=municipality,
        place=place,
        capacity=seats,
        title_sv=swedish[0],
        summary_sv=swedish[1],
        title_en=english[0],
        summary_en=english[1],
        description_sv=content.DEMO_NOTE[0],
        description_en=content.DEMO_NOTE[1],
        is_demo=True,
        fee_sek=0,
        published_at=now,
        cancelled_at=now if cancelled else None,
        **RULES.get(slug, {}),
        cancel_reason_sv=cancelled[0] if cancelled else "",
        cancel_reason_en=cancelled[1] if cancelled else "",
    )
    for days, hour, hours in sessions:
        start = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), time(hour)))
        Session.objects.create(activity=activity, starts_at=start, ends_at=start + timedelta(hours=hours))
    if slug in demo_pictures.ACTIVITY_PICTURES:
        activity.picture_alt_sv, activity.picture_alt_en = demo_pictures.ALT
        _save_picture(activity, "picture", *demo_pictures.ACTIVITY_PICTURES[slug])
    if project := Project.objects.filter(is_present=True).first():
        ActivityFunding.objects.create(activity=activity, project=project)
    _seats(activity, SEATS.get(slug, []))


def _seats(activity, rows):
    """Registrations in their present states, with answers and attendance."""
    if activity.slug in HOSTED:
        activity.hosts.set(User.objects.filter(groups__name="host"))
    if texts := QUESTIONS.get(activity.slug):
        activity.questions.create(text_sv=texts[0], text_en=texts[1])
    parties, numbers = defaultdict(uuid.uuid4), Counter()
    for who, state, mode, days, more in rows:
        party, signed_up = more.get("party", who), timezone.now() - timedelta(days=days)
        registration = Registration.objects.create(
            activity=activity,
            state=state,
            mode=mode,
            party=parties[party],
            number=numbers[party],
            created_at=signed_up,
            changed_at=signed_up,
            queued_at=signed_up,
            held_until=timezone.now() + timedelta(hours=20) if state == "offered" else None,
            ended_at=timezone.now() if state == "cancelled" else None,
            cause={"waiting": "joined_queue", "offered": "seat_free", "cancelled": "by_link"}.get(state, "signed_up"),
            shown_to=more.get("shown_to", "nobody"),
            **_who(who),
        )
        numbers[party] += 1
        _answers_and_attendance(registration, more)


def _who(who):
    """The columns of an account by its address, or of a guest by number."""
    if isinstance(who, int):
        company, _ = Company.objects.get_or_create(slug=slugify(GUEST_COMPANY), name=GUEST_COMPANY)
        guest = {"guest_name": f"Gäst {who} Demo", "email": f"gast-{who}@demo.example"}
        return guest | {"company": company if who % 3 == 0 else None}
    place = Affiliation.objects.select_related("user").get(user__email=who)
    return {"user": place.user, "company_id": place.company_id, "target_group": place.target_group}


def _answers_and_attendance(registration, more):
    if "diet" in more or "access" in more:
        Requirements.objects.create(registration=registration, diet=more.get("diet", []), access=more.get("access", []))
    for question in registration.activity.questions.all():
        if "answer" in more:
            Answer.objects.create(registration=registration, question=question, text=more["answer"])
    if "minutes" in more:
        Attendance.objects.create(
            registration=registration,
            session=registration.activity.sessions.get(),
            minutes=more["minutes"],
            company=registration.company,
            mode=registration.mode,
            confirmed_by=User.objects.filter(groups__name="coordinator").first(),
        )


def _enquiry(kind, name, company, message, days, stays, stage):
    reached = timezone.now() - timedelta(days=days)
    enquiry = Enquiry.objects.create(
        kind=kind,
        name=name,
        company_name=company,
        message=message,
        stage=stage,
        idempotency_key=uuid.uuid4(),
        email=f"{slugify(name)}@demo.example",
        stage_since=reached + timedelta(days=sum(stay for _stage, stay in stays)),
    )
    Enquiry.objects.filter(pk=enquiry.pk).update(created_at=reached)
    for left, stay in stays:
        until = reached + timedelta(days=stay)
        EnquiryStep.objects.create(enquiry=enquiry, stage=left, reached_at=reached, left_at=until)
        reached = until


def _programme(order, slug, target_group, swedish, english):
    Programme.objects.create(
        slug=slug,
        target_group=target_group,
        order=order,
        title_sv=swedish[0],
        summary_sv=swedish[1],
        title_en=english[0],
        summary_en=english[1],
        description_sv=content.DEMO_NOTE[0],
        description_en=content.DEMO_NOTE[1],
        is_demo=True,
        published_at=timezone.now(),
        project=Project.objects.filter(is_present=True).first(),
    )


def _texts():
    for item in NEWS:
        _news(*item)
    _strategy(*STRATEGY)


def _news(slug, days, swedish, english):
    texts = {}
    for code, (title, summary, text) in (("sv", swedish), ("en", english)):
        texts |= {f"title_{code}": title, f"summary_{code}": summary, f"text_{code}": text}
    NewsItem.objects.create(slug=slug, is_demo=True, published_at=timezone.now() - timedelta(days=days), **texts)


def _strategy(swedish, english):
    today = timezone.localdate()
    Strategy.objects.create(
        title_sv=swedish[0],
        text_sv=swedish[1],
        title_en=english[0],
        text_en=english[1],
        is_demo=True,
        starts_on=today.replace(month=1, day=1),
        ends_on=today.replace(year=today.year + 2, month=12, day=31),
        published_at=timezone.now(),
    )
