"""Organisation numbers: the rules, who reads, what is logged, and that a sole trader's number leaks nowhere."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import override_settings
from django.urls import NoReverseMatch, reverse

from creativenorth.text.orgnr import parse
from members.actions.company_numbers import NumberTaken, read_number, set_number
from members.models import CompanyNumber, NumberReading
from tests.members.test_my_data import traces
from tests.roles import ROLES
from tests.test_permissions import MATRIX, resolved

PAGE = "/mitt-foretag/organisationsnummer/"
READING = f"{PAGE}helt/"
LEGAL, PERSON = "556016-0680", "900101-0017"
SECRETS = ("900101-0017", "9001010017", "19900101-0017", "199001010017")
pytestmark = pytest.mark.django_db


@pytest.fixture
def sole_trader(company, owner):
    set_number(by=owner, company=company, text=PERSON)
    return company


@pytest.mark.parametrize("written", [LEGAL, "165560160680", "SE556016068001", "5560160680"])
def test_legal_persons_number_is_kept_and_shown(owner_client, company, written):
    answer = owner_client.post(PAGE, {"number": written})

    assert (answer.status_code, company.number.digits, company.number.is_person) == (302, "5560160680", False)
    assert LEGAL in owner_client.get(PAGE).content.decode()


@pytest.mark.parametrize("number", [PERSON, "850709-9805", "880320-0016"])
def test_sole_traders_number_is_sealed_and_masked(owner_client, company, number):
    owner_client.post(PAGE, {"number": number})

    kept = CompanyNumber.objects.get(company=company)
    page = owner_client.get(PAGE).content.decode()
    assert (kept.is_person, kept.digits, kept.masked) == (True, "", f"{number[:6]}-****")
    assert (kept.masked in page, number in page) == (True, False)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("556529-8791", "Sista siffran stämmer inte"),
        ("556016", "har tio siffror"),
        ("abc", "Skriv bara siffror"),
        ("991332-0010", "födelsedatum"),
        ("", "Fyll i det här"),
    ],
)
def test_number_that_breaks_a_rule_says_which(owner_client, number, reason):
    response = owner_client.post(PAGE, {"number": number})

    assert response.status_code == 422
    assert reason in response.content.decode()
    assert response.context["form"]["number"].value() == number


def test_whoever_tries_many_numbers_learns_of_ten(owner_client, other_owner, other_company):
    set_number(by=other_owner, company=other_company, text=PERSON)

    pages = [owner_client.post(PAGE, {"number": PERSON}).content.decode() for _ in range(11)]

    assert [("hör till ett annat" in page, "provat 10 nummer inom en timme" in page) for page in pages] == [
        *[(True, False)] * 10,
        (False, True),
    ]


@pytest.mark.parametrize("number", [LEGAL, PERSON])
def test_one_number_belongs_to_one_company(owner_client, other_owner, other_company, number):
    set_number(by=other_owner, company=other_company, text=number)

    response = owner_client.post(PAGE, {"number": number})

    assert response.status_code == 422
    assert other_company.name not in response.content.decode()


def test_same_number_again_changes_nothing(owner, sole_trader):
    before = CompanyNumber.objects.values().get()

    set_number(by=owner, company=sole_trader, text="19900101-0017")

    assert CompanyNumber.objects.values().get() == before


def test_owner_reads_in_full_and_it_is_logged(owner_client, owner, sole_trader):
    answers = [owner_client.get(PAGE), owner_client.post(READING), owner_client.get(PAGE)]

    assert [PERSON in answer.content.decode() for answer in answers] == [False, True, False]
    assert answers[1]["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert list(NumberReading.objects.values_list("company", "reader")) == [(sole_trader.pk, owner.pk)]


@pytest.mark.parametrize(
    ("role", "status"), [("editor", 403), ("participant", 403), ("other_owner", 404), ("staff", 404)]
)
def test_others_do_not_read_in_full(role, status, request, sole_trader):
    client = request.getfixturevalue(f"{role}_client")

    response = client.post(f"{READING}?foretag={sole_trader.slug}")

    assert (response.status_code, NumberReading.objects.count()) == (status, 0)


def test_reading_that_is_not_logged_does_not_happen(owner, sole_trader, monkeypatch):
    def refuse(**columns):
        raise IntegrityError

    monkeypatch.setattr(NumberReading.objects, "create", refuse)

    with pytest.raises(IntegrityError):
        read_number(by=owner, company=sole_trader)


@pytest.mark.parametrize(
    "statement", ["DELETE FROM members_numberreading", "UPDATE members_numberreading SET at = now()"]
)
def test_log_of_readings_stays(owner, sole_trader, statement):
    read_number(by=owner, company=sole_trader)

    with pytest.raises(Exception, match="reading_stays"), transaction.atomic():
        connection.cursor().execute(statement)


def test_database_refuses_a_sole_traders_number_in_clear(owner, company):
    number = CompanyNumber(company=company, changed_by=owner, digits="9001010017", fingerprint="x")

    with pytest.raises(IntegrityError, match="sole_traders_number_is_sealed"), transaction.atomic():
        number.save()


def test_staff_write_read_in_full_by_permission_alone_and_are_logged(staff_client, staff, host, sole_trader):
    page = reverse("admin:members_company_number", args=[sole_trader.pk])

    answers = [staff_client.get(page), staff_client.post(page, {"read": "1"})]

    assert [PERSON in answer.content.decode() for answer in answers] == [False, True]
    assert NumberReading.objects.get().reader == staff
    with pytest.raises(PermissionDenied):
        read_number(by=host, company=sole_trader)
    assert staff_client.post(page, {"number": LEGAL}).status_code == 302
    assert staff_client.post(page, {"number": "556529-8791"}).status_code == 422


def test_participant_writes_none(participant, company):
    with pytest.raises(PermissionDenied):
        set_number(by=participant, company=company, text=LEGAL)


def test_another_key_reads_nothing(owner, sole_trader):
    from cryptography.fernet import InvalidToken

    with override_settings(NUMBER_KEY="another"), pytest.raises(InvalidToken):
        read_number(by=owner, company=sole_trader)


def test_taken_number_is_told_apart_from_a_wrong_one(owner, other_owner, company, other_company):
    set_number(by=owner, company=company, text=LEGAL)

    with pytest.raises(NumberTaken):
        set_number(by=other_owner, company=other_company, text=LEGAL)


def every_address(company):
    """Each page of the portal that can be read, with what it needs; the admin's for this company and its rows."""
    for name, (arguments, _) in MATRIX.items():
        yield reverse(name, args=arguments)
    for name in sorted({f"admin:{name.removeprefix('admin:')}" for name, _ in resolved() if name.startswith("admin:")}):
        for arguments in ([], [company.pk]):
            try:
                yield reverse(name, args=arguments)
                break
            except NoReverseMatch:
                continue
    yield from (company.url, f"/en/companies/{company.slug}/")
    yield from (f"{path}?q={secret}" for path in ("/foretag/", "/sok/") for secret in SECRETS)


def leaks(text, asked=""):
    return [secret for secret in SECRETS if secret in text.replace(asked, "")]


@pytest.mark.parametrize("role", ROLES)
def test_sole_traders_number_stands_on_no_page(role, request, sole_trader):
    client, found = request.getfixturevalue(f"{role}_client"), []
    client.raise_request_exception = False

    for path in every_address(sole_trader):
        response = client.get(path)
        body = b"".join(response) if response.streaming else response.content
        asked = path.partition("?q=")[2]
        found += [(path, secret) for secret in leaks(body.decode(errors="replace"), asked or "\0")]

    assert found == []


def test_sole_traders_number_lies_in_no_table(owner_client, sole_trader):
    """Neither in clear nor under another name: every row of every table, as text. History and queue too."""
    owner_client.post(PAGE, {"number": "850709-9805"})
    owner_client.post(READING)
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS row WHERE row::text ~ %s', ["(900101-?0017|850709-?9805)"]
            )
            found += [table] if cursor.fetchone()[0] else []

    assert (found, len(tables) > 40) == ([], True)


def test_number_is_none_of_what_a_profile_is_made_of(sole_trader):
    from members.models.profile.visibility import FIELDS

    version = sole_trader.profile
    said = {name: version.said(name) for name in version.content()}
    assert leaks(str(said) + str(FIELDS)) == []
    assert "0017" not in repr(parse(PERSON)) + str(sole_trader.number)


def test_number_is_taken_away_by_owner_or_staff_and_history_never_had_it(
    owner_client, editor_client, staff_client, owner, sole_trader
):
    page = reverse("admin:members_company_number", args=[sole_trader.pk])
    answers = [editor_client.post(f"{PAGE}bort/").status_code, owner_client.post(f"{PAGE}bort/").status_code]
    gone = not CompanyNumber.objects.exists()
    set_number(by=owner, company=sole_trader, text=PERSON)

    answers += [staff_client.post(page, {"remove": "1"}).status_code, owner_client.post(f"{PAGE}bort/").status_code]

    assert (answers, gone, CompanyNumber.objects.exists()) == ([403, 302, 302, 302], True, False)
    assert traces("900101", *SECRETS) == []
