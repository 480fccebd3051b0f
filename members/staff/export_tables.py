"""The tables behind the exports of this app. A sole trader's number is masked.

A column is (heading, function of the row); a table is (head, iterable of rows).
"""

from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from creativenorth.files.table_writer import as_text
from members.models import Affiliation, Company, Enquiry, Membership, ProfileVersion, User
from members.models.profile.version import is_of_picture
from members.models.profile.visibility import FIELDS, Visibility
from members.profile.changes import value_text
from members.profile.completeness import labels

CHUNK = 500


def table_of(columns, rows):
    """(head, rows), in a bounded number of queries for each chunk."""
    found = rows.defer(None).iterator(chunk_size=CHUNK)
    return [heading for heading, _value in columns], ([value(row) for _heading, value in columns] for row in found)


def number_of(company):
    kept = getattr(company, "number", None)
    return kept.masked if kept else ""


def member_since(company):
    return company.current_memberships[0].joined_on if company.current_memberships else None


def restricted_fields(company):
    """The fields that are not public, so that nobody publishes them from the file."""
    words = company.visibility.items()
    return ", ".join(f"{FIELDS[field]} ({Visibility(word).label})" for field, word in words if field in FIELDS)


COMPANY = [
    (_("Name"), lambda row: row.name),
    (_("Organisation number"), number_of),
    (_("In the cluster"), lambda row: bool(row.current_memberships)),
    (_("Member from"), member_since),
    (_("Published"), lambda row: row.published_at),
    (_("People"), lambda row: row.people_count),
    (_("Not for everybody"), restricted_fields),
]


def _said(name):
    """A function of a company: what its public version says in the field, without a query."""
    if ProfileVersion._meta.get_field(name).many_to_many:
        return lambda row: ", ".join(each.name for each in row.profile.listed(name))
    return lambda row: value_text(ProfileVersion, name, row.profile.said(name))


def companies(queryset, by):
    """Everything that a profile says in words, one column for each field of the model."""
    said = [(label, _said(name)) for name, label in labels().items() if not is_of_picture(name)]
    current = Membership.objects.current().order_by("-joined_on")
    of_today = Affiliation.objects.current().order_by().filter(company_id__isnull=False)
    counted = Count("affiliations", filter=Q(affiliations__in=of_today), distinct=True)
    rows = queryset.select_related("number", "public_version").annotate(people_count=counted)
    memberships_of_today = Prefetch("memberships", current, to_attr="current_memberships")
    lists = [f"public_version__{field.name}" for field in ProfileVersion._meta.many_to_many]
    return table_of([*COMPANY, *said], rows.prefetch_related(*lists, memberships_of_today))


def companies_of(person):
    """ "Oh hej AB (owner), Tromb AB (editor)"."""
    return ", ".join(
        f"{affiliation.company.name} ({affiliation.get_role_display()})" for affiliation in person.current_affiliations
    )


def groups_of(person):
    return ", ".join(
        dict.fromkeys(
            affiliation.get_target_group_display()
            for affiliation in person.current_affiliations
            if affiliation.target_group
        )
    )


PERSON = [
    (_("Name"), str),
    (_("E-mail"), lambda row: "" if row.erased_at else row.email),
    (_("Phone"), lambda row: row.phone),
    (_("Language"), lambda row: row.get_language_display()),
    (_("Companies"), companies_of),
    (_("Target group"), groups_of),
    (_("Staff"), lambda row: row.is_staff),
    (_("Active"), lambda row: row.is_active),
    (_("Account since"), lambda row: row.joined_at),
    (_("Last signed in"), lambda row: row.last_login),
]


def people(queryset, by):
    current = Affiliation.objects.current().select_related("company")
    rows = queryset.prefetch_related(None)
    return table_of(PERSON, rows.prefetch_related(Prefetch("affiliations", current, to_attr="current_affiliations")))


MEMBERSHIP = [
    (_("Company"), lambda row: row.company.name),
    (_("Organisation number"), lambda row: number_of(row.company)),
    (_("Joined on"), lambda row: row.joined_on),
    (_("Left on"), lambda row: row.left_on),
]


def memberships(queryset, by):
    return table_of(MEMBERSHIP, queryset.select_related("company__number"))


ENQUIRY = [
    (_("Company"), lambda row: row.company_name),
    (_("Name"), lambda row: row.name),
    (_("E-mail"), lambda row: row.email),
    (_("Phone"), lambda row: row.phone),
    (_("Website"), lambda row: row.website),
    (_("Kind"), lambda row: row.get_kind_display()),
    (_("Stage"), lambda row: row.get_stage_display()),
    (_("At this stage since"), lambda row: row.stage_since),
    (_("Source"), lambda row: row.get_source_display()),
    (_("Responsible"), lambda row: as_text(row.responsible)),
    (_("Next step"), lambda row: row.next_step),
    (_("Remind on"), lambda row: row.remind_on),
    (_("Received"), lambda row: row.created_at),
    (_("Message"), lambda row: row.message),
    (_("Became"), lambda row: as_text(row.resulting_company)),
]


def enquiries(queryset, by):
    return table_of(ENQUIRY, queryset.select_related("resulting_company", "responsible"))


TABLES = {Company: companies, User: people, Membership: memberships, Enquiry: enquiries}
