"""Who gets which answer at which address. An address that is missing here fails the first test: add it, think, then run."""

import pytest
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.translation import override

from tests import factories
from tests.roles import ROLES

pytestmark = pytest.mark.django_db

SIGN_IN = "sign in"
NOBODY = "00000000-0000-4000-8000-000000000000"
EVERYONE = [200] * 7
SIGNED_IN = [SIGN_IN, *[200] * 6]
AFTER_PASSWORD = [SIGN_IN, *[302] * 6]  # asks once more who it is
# Name → arguments and the answers to GET: visitor, participant, editor, owner, owner of another company, host, staff.
MATRIX = {
    "healthz": ([], EVERYONE),
    "readyz": ([], [503] * 7),  # no worker is running
    "robots": ([], EVERYONE),
    "sitemap": ([], EVERYONE),
    "sitemap_section": (["members"], EVERYONE),
    "security": ([], EVERYONE),
    "favicon": ([], [302] * 7),
    "upload": (["logos/finns-inte.png"], [404] * 7),
    "demo_mails": ([], EVERYONE),
    **{name: (["finns-inte"], [404] * 7) for name in ("demo_mail", "demo_mail_html")},
    "cluster": ([], EVERYONE),
    "cluster_preview": (["cluster", "sv"], [*[SIGN_IN] * 5, 405, 405]),
    "about": ([], EVERYONE),
    "search": ([], EVERYONE),
    "results": ([], EVERYONE),
    "privacy": ([], EVERYONE),
    "accessibility": ([], EVERYONE),
    "cookies": ([], EVERYONE),
    "members:directory": ([], EVERYONE),
    "members:company": (["utkast"], [404, 200, 200, 200, 404, 200, 200]),
    "members:company_picture": (["oh-hej-ab"], EVERYONE),
    "members:join": ([], EVERYONE),
    "members:contact": ([], EVERYONE),
    "members:barrier": ([], EVERYONE),
    "members:thanks": (["join"], EVERYONE),
    "news": ([], EVERYONE),
    "news_feed": ([], EVERYONE),
    "news_item": (["utkast"], [404, 404, 404, 404, 404, 200, 200]),
    "members:home": ([], SIGNED_IN),
    "members:notifications": ([], SIGNED_IN),
    "members:unsubscribe": (["finns-inte"], [404] * 7),
    "members:my_data": ([], SIGNED_IN),
    "members:my_data_download": ([], SIGNED_IN),
    "members:my_data_erasure": ([], SIGNED_IN),
    "members:my_company": ([], SIGNED_IN),
    "members:my_company_section": (["story"], [SIGN_IN, *[405] * 6]),
    "members:my_company_preview": ([], [SIGN_IN, 403, 200, 200, 200, 404, 404]),
    "members:my_company_publishing": ([], [SIGN_IN, 403, 200, 200, 200, 404, 404]),
    "members:my_company_discard": ([], [SIGN_IN, *[405] * 6]),
    "members:my_company_versions": ([], [SIGN_IN, 403, 200, 200, 200, 404, 404]),
    "members:my_company_version": ([NOBODY], [SIGN_IN, 403, *[404] * 5]),
    "members:my_company_version_page": ([NOBODY], [SIGN_IN, *[404] * 6]),
    "members:my_company_people": ([], [SIGN_IN, *[200] * 4, 404, 404]),
    **{f"members:my_company_invitation_{one}": ([NOBODY], [SIGN_IN, *[405] * 6]) for one in ("again", "withdrawal")},
    "members:my_company_affiliation": ([NOBODY], [SIGN_IN, *[404] * 6]),
    "members:my_company_affiliation_removal": ([NOBODY], [SIGN_IN, *[404] * 6]),
    "members:my_company_leaving": ([], [SIGN_IN, *[200] * 4, 404, 404]),
    "members:my_company_number": ([], [SIGN_IN, 403, 200, 200, 200, 404, 404]),
    "members:my_company_number_reading": ([], [SIGN_IN, *[405] * 6]),
    "members:my_company_number_removal": ([], [SIGN_IN, *[405] * 6]),
    "members:my_company_new_work": ([], [SIGN_IN, 403, 200, 200, 200, 404, 404]),
    "members:my_company_work": ([NOBODY], [SIGN_IN, 403, *[404] * 5]),
    "members:my_company_work_position": ([NOBODY], [SIGN_IN, *[405] * 6]),
    "members:my_company_work_removal": ([NOBODY], [SIGN_IN, *[405] * 6]),
    "members:invitation": (["finns-inte"], [404] * 7),
    "events:activities": ([], EVERYONE),
    "events:activity": (["utkast"], [404, 404, 404, 404, 404, 200, 200]),
    "events:public_feed": ([], EVERYONE),
    "events:calendar": ([], [302] * 7),
    "events:month": ([timezone.localdate()], EVERYONE),
    "events:week": ([timezone.localdate()], EVERYONE),
    "events:activity_picture": (["utkast"], [404, 404, 404, 404, 404, 200, 200]),
    "events:activity_file": (["utkast"], [404, 404, 404, 404, 404, 200, 200]),
    "events:private_feed": (["finns-inte"], [404] * 7),
    "events:feeds": ([], SIGNED_IN),
    "events:feed_giving": ([], [SIGN_IN, *[405] * 6]),
    "events:feed_revoking": ([], [SIGN_IN, *[405] * 6]),
    "events:ticket": (["finns-inte"], [SIGN_IN, *[404] * 6]),
    "events:arrival": (["finns-inte"], [SIGN_IN, *[405] * 6]),
    "events:check_in": (["utkast"], [SIGN_IN, 404, 404, 404, 404, 403, 200]),
    "events:passing": (["utkast"], [SIGN_IN, *[405] * 6]),
    "events:signup": (["utkast"], [404, 404, 404, 404, 404, 200, 200]),
    "events:signup_sent": (["utkast"], [404, 404, 404, 404, 404, 200, 200]),
    "events:guest_confirmation": (["finns-inte"], [404] * 7),
    **{f"events:registration_{one}": (["finns-inte"], [405] * 7) for one in ("mode", "answer", "cancellation")},
    "events:registration_again": (["finns-inte", "utkast"], [405] * 7),
    "events:registration": (["finns-inte"], [404] * 7),
    "events:registration_details": (["finns-inte"], [404] * 7),
    "events:registration_erasure": (["finns-inte"], [404] * 7),
    "events:colleague_cancellation": (["utkast"], [SIGN_IN, *[405] * 6]),
    "programmes:programmes": ([], EVERYONE),
    "programmes:poster": ([], EVERYONE),
    "programmes:strategy": ([], EVERYONE),
    "programmes:programme": (["utkast"], [404, 404, 404, 404, 404, 200, 200]),
    "account_login": ([], [200, *[302] * 6]),
    "account_request_login_code": ([], [200, *[302] * 6]),
    "account_confirm_login_code": ([], [302] * 7),
    "account_logout": ([], [302, *[200] * 6]),
    "account_signup": ([], [200, *[302] * 6]),
    "account_reauthenticate": ([], SIGNED_IN),
    "account_email_verification_sent": ([], EVERYONE),
    "account_confirm_email": (["finns-inte"], EVERYONE),
    "account_email": ([], SIGNED_IN),
    "account_change_password": ([], SIGNED_IN),
    **dict.fromkeys(["account_inactive", "account_reset_password", "account_reset_password_done"], ([], EVERYONE)),
    "account_set_password": ([], [SIGN_IN, *[302] * 6]),
    "account_reset_password_from_key": (["a", "b"], EVERYONE),
    "account_reset_password_from_key_done": ([], EVERYONE),
    "mfa_index": ([], SIGNED_IN),
    "mfa_authenticate": ([], [SIGN_IN, *[302] * 6]),
    "mfa_reauthenticate": ([], AFTER_PASSWORD),
    "mfa_activate_totp": ([], AFTER_PASSWORD),
    "mfa_deactivate_totp": ([], [SIGN_IN, *[404] * 6]),
    "mfa_view_recovery_codes": ([], [SIGN_IN, *[404] * 6]),
    "mfa_generate_recovery_codes": ([], AFTER_PASSWORD),
    "mfa_download_recovery_codes": ([], [SIGN_IN, *[404] * 6]),
    "mfa_login_webauthn": ([], [SIGN_IN, *[302] * 6]),
    "mfa_list_webauthn": ([], SIGNED_IN),
    "passkey_offer": ([], SIGNED_IN),
    "mfa_add_webauthn": ([], AFTER_PASSWORD),
    "mfa_remove_webauthn": ([987654], AFTER_PASSWORD),
    "mfa_edit_webauthn": ([987654], AFTER_PASSWORD),
    "mfa_reauthenticate_webauthn": ([], AFTER_PASSWORD),
    "usersessions_list": ([], SIGNED_IN),
}
# Open without an account (LoginRequiredMiddleware asks for one everywhere else).
PUBLIC = {name for name, (_, codes) in MATRIX.items() if codes[0] != SIGN_IN} | {
    "admin:login",
    "mfa_authenticate",
    "mfa_login_webauthn",
}


def resolved(resolver=None, namespace=""):
    """Each address of the portal once: its full name and its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from resolved(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            yield f"{namespace}{pattern.name}", pattern


def is_admins(name):
    return name.startswith("admin:")


def answer(response):
    """The status; for a redirect to the sign-in page just that."""
    with override("sv"):
        sign_in = reverse("account_login")
    is_sign_in = response.status_code == 302 and response.url.partition("?")[0] in (sign_in, reverse("admin:login"))
    return SIGN_IN if is_sign_in else response.status_code


def answers(request, url, method="get", data=None):
    return [answer(getattr(request.getfixturevalue(f"{role}_client"), method)(url, data)) for role in ROLES]


@pytest.fixture
def drafts(company):
    """What most people must not find: a company, an activity and a programme that are not published."""
    draft = factories.make_company("Utkast", published=False)
    factories.make_activity(slug="utkast", published=False)
    factories.make_programme(slug="utkast", published=False)
    factories.make_news(slug="utkast", published=False)
    return draft


@pytest.fixture
def people_of_the_draft(drafts, participant, editor, owner):
    for person, role in ((participant, "participant"), (editor, "editor"), (owner, "owner")):
        factories.make_affiliation(person, drafts, role)


def test_matrix_names_every_address():
    names = {name for name, _ in resolved() if not is_admins(name)}

    assert names == set(MATRIX)


def test_public_addresses_are_these():
    public = {name for name, pattern in resolved() if not getattr(pattern.callback, "login_required", True)}

    assert public == PUBLIC


@pytest.mark.parametrize("name", MATRIX)
def test_get_answers_each_role(name, request, drafts, matrix):
    arguments, expected = MATRIX[name]
    if name == "members:company":
        request.getfixturevalue("people_of_the_draft")

    assert matrix("GET", name, expected, answers(request, reverse(name, args=arguments)))


OPEN_TO_HOSTS = {"events_activity", "events_session"}


# Admin pages that are of no object; every other one takes an object's number.
GENERAL = {
    "index", "finder", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n", "view_on_site",
    "app_list", "None", "creativenorth_mail_status", "creativenorth_mail_test",
    "events_activity_days", "events_activity_first_preview",
    "markdown", "english", "members_user_staff",
}  # fmt: skip


def admin_pages(*kinds):
    """The admin's addresses of the kinds, without the general ones."""
    names = {name.removeprefix("admin:") for name, _ in resolved() if is_admins(name)} - GENERAL
    return sorted(f"admin:{name}" for name in names if name.rpartition("_")[2] in kinds)


def model_of(name):
    return name.removeprefix("admin:").rpartition("_")[0]


@pytest.mark.parametrize("name", admin_pages("changelist"))
def test_admin_list_is_for_staff_with_the_permission(name, request, matrix):
    host = 200 if model_of(name) in OPEN_TO_HOSTS else 403
    staff = 302 if name == "admin:creativenorth_cluster_changelist" else 200  # the one row, at once

    found = answers(request, reverse(name))

    assert matrix("GET", name, [*[SIGN_IN] * 5, host, staff], found)


@pytest.mark.parametrize("name", admin_pages("add"))
def test_admin_form_is_for_coordinators(name, request):
    found = answers(request, reverse(name))

    assert found[:6] == [*[SIGN_IN] * 5, 403]
    assert found[6] in (200, 403)


def test_admin_page_of_an_object_is_closed_to_others(request):
    counts = {name: str(pattern.pattern).count("<") for name, pattern in resolved() if is_admins(name)}

    for name in sorted(name for name in counts if counts[name] and name.removeprefix("admin:") not in GENERAL):
        found = answers(request, reverse(name, args=["987654", NOBODY][: counts[name]]))
        assert (name, found[:5]) == (name, [SIGN_IN] * 5)
        assert (name, found[5] in (302, 403, 404, 405)) == (name, True)


@pytest.mark.parametrize(
    "name", ["admin:index", "admin:finder", "admin:english", "admin:password_change", "admin:jsi18n"]
)
def test_admin_itself_is_for_staff(name, request, matrix):
    assert matrix("GET", name, [*[SIGN_IN] * 5, 200, 200], answers(request, reverse(name)))


@pytest.mark.parametrize(("name", "codes"), [("status", [403, 200]), ("test", [405, 405])])
def test_pages_of_the_whole_outbox_are_for_staff_with_the_permission(name, codes, request, matrix):
    name = f"admin:creativenorth_mail_{name}"

    assert matrix("GET", name, [*[SIGN_IN] * 5, *codes], answers(request, reverse(name)))


@pytest.mark.parametrize(
    ("method", "name", "codes"), [("get", "days", [200, 200]), ("post", "first_preview", [403, 422])]
)
def test_days_in_words_and_previews_of_new_activities_are_for_staff(method, name, codes, request, matrix):
    name = f"admin:events_activity_{name}"

    assert matrix(method.upper(), name, [*[SIGN_IN] * 5, *codes], answers(request, reverse(name), method))


def test_post_without_a_form_page_changes_nothing_for_a_visitor(visitor_client):
    for name, (arguments, codes) in MATRIX.items():
        if codes[0] == SIGN_IN:
            assert (name, answer(visitor_client.post(reverse(name, args=arguments)))) == (name, SIGN_IN)


WRITTEN_BY_EDITORS = {
    "members:my_company_section": (["contact"], {"email": "ingen adress"}, 422),
    "members:my_company_work": ([NOBODY], {"title_sv": ""}, 422),
    "members:my_company_work_position": ([NOBODY], {"place": "0"}, 404),
    "members:my_company_work_removal": ([NOBODY], {"confirmed": "yes"}, 302),
    "members:my_company_publishing": ([], {"version": "gammal"}, 409),
    "members:my_company_discard": ([], {"version": "", "confirmed": "yes"}, 302),
    "members:my_company_preview": ([], {}, 200),
}


@pytest.mark.parametrize("name", WRITTEN_BY_EDITORS)
def test_post_to_my_company_is_for_its_editors(name, request, company, other_company, matrix):
    arguments, data, expected = WRITTEN_BY_EDITORS[name]

    codes = answers(request, f"{reverse(name, args=arguments)}?foretag={company.slug}", "post", data)

    assert matrix("POST", name, [SIGN_IN, 403, expected, expected, 404, 404, 404], codes)
