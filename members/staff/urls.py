"""Addresses of staff's own screens, under /admin/members/; they take precedence over those of the admin."""

from django.urls import path

from members.models import Company, User
from members.staff import (
    company_card,
    company_numbers,
    distinct_pairs,
    enquiries,
    erasure,
    exports,
    imports,
    leads,
    letters,
    merging,
    profile_review,
    profile_versions,
    staff_accounts,
)
from members.staff.export_tables import TABLES

COMPANIES, PEOPLE = {"model": Company}, {"model": User}

urlpatterns = [
    path("company/duplicates/", merging.duplicates, COMPANIES, name="members_company_duplicates"),
    path("company/duplicates/apart/", distinct_pairs.mark, name="members_company_mark_distinct"),
    path("company/duplicates/apart/list/", distinct_pairs.distinct_pairs, name="members_company_distinct_pairs"),
    path("company/duplicates/apart/undo/", distinct_pairs.unmark, name="members_company_unmark_distinct"),
    path("company/merge/", merging.merge, COMPANIES, name="members_company_merge"),
    path("company/<int:pk>/twins/", merging.merge_with, COMPANIES, name="members_company_merge_with"),
    path("company/<int:pk>/card/", company_card.card, name="members_company_card"),
    path("company/<int:pk>/notes/", company_card.notes, name="members_company_notes"),
    path("companynote/<int:pk>/text/", company_card.note, name="members_companynote_text"),
    path("companynote/<int:pk>/step/", company_card.note_step, name="members_companynote_step"),
    path("companynote/<int:pk>/removal/", company_card.note_removal, name="members_companynote_removal"),
    path("company/<int:pk>/number/", company_numbers.company_number, name="members_company_number"),
    path("user/staff/", staff_accounts.staff_accounts, name="members_user_staff"),
    path("user/<int:pk>/role/", staff_accounts.role, name="members_user_role"),
    path("user/<int:pk>/staff-withdrawal/", staff_accounts.withdrawal, name="members_user_staff_withdrawal"),
    path("user/duplicates/", merging.duplicates, PEOPLE, name="members_user_duplicates"),
    path("user/merge/", merging.merge, PEOPLE, name="members_user_merge"),
    path("user/<int:pk>/twins/", merging.merge_with, PEOPLE, name="members_user_merge_with"),
    path("user/<int:pk>/erasure/", erasure.erasure, name="members_user_erasure"),
    path("profileversion/<int:pk>/review/", profile_review.review, name="members_profileversion_review"),
    path("company/<int:pk>/versions/", profile_versions.versions, name="members_company_versions"),
    path("company/<int:pk>/versions/<uuid:revision>/", profile_versions.version, name="members_company_version"),
    path("enquiry/add/", leads.new_lead, name="members_enquiry_add"),
    path("enquiry/<int:pk>/change/", enquiries.enquiry, name="members_enquiry_change"),
    path("enquiry/<int:pk>/stage/", enquiries.stage, name="members_enquiry_stage"),
    path("enquiry/<int:pk>/notes/", enquiries.notes, name="members_enquiry_notes"),
    path("enquiry/<int:pk>/follow-up/", enquiries.follow_up, name="members_enquiry_follow_up"),
    path("enquiry/<int:pk>/lead/", leads.lead, name="members_enquiry_lead"),
    path("enquiry/<int:pk>/account/", leads.account, name="members_enquiry_account"),
    path("enquiry/<int:pk>/answer/", enquiries.answer, name="members_enquiry_answer"),
    path("enquiry/<int:pk>/company/", enquiries.company, name="members_enquiry_company"),
    path("letter/<int:pk>/test/", letters.test, name="members_letter_test"),
    path("letter/<int:pk>/reading/", letters.reading, name="members_letter_reading"),
    path("letter/<int:pk>/sending/", letters.sending, name="members_letter_sending"),
    path("letter/<int:pk>/withdrawal/", letters.withdrawal, name="members_letter_withdrawal"),
    path("letter/<int:pk>/deliveries/", letters.deliveries, name="members_letter_deliveries"),
    path("import/add/", imports.send, name="members_import_add"),
    path("import/template/<slug:kind>/", imports.template, name="members_import_template"),
    path("import/<int:pk>/change/", imports.table_import, name="members_import_change"),
    path("import/<int:pk>/columns/", imports.columns, name="members_import_columns"),
    path("import/<int:pk>/decisions/", imports.decisions, name="members_import_decisions"),
    path("import/<int:pk>/carrying-out/", imports.carrying_out, name="members_import_carrying-out"),
    path("import/<int:pk>/undoing/", imports.undoing, name="members_import_undoing"),
    path("import/<int:pk>/discarding/", imports.discarding, name="members_import_discarding"),
    path("import/<int:pk>/broken/", imports.broken, name="members_import_broken"),
    *[
        path(
            f"{model._meta.model_name}/export/<slug:form>/",
            exports.export,
            {"model": model, "table": table},
            name=f"members_{model._meta.model_name}_export",
        )
        for model, table in TABLES.items()
    ],
]
