"""Mails about the review of a profile."""

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from members.hooks.notification_kinds import PROFILE_ANSWER, PROFILE_REVIEW
from members.hooks.notifications import notify
from members.models import Affiliation, User
from members.permissions import OWNERS_AND_EDITORS


def reviewers():
    permission = Permission.objects.filter(codename="review_profile", content_type__app_label="members")
    allowed = Q(is_superuser=True) | Q(groups__permissions__in=permission) | Q(user_permissions__in=permission)
    return User.objects.filter(allowed, is_staff=True, is_active=True).distinct()


def tell_reviewers(draft):
    for person in reviewers():
        path = reverse("admin:members_profileversion_review", args=[draft.pk])
        _write(draft, person, PROFILE_REVIEW, "profile_submitted", path)


def tell_company(draft, template):
    """Mail everybody who may edit the company's profile."""
    affiliations = Affiliation.objects.current().filter(
        company=draft.company, role__in=OWNERS_AND_EDITORS, user__is_active=True
    )
    for affiliation in affiliations.select_related("user"):
        with translation.override(affiliation.user.language):
            editor = f"{reverse('members:my_company')}?foretag={draft.company.slug}"
            path = draft.company.url if template == "profile_approved" else editor
        _write(draft, affiliation.user, PROFILE_ANSWER, template, path)


def _write(draft, person, kind, template, path):
    notify(
        person,
        kind,
        event=template,
        context={
            "company": draft.company.name,
            "sender": draft.submitted_by.name if draft.submitted_by else "",
            "comment": draft.comment,
            "path": path,
        },
        cause=f"{template}:{draft.revision}:{draft.submitted_at or draft.returned_at}:{person.pk}",
    )
