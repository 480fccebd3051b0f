"""What the pages of a company's profile show: its sections, how complete it is, what is not published."""

from django.db.models import prefetch_related_objects
from django.shortcuts import render
from django.utils.translation import gettext as _

from creativenorth.forms.confirmation import Question
from creativenorth.web.fragments import is_fragment
from members.actions.accounts import waits_for_passkey_offer
from members.actions.profile.drafts import is_reviewed
from members.actions.profile.works import MOST_WORKS
from members.forms.profile import SECTIONS, StoryForm
from members.models.company import LISTS
from members.profile.changes import differing_fields
from members.profile.completeness import completeness, first_steps
from members.views.company_frame import address, frame


def answer(request, company, companies, *, form=None, key="", status=200, saved_text="", shows=False):
    """The section alone for htmx, else the whole page with it open. `saved_text` says that it is saved."""
    company.refresh_from_db()  # as the form has left it
    context = page(request, company, companies, form, saved=key if saved_text else None, shows=shows, open_key=key)
    context["saved_text"] = saved_text
    if not is_fragment(request):
        return render(request, "members/my_company.html", context, status=status)
    context["section"] = next(row for row in context["sections"] if row["key"] == key)
    return render(request, "members/_profile_answer.html", context, status=status)


def page(request, company, companies, form=None, saved=None, shows=False, open_key=""):
    if company.public_version:
        prefetch_related_objects([company.public_version], *LISTS)
    draft = company.versions.drafts().prefetch_related(*LISTS).first()
    version, changed = draft or company.profile, differing_fields(company.profile, draft) if draft else set()
    state = profile_state(company, companies, draft)
    following = state["progress"]["next"]
    saved = saved or request.GET.get("sparad")
    suggested = following.part if following and not saved else ""
    open_key = open_key or request.GET.get("del") or suggested
    sections = []
    for key, kind in SECTIONS.items():
        is_sent, is_open = form is not None and form.key == key, key in (open_key, saved)
        sections.append(
            {
                "key": key,
                "form": form if is_sent else kind(company=company, version=version) if is_open else None,
                "title": kind.title,
                "url": address("members:my_company_section", company, companies, key),
                "open_url": section_url(company, companies, key),
                "is_open": is_open,
                "is_saved": key == saved,
                "has_changes": key in changed or not changed.isdisjoint(kind.names()),
                "has_text": kind is StoryForm,
                "has_files": bool(kind.pictures),
                "shown": shows and is_sent,
            }
        )
    around = frame(request, company, companies, "profile") | state | _works(company, companies, version)
    return around | {
        "is_wrong": form is not None and form.is_bound and bool(form.errors),
        "saved_text": "",
        "sections": sections,
        "saved_work": request.GET.get("sparat", ""),
        "offers_passkey": waits_for_passkey_offer(request.user),
    }


def section_url(company, companies, key):
    """The page with the section open."""
    url = address("members:my_company", company, companies)
    return f"{url}{'&' if '?' in url else '?'}del={key}#section-{key}"


def _works(company, companies, version):
    """Context of the list of works, with their addresses; and of the works to be removed."""
    works = [_work(company, companies, work) for work in version.shown_works]
    for position, work in enumerate(works):
        work |= {"up": position - 1 if position else "", "down": position + 1 if position + 1 < len(works) else ""}
    return {
        "works": works,
        "removed_works": [_work(company, companies, work) for work in version.listed("works") if work.is_removed],
        "new_work_url": address("members:my_company_new_work", company, companies),
        "has_room": len(works) < MOST_WORKS,
        "most_works": MOST_WORKS,
    }


def _work(company, companies, work):
    return {
        "key": work.key,
        "title": work.title_sv or "–",
        "picture": work.value("picture"),
        "url": address("members:my_company_work", company, companies, work.key),
        "position_url": address("members:my_company_work_position", company, companies, work.key),
        "removal_url": address("members:my_company_work_removal", company, companies, work.key),
        "removal_question": removal_question(work.title_sv or "–"),
    }


def removal_question(title):
    return Question(
        _("Take away “%(title)s”?") % {"title": title},
        _("It goes from your page when you publish."),
        _("Take the work away"),
        _("No, keep it"),
    )


def profile_state(company, companies, draft):
    """Context: how complete the profile is and what is not published."""
    version = draft or company.profile
    progress = completeness(version)
    is_public = bool(company.is_member and company.published_at) and not company.profile.is_placeholder
    steps = first_steps(version, is_public=is_public)
    may_publish = not company.published_at or bool(draft and differing_fields(company.profile, draft))
    publishing_url = address("members:my_company_publishing", company, companies)
    for step in steps:
        is_last = step["part"] == "publish"
        step["url"] = publishing_url if is_last else section_url(company, companies, step["part"])
        step["waits"] = is_last and not may_publish and not step["is_done"]
    following = progress["next"]
    return {
        "draft": draft,
        "version": str(draft.revision) if draft else "",
        "progress": progress,
        "next_url": section_url(company, companies, following.part) if following else "",
        "steps": steps,
        "is_reviewed": is_reviewed(),
        "may_publish": may_publish,
        "is_member": company.is_member,
        "publishing_url": publishing_url,
        "preview_url": address("members:my_company_preview", company, companies),
    }
