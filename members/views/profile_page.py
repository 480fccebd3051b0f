"""What the pages of a company's profile show: its sections, how complete it is, what is not published."""

from django.shortcuts import render

from creativenorth.site.models import Cluster
from creativenorth.web.fragments import is_fragment
from members.actions.accounts import waits_for_passkey_offer
from members.actions.profile.drafts import current_values
from members.actions.profile.works import MOST_WORKS
from members.forms.profile import SECTIONS, StoryForm
from members.models import Company
from members.profile.completeness import completeness, first_steps
from members.profile.draft import company_with_values, works_in
from members.views.company_frame import address, frame


def answer(request, company, companies, *, form=None, key="", status=200, is_saved=False, shows=False):
    """The section alone for htmx, else the whole page with it open."""
    context = page(request, company, companies, form, saved=key if is_saved else None, shows=shows)
    if not is_fragment(request):
        return render(request, "members/my_company.html", context, status=status)
    context["section"] = next(row for row in context["sections"] if row["key"] == key)
    return render(request, "members/_profile_answer.html", context, status=status)


def page(request, company, companies, form=None, saved=None, shows=False):
    values, draft = current_values(company)
    state = profile_state(company, companies, values, draft)
    following = state["progress"]["next"]
    open_key = form.key if form else request.GET.get("del") or (following.part if following else "")
    written = company_with_values(company, values)
    sections = []
    for key, kind in SECTIONS.items():
        bound = form if form and form.key == key else kind(company=written, values=values)
        sections.append(
            {
                "key": key,
                "form": bound,
                "title": kind.title,
                "url": address("members:my_company_section", company, companies, key),
                "is_open": key == open_key and (key != saved or key == "works"),
                "is_saved": key == saved,
                "has_changes": bool(draft) and _has_changes(key, bound, draft),
                "has_text": kind is StoryForm,
                "has_files": bool(bound.pictures),
                "shown": shows and bound is form,
            }
        )
    around = frame(request, company, companies, "profile") | state | _works(company, companies, values)
    return around | {
        "sections": sections,
        "saved_work": request.GET.get("sparat", ""),
        "offers_passkey": waits_for_passkey_offer(request.user),
    }


def _has_changes(key, form, draft):
    is_work = key == "works" and any(name.startswith("work:") for name in draft.values)
    return is_work or any(name in draft.values for name in form.names())


def _works(company, companies, values):
    """Context of the list of works, with their addresses; and of the works to be removed."""
    kept, removed = works_in(values), []
    for name, value in values.items():
        if name.endswith(":removed") and value:
            key = name.split(":")[1]
            removed.append(_work(company, companies, key, {"title_sv": values.get(f"work:{key}:title_sv")}))
    works = [_work(company, companies, key, columns) for key, columns in kept.items()]
    for position, work in enumerate(works):
        work |= {"up": position - 1 if position else "", "down": position + 1 if position + 1 < len(works) else ""}
    return {
        "works": works,
        "removed_works": removed,
        "new_work_url": address("members:my_company_new_work", company, companies),
        "has_room": len(works) < MOST_WORKS,
        "most_works": MOST_WORKS,
    }


def _work(company, companies, key, columns):
    return {
        "key": key,
        "title": columns.get("title_sv") or "–",
        "picture": columns.get("picture") or "",
        "url": address("members:my_company_work", company, companies, key),
        "position_url": address("members:my_company_work_position", company, companies, key),
        "removal_url": address("members:my_company_work_removal", company, companies, key),
    }


def profile_state(company, companies, values, draft):
    """Context: how complete the profile is and what is not published."""
    profile_url = address("members:my_company", company, companies)
    glue = "&" if "?" in profile_url else "?"
    progress = completeness(values)
    is_public = Company.objects.public().filter(pk=company.pk, is_placeholder=False).exists()
    steps = first_steps(company, values, draft, is_public=is_public)
    may_publish = bool(draft and draft.values) or not company.published_at
    publishing_url = address("members:my_company_publishing", company, companies)
    for step in steps:
        is_last = step["part"] == "publish"
        step["url"] = publishing_url if is_last else f"{profile_url}{glue}del={step['part']}#section-{step['part']}"
        step["waits"] = is_last and not may_publish and not step["is_done"]
    following = progress["next"]
    return {
        "draft": draft,
        "version": str(draft.version) if draft else "",
        "progress": progress,
        "next_url": f"{profile_url}{glue}del={following.part}#section-{following.part}" if following else "",
        "steps": steps,
        "is_reviewed": Cluster.objects.filter(reviews_profiles=True).exists(),
        "may_publish": may_publish,
        "is_member": Company.objects.members().filter(pk=company.pk).exists(),
        "publishing_url": publishing_url,
        "preview_url": address("members:my_company_preview", company, companies),
    }
