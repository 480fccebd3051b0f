from django.urls import path
from django.utils.translation import pgettext_lazy

from members.views import (
    company,
    company_numbers,
    directory,
    earlier_versions,
    enquiries,
    invitations,
    my_data,
    my_page,
    notifications,
    people,
    profile,
    works,
)
from members.views.company_frame import names_company_in_address

app_name = "members"
urlpatterns = [
    path(pgettext_lazy("url", "companies/"), directory.directory, name="directory"),
    path(pgettext_lazy("url", "companies/<slug:slug>/"), company.company, name="company"),
    path(pgettext_lazy("url", "companies/<slug:slug>/picture.png"), company.picture, name="company_picture"),
    path(pgettext_lazy("url", "join/"), enquiries.join, name="join"),
    path(pgettext_lazy("url", "contact/"), enquiries.contact, name="contact"),
    path(pgettext_lazy("url", "accessibility/report-a-barrier/"), enquiries.barrier, name="barrier"),
    path(pgettext_lazy("url", "thank-you/<str:kind>/"), enquiries.thanks, name="thanks"),
    path(pgettext_lazy("url", "my-page/"), my_page.home, name="home"),
    path(pgettext_lazy("url", "my-page/mail/"), notifications.notifications, name="notifications"),
    path(pgettext_lazy("url", "no-more-mail/<str:token>/"), notifications.unsubscribe, name="unsubscribe"),
    path(pgettext_lazy("url", "my-page/data/"), my_data.my_data, name="my_data"),
    path(pgettext_lazy("url", "my-page/data/my-data.json"), my_data.download, name="my_data_download"),
    path(pgettext_lazy("url", "my-page/data/erase/"), my_data.erasure, name="my_data_erasure"),
    path(pgettext_lazy("url", "my-company/"), profile.my_company, name="my_company"),
    path(pgettext_lazy("url", "my-company/section/<slug:key>/"), profile.section, name="my_company_section"),
    path(pgettext_lazy("url", "my-company/preview/"), profile.preview, name="my_company_preview"),
    path(pgettext_lazy("url", "my-company/publishing/"), profile.publishing, name="my_company_publishing"),
    path(pgettext_lazy("url", "my-company/draft/discard/"), profile.discard, name="my_company_discard"),
    path(pgettext_lazy("url", "my-company/versions/"), earlier_versions.versions, name="my_company_versions"),
    path(
        pgettext_lazy("url", "my-company/versions/<uuid:revision>/"),
        earlier_versions.version,
        name="my_company_version",
    ),
    path(
        pgettext_lazy("url", "my-company/versions/<uuid:revision>/page/"),
        earlier_versions.version_page,
        name="my_company_version_page",
    ),
    path(pgettext_lazy("url", "my-company/people/"), people.people, name="my_company_people"),
    path(
        pgettext_lazy("url", "my-company/people/invitations/<uuid:uuid>/withdraw/"),
        people.invitation_withdrawal,
        name="my_company_invitation_withdrawal",
    ),
    path(
        pgettext_lazy("url", "my-company/people/invitations/<uuid:uuid>/again/"),
        people.invitation_again,
        name="my_company_invitation_again",
    ),
    path(pgettext_lazy("url", "my-company/people/<uuid:uuid>/"), people.affiliation, name="my_company_affiliation"),
    path(
        pgettext_lazy("url", "my-company/people/<uuid:uuid>/remove/"),
        people.affiliation_removal,
        name="my_company_affiliation_removal",
    ),
    path(pgettext_lazy("url", "my-company/leave/"), people.leaving, name="my_company_leaving"),
    path(pgettext_lazy("url", "my-company/organisation-number/"), company_numbers.number, name="my_company_number"),
    path(
        pgettext_lazy("url", "my-company/organisation-number/removal/"),
        company_numbers.number_removal,
        name="my_company_number_removal",
    ),
    path(
        pgettext_lazy("url", "my-company/organisation-number/in-full/"),
        company_numbers.number_reading,
        name="my_company_number_reading",
    ),
    path(pgettext_lazy("url", "my-company/new-work/"), works.new_work, name="my_company_new_work"),
    path(pgettext_lazy("url", "my-company/works/<uuid:key>/"), works.work, name="my_company_work"),
    path(pgettext_lazy("url", "my-company/works/<uuid:key>/place/"), works.position, name="my_company_work_position"),
    path(pgettext_lazy("url", "my-company/works/<uuid:key>/removal/"), works.removal, name="my_company_work_removal"),
    path(pgettext_lazy("url", "invitation/<str:token>/"), invitations.invitation, name="invitation"),
]
for pattern in urlpatterns:
    if pattern.name.startswith("my_company"):
        pattern.callback = names_company_in_address(pattern.callback)
