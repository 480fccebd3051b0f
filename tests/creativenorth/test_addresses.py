"""One mailbox is one address, however it is spelled, and no spelling reaches another mailbox."""

import re
import sys
import unicodedata
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils.module_loading import import_string

from creativenorth.text.addresses import AddressField, AddressFormField, comparable_address, normal_address
from members.models import User
from tests.factories import make_user

NORMAL = "namn@xn--smrgs-pra0j.example"
SPELLINGS = [
    "namn@smörgås.example",
    " Namn@Smörgås.Example\n",
    "NAMN@SMÖRGÅS.EXAMPLE",
    "na\u200bmn@smörgås\ufeff.example",
    "\u2066namn@smörgås.example\u2069",
    "namn\u00ad@smörgås.example",
    unicodedata.normalize("NFD", "namn@smörgås.example"),
    "namn@XN--SMRGS-PRA0J.example",
    "\u00a0namn@xn--smrgs-pra0j.example\u00a0",
]
EVERY_SIGN = [chr(number) for number in range(128, sys.maxunicode + 1) if not 0xD800 <= number <= 0xDFFF]


def crosses_into_ascii(sign):
    forms_of = (sign.upper(), sign.lower(), sign.title(), sign.casefold(), unicodedata.normalize("NFKC", sign))
    return any(any("a" <= each <= "z" for each in form.lower()) for form in forms_of)


CROSSING = [sign for sign in EVERY_SIGN if crosses_into_ascii(sign)]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spellings_of_one_mailbox_are_one_address(spelling):
    assert normal_address(spelling) == NORMAL


@pytest.mark.parametrize(
    "text",
    ["", "namn", "@b.example", "a@", "a b@c.example", "a@b.example, c@d.example", "a\n@b.example", "a@b\0.example",
     '"a b"@c.example', "ö@b.example", "a@b..example", "a@straße.example", "a@vinter\uff0eexample",
     f"{'a' * 250}@b.example", "a@" + "å" * 80 + ".example"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ValidationError):
        normal_address(text)
    assert comparable_address(text) != NORMAL


def test_the_error_names_the_letter():
    with pytest.raises(ValidationError) as found:
        normal_address("vınter@b.example")

    text = "”ı” kan inte stå före @: där står bokstäver från a till z, siffror och tecken som . och -."
    assert found.value.messages == [text]


def test_no_letter_becomes_one_of_ascii():
    """The dotless i, the long s, the Kelvin sign, ligatures, fullwidth letters and all their like."""
    assert {"ı", "ſ", "\u212a", "ﬁ", "ａ", "İ"} < set(CROSSING)
    for sign in CROSSING:
        with pytest.raises(ValidationError):
            normal_address(f"v{sign}nter@b.example")
        domain = _domain_with(sign)
        assert domain is None or domain.startswith("xn--"), sign


def _domain_with(sign):
    try:
        return normal_address(f"a@v{sign}nter.example").partition("@")[2]
    except ValidationError:
        return None


def columns_of_addresses():
    return [
        field
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ("creativenorth", "members", "events", "programmes") and not model._meta.proxy
        for field in model._meta.local_fields
        if isinstance(field, models.EmailField) or (re.search(r"e_?mail", field.name) and not field.is_relation)
    ]


def test_every_column_of_addresses_keeps_the_normal_form():
    columns = columns_of_addresses()

    assert len(columns) > 12
    assert {str(column) for column in columns if not isinstance(column, AddressField)} == set()


def forms_of_ours():
    for name in ("creativenorth", "members", "events", "programmes"):
        for path in (settings.BASE_DIR / name).rglob("forms/*.py"):
            import_string(f"{'.'.join(path.relative_to(settings.BASE_DIR).with_suffix('').parts)}.__doc__")
    found, new = set(), {forms.BaseForm}
    while new:
        found |= new
        new = {each for form in new for each in form.__subclasses__()} - found
    return [
        form
        for form in found
        if form.__module__.partition(".")[0] in ("creativenorth", "members", "events", "programmes")
    ]


def test_every_form_reads_addresses_alike():
    wrong = {
        f"{form.__qualname__}.{name}"
        for form in forms_of_ours()
        for name, field in getattr(form, "base_fields", {}).items()
        if (isinstance(field, forms.EmailField) or re.search(r"e_?mail", name))
        and not isinstance(field, AddressFormField)
        and not name.startswith(("visibility", "show"))
        and "sign_in" not in form.__module__
    }

    assert wrong == set()


@pytest.mark.parametrize("name", ["login", "request_login_code", "reset_password", "add_email"])
def test_every_form_of_signing_in_reads_addresses_alike(name):
    form = import_string(settings.ACCOUNT_FORMS[name])()

    fields = [field for field in form.fields.values() if isinstance(field, forms.EmailField)]
    assert [isinstance(field, AddressFormField) for field in fields] == [True]


def test_the_source_compares_addresses_as_they_are_stored():
    """The database's upper() makes "I" of "ı"."""
    folding = re.compile(
        r"(e_?mail|address|\bto)__i(exact|contains|startswith)|(Lower|Upper)\(.{0,30}e_?mail|(lower|upper)\(\w*\.?email"
        r"|(e_?mail|address)\)?\.(lower|upper|casefold)\("
    )
    sources = [
        path for name in ("creativenorth", "members", "events", "programmes") for path in Path(name).rglob("*.py")
    ]

    found = [
        f"{path}: {line.strip()}" for path in sources for line in path.read_text().splitlines() if folding.search(line)
    ]
    assert (len(sources) > 200, found) == (True, [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "column"), sorted({(f.model._meta.db_table, f.column) for f in columns_of_addresses()})
)
def test_the_database_refuses_any_other_form(table, column):
    """Asked of the rule itself: the tables need no rows."""
    _assert_refuses(table, column)


@pytest.mark.django_db
def test_the_database_refuses_any_other_form_of_what_people_sign_in_with():
    _assert_refuses("account_emailaddress", "email")


def _assert_refuses(table, column):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c' AND conkey"
            " = ARRAY[(SELECT attnum FROM pg_attribute WHERE attrelid = conrelid AND attname = %s)]",
            [table, column],
        )
        rule = next(text for (text,) in cursor.fetchall() if "~" in text)
        wrong = [
            "Anna@b.example",
            "vınter@b.example",
            "a@vınter.example",
            "a\u200b@b.example",
            "a @b.example",
            "a",
            "a@b@c",
        ]
        for text in [NORMAL, *wrong]:
            quoted = f'"{column}"' if f'"{column}"' in rule else column
            cursor.execute(f"SELECT {rule} FROM (SELECT %s::varchar AS {quoted}) one", [text])
            assert cursor.fetchone()[0] == (text == NORMAL), text


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_column_is_found_by_any_spelling_and_kept_in_one(spelling):
    made = make_user(NORMAL)

    assert User.objects.get(email=spelling) == made
    assert list(User.objects.filter(email__in=[spelling])) == [made]
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email=spelling, name="Annan")])
    with pytest.raises(ValidationError):
        User(email=spelling, name="Annan", password="x").full_clean()


@pytest.mark.django_db
def test_a_search_of_staff_finds_a_part_in_any_case():
    made = make_user(NORMAL)

    assert list(User.objects.filter(email__contains="NAMN@")) == [made]
    with pytest.raises(FieldError):
        User.objects.filter(email__icontains="namn")


@pytest.mark.django_db
def test_what_is_no_address_is_not_written():
    make_user(NORMAL)

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.update(email="namn@b\u00e5.example, x")
    with pytest.raises(IntegrityError), transaction.atomic():
        EmailAddress.objects.update(email="NAMN@b.example")
