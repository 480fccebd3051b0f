"""What search, staff's finder and search engines find of companies and people."""

import re
from contextlib import suppress
from functools import partial

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creativenorth.search.groups import Hit, SearchGroup, search_groups
from creativenorth.staff.finder import FinderGroup, finder_groups
from creativenorth.text import orgnr
from creativenorth.text.encryption import fingerprint
from creativenorth.text.phones import FEWEST_DIGITS, Digits, sought_digits
from creativenorth.web.sitemaps import PublicSitemap, sitemaps
from members.models import Company, Enquiry, ProfileAudience, User, audience_of
from members.profile.shown import Profile


@sitemaps.register
class MembersSitemap(PublicSitemap):
    section = "members"
    pages = {"members:directory": _("Companies"), "members:join": _("Join"), "members:contact": _("Contact")}

    def querysets(self):
        return [Company.objects.public()]


def _rows(user, question):
    return Company.objects.visible_to(user).for_cards().search(question, audience_of(user))


def _hits(rows, user):
    audience = audience_of(user)
    shown = [Profile(company, audience) for company in rows]
    return [Hit(each.url, each.name, each.tagline, each.municipality_name) for each in shown]


search_groups.register(SearchGroup("companies", _("Companies"), "members:directory", _rows, _hits))


def _company_also(question):
    """By what the profile says, by a whole organisation number or a part of a legal person's, by the phone."""
    says = Company.objects.search(question, ProfileAudience.MEMBERS).order_by().values("pk")
    digits, phone = re.sub("[^0-9]", "", question), sought_digits(question)
    found = Q(pk__in=says)
    if FEWEST_DIGITS <= len(digits) <= 10:
        found |= Q(number__digits__contains=digits)
    if phone:
        found |= Q(public_version__phone__contains=phone)
    with suppress(ValidationError):
        found |= Q(number__fingerprint=fingerprint(orgnr.parse(question).digits))
    return found


def _has_phone(question):
    phone = sought_digits(question)
    return Q(phone_digits__contains=phone) if phone else Q(pk=None)


def _with_phone(model):
    return model.objects.alias(phone_digits=Digits("phone"))


finder_groups.register(
    FinderGroup(
        Company,
        "name",
        lambda company: company.profile.town,
        rows=Company.objects.with_profile,
        page="card",
        also=_company_also,
        search=partial(Company.objects.search, audience=ProfileAudience.MEMBERS),
    )
)
for _model in (User, Enquiry):
    finder_groups.register(
        FinderGroup(_model, "name", lambda row: row.email, rows=partial(_with_phone, _model), also=_has_phone)
    )
