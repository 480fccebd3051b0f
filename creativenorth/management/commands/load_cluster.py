from datetime import date

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from creativenorth.content import cluster as content
from creativenorth.content import mail_templates
from creativenorth.content.word_groups import WORD_GROUPS
from creativenorth.mail.models import MailTemplate
from creativenorth.search.models import WordGroup
from creativenorth.site.models import Cluster
from members.models import Company, Membership, Sector
from programmes.models import Funder, Project

OWN_APPS = ("creativenorth", "members", "events", "programmes")


class Command(BaseCommand):
    help = "Load names, funders, contact and first texts of Creative North. What already exists is left as it is."

    @transaction.atomic
    def handle(self, **options):
        Cluster.objects.get_or_create(pk=1, defaults=content.CLUSTER)
        self._project()
        for slug, swedish, english in content.SECTORS:
            Sector.objects.get_or_create(slug=slug, defaults={"name_sv": swedish, "name_en": english})
        for name in content.COMPANIES:
            self._company(name)
        if not MailTemplate.objects.exists():
            for template in mail_templates.TEMPLATES:
                self._template(*template)
        if not WordGroup.objects.exists():
            for words in WORD_GROUPS:
                WordGroup.objects.create(words=words)
        self._groups()

    def _template(self, purpose, name, swedish, english):
        texts = {"subject_sv": swedish[0], "text_sv": swedish[1], "subject_en": english[0], "text_en": english[1]}
        MailTemplate.objects.create(purpose=purpose, name=name, **texts)

    def _project(self):
        project = Project.objects.filter(is_present=True).first() or Project.objects.create(**content.PROJECT)
        if not project.funders.exists():
            for order, (swedish, english) in enumerate(content.FUNDERS, start=1):
                Funder.objects.create(project=project, name_sv=swedish, name_en=english, order=order)

    def _company(self, name):
        company, is_new = Company.objects.get_or_create(
            slug=slugify(name.replace("/", " ")), defaults={"name": name, "published_at": timezone.now()}
        )
        if is_new:
            # The day they joined is not known: January 1st, which staff correct.
            Membership.objects.create(company=company, joined_on=date(timezone.localdate().year, 1, 1))

    def _groups(self):
        ours = Permission.objects.filter(content_type__app_label__in=OWN_APPS).exclude(codename__contains="event")
        activity = Permission.objects.filter(content_type__app_label="events")
        ours = ours | activity.filter(content_type__model__in=["activity", "session"])
        Group.objects.get_or_create(name="coordinator")[0].permissions.set(ours)
        # Food and access needs may tell of somebody's health: only those who see to them read them.
        to_read = ours.filter(codename__startswith="view_").exclude(codename="view_requirements")
        Group.objects.get_or_create(name="reader")[0].permissions.set(to_read)
        # What a company has not published is its own; the numbers of sole traders are needed to account for aid.
        accounts = to_read.exclude(codename="view_profileversion") | ours.filter(codename="read_number")
        Group.objects.get_or_create(name="economist")[0].permissions.set(accounts)
        Group.objects.get_or_create(name="host")[0].permissions.set(
            activity.filter(codename__in=["view_activity", "view_session"])
        )
