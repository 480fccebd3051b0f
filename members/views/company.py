from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creativenorth.drawing.bearings import direction_of
from creativenorth.drawing.municipalities import BY_CODE
from creativenorth.drawing.share_picture import ShareCard
from creativenorth.prepared import prepared
from creativenorth.web.pagecache import public_page
from creativenorth.web.share_pictures import share_response
from creativenorth.web.structured_data import data_block
from members.models import Affiliation, Company, audience_of
from members.profile.shown import Profile


@public_page
@login_not_required
@require_safe
def company(request, slug):
    """GET: a company's page; 301 from the address of one merged into it. 404 for one that the reader may not see."""
    public = _public(slug)
    found = public[0] if public else _named(_whole(Company.objects.visible_to(request.user)), slug)
    if found.slug != slug:
        return HttpResponsePermanentRedirect(found.url)
    can_edit = request.user.is_authenticated and Company.objects.editable_by(request.user).filter(pk=found.pk).exists()
    return render(
        request,
        "members/company.html",
        company_page(Profile(found, audience_of(request.user)))
        | {"can_edit": can_edit, "admin_url": _admin_url(request.user, found)},
    )


def _whole(companies):
    return companies.with_whole_profile().with_next()


@prepared
def _public(slug):
    return _whole(Company.objects.public()).filter(slug=slug)


def _named(companies, slug):
    """The company with that address, else the one into which it was merged."""
    found = companies.filter(slug=slug).first() or companies.filter(merges__slug=slug).order_by("pk").first()
    if found is None:
        raise Http404
    return found


def company_page(shown):
    """Context of a company's page."""
    return {
        "company": shown,
        "picture": shown.main_picture,
        "next_company": getattr(shown.company, "next_company", None),
        "people": _people(shown.company),
        "municipality": BY_CODE.get(shown.municipality),
        "direction": direction_of(shown.municipality),
        "website_text": _host(shown.website),
        "crumbs": [{"label": _("Companies"), "url": reverse("members:directory")}],
        "picture_url": _picture_url(shown),
        "structured": data_block(_structured(shown)),
    }


@prepared
def _people(company):
    shown = Affiliation.objects.shown_publicly().filter(company=company).select_related("user").order_by("user__name")
    return shown.only("title", "user__name")


@login_not_required
@require_safe
def picture(request, slug):
    """GET: the picture shown beside links to the company's page, PNG 1200 × 630. 404 as for the page."""
    found = _named(
        Company.objects.visible_to(request.user).with_profile().prefetch_related("public_version__works"), slug
    )
    if found.slug != slug:
        return HttpResponsePermanentRedirect(reverse("members:company_picture", args=[found.slug]))
    return share_response(request, _share_card(Profile(found)), Company.objects.public().filter(pk=found.pk).exists())


def _admin_url(user, company):
    may_change = user.is_staff and user.has_perm("members.change_company")
    return reverse("admin:members_company_change", args=[company.pk]) if may_change else ""


def _host(address):
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _share_card(shown):
    """Cover or work, and logo; what only members see stays out of the picture, which has one address for all."""
    seen = Profile(shown.company, version=shown.version)
    picture = seen.main_picture or {}
    return ShareCard(
        title=seen.name,
        line=str(seen.municipality_name),
        picture=picture.get("name", ""),
        crop=picture.get("crop", ""),
        logo=str(seen.logo or ""),
    )


def _picture_url(shown):
    version = _share_card(shown).fingerprint[:8]
    return f"{settings.SITE_URL}{reverse('members:company_picture', args=[shown.slug])}?v={version}"


def _structured(shown):
    locality = shown.town or shown.municipality_name
    return {
        "@type": "Organization",
        "name": shown.name,
        "url": settings.SITE_URL + shown.url,
        "sameAs": shown.website,
        "description": str(shown.tagline),
        "logo": settings.SITE_URL + shown.logo_url if shown.logo_url.startswith("/") else shown.logo_url,
        "email": shown.email,
        "telephone": shown.phone.as_e164 if shown.phone else "",
        "address": locality and {"@type": "PostalAddress", "addressLocality": locality, "addressCountry": "SE"},
        "knowsAbout": [named.name for named in (*shown.sectors, *shown.skills)],
        "memberOf": {"@type": "Organization", "name": "Creative North", "url": settings.SITE_URL},
    }
