"""What the database refuses however it is written: unknown choices, empty names, contradictions."""

import pytest
from django.db import IntegrityError, connection, transaction

from creativenorth.site.models import PageText
from members.models import DistinctPair, Letter, Merge
from tests import factories

pytestmark = pytest.mark.django_db

WRONG = [
    ("events_activity", "kind = 'nonsense'"),
    ("events_activity", "mode = 'x'"),
    ("events_activity", "language = 'qq'"),
    ("events_activity", "title_sv = ''"),
    ("events_activity", "slug = ''"),
    ("events_activity", "capacity = 0"),
    ("events_activity", "cancelled_at = now()"),
    ("events_activity", "municipality = '9999'"),
    ("events_activity", "own_fields = '{place}'"),
    ("events_activity", "series_on = now()"),
    ("events_series", "frequency = 'x'"),
    ("events_series", "interval = 0"),
    ("events_series", "ends_on = starts_on - 1"),
    ("events_session", "ends_at = starts_at"),
    ("events_attendance", "role = 'king'"),
    ("events_attendance", "arrived_at = now(), left_at = now() - interval '1 hour'"),
    ("events_attendance", "minutes = 121"),
    ("events_attendance", "method = 'gossip'"),
    ("events_registration", "wished_mode = 'online'"),
    ("events_registration", "wished_mode = mode, wished_at = now()"),
    ("events_registration", "wished_at = now()"),
    ("programmes_programme", "target_group = 'x'"),
    ("programmes_programme", "title_sv = ''"),
    ("members_enquiry", "stage = 'zzz'"),
    ("members_enquiry", "kind = 'zzz'"),
    ("members_enquiry", "language = 'xx'"),
    ("members_enquiry", "message = ''"),
    ("members_invitation", "role = 'king'"),
    ("members_invitation", "target_group = 'x'"),
    ("members_invitation", "language = 'xx'"),
    ("members_affiliation", "role = 'king'"),
    ("members_user", "language = 'zz'"),
    ("members_company", "name = ''"),
    ("members_company", "slug = ''"),
    ("members_company", "taken_down_at = now()"),
    ("members_profileversion", "municipality = '9999'"),
    ("members_profileversion", "looking_for = '{gold}'"),
    ("members_profileversion", "cover = 'x.webp', cover_alt_sv = ''"),
    ("members_profileversion", "cover_crop = 'x'"),
    ("members_membership", "left_on = joined_on"),
    ("creativenorth_cluster", "accessibility_status = 'maybe'"),
    ("members_import", "state = 'x'"),
    ("members_import", "kind = 'x'"),
    ("members_import", "state = 'imported'"),
    ("members_merge", "company_id = NULL"),
    ("members_distinctpair", "one_id = two_id"),
    ("creativenorth_newsitem", "title_sv = ''"),
    ("creativenorth_newsitem", "slug = ''"),
    ("creativenorth_newsitem", "picture = 'x.webp', alt_sv = ''"),
    ("creativenorth_newsitem", "picture = 'x.webp', alt_sv = 'x', alt_en = ''"),
    ("creativenorth_pagetext", "page = 'x'"),
    ("creativenorth_pagetext", "lead_sv = ''"),
    ("members_letter", "recipients = 'x'"),
    ("members_letter", "of_object = 1"),
    ("programmes_strategy", "title_sv = ''"),
    ("programmes_strategy", "ends_on = starts_on"),
    ("creativenorth_mail", "state = 'lost'"),
    ("creativenorth_mail", "state = 'failed'"),
    ("creativenorth_mail", "language = 'xx'"),
]


@pytest.fixture
def one_of_each():
    company, user = factories.make_company(), factories.make_user()
    factories.make_affiliation(user, company)
    factories.make_invitation(company)
    factories.make_enquiry()
    factories.make_cluster()
    factories.make_attendance(factories.make_activity(sessions=2))
    factories.make_series()
    factories.make_programme()
    factories.make_mail()
    factories.make_import()
    Merge.objects.create(company=company, gone=987654, slug="borta")
    DistinctPair.objects.create(one=company, two=factories.make_company())
    factories.make_news()
    factories.make_strategy()
    Letter.objects.create(subject_sv="Hej", text_sv="Hej")
    PageText.objects.get_or_create(page="directory", defaults={"lead_sv": "Hej"})


@pytest.mark.parametrize(("table", "change"), WRONG)
def test_database_refuses(table, change, one_of_each):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")


def test_activity_has_one_session_at_a_time(one_of_each):
    with (
        pytest.raises(IntegrityError, match="one_session_at_a_time"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE events_session SET starts_at = now(), ends_at = now() + interval '1 hour'")
