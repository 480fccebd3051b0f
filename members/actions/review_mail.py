"""The mails that follow a profile through its review."""

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from creativenorth import mail
from members.models import Affiliation, User
from members.permissions import KEEPERS


def reviewers():
    """Staff who may answer: by a group, by themselves, or since they may everything."""
    permission = Permission.objects.filter(codename="review_profile", content_type__app_label="members")
    allowed = Q(is_superuser=True) | Q(groups__permissions__in=permission) | Q(user_permissions__in=permission)
    return User.objects.filter(allowed, is_staff=True, is_active=True).distinct()


def tell_reviewers(draft):
    for person in reviewers():
        _write(draft, person, "profile_submitted", reverse("admin:members_profiledraft_change", args=[draft.pk]))


def tell_company(draft, template):
    """Everybody who may edit the company's profile."""
    places = Affiliation.objects.current().filter(company=draft.company, role__in=KEEPERS, user__is_active=True)
    for place in places.select_related("user"):
        with translation.override(place.user.language):
            path = f"{reverse('members:my_company')}?foretag={draft.company.slug}"
        _write(draft, place.user, template, path)


def _write(draft, person, template, path):
    mail.queue(
        to=person.email,
        template=template,
        context={
            "company": draft.company.name,
            "sender": draft.submitted_by.name if draft.submitted_by else "",
            "comment": draft.comment,
            "path": path,
        },
        language=person.language,
        cause=f"{template}:{draft.version}:{draft.submitted_at or draft.returned_at}:{person.pk}",
    )
