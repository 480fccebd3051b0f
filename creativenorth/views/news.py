"""News: the list, a page for each piece, and an Atom feed."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creativenorth.files.images import size_of
from creativenorth.site.models import NewsItem
from creativenorth.text.richtext import render as as_html
from creativenorth.web.pagecache import public_page
from creativenorth.web.paging import page_of
from creativenorth.web.structured_data import data_block

PER_PAGE = 12
IN_THE_FEED = 20
TYPE = "application/atom+xml; charset=utf-8"


@public_page
@login_not_required
@require_safe
def news(request):
    """GET ?page=: the news, the newest first; for staff drafts too."""
    items = NewsItem.objects.visible_to(request.user).defer("folded", "text_sv", "text_en")
    page = page_of(items, request.GET, PER_PAGE)
    return render(request, "creativenorth/news.html", {"page": page})


@public_page
@login_not_required
@require_safe
def news_item(request, slug):
    """GET: a piece of news; a draft for staff only, marked as one."""
    item = get_object_or_404(NewsItem.objects.visible_to(request.user).defer("folded"), slug=slug)
    picture = settings.SITE_URL + default_storage.url(item.picture.name) if item.picture else ""
    context = {
        "item": item,
        "crumbs": [{"label": _("News"), "url": reverse("news")}],
        "picture_url": picture,
        "picture_size": size_of(item.picture.name) if item.picture else None,
        "data": _data(item, picture) if item.is_public else "",
        "can_edit": request.user.is_authenticated and request.user.has_perm("creativenorth.change_newsitem"),
    }
    return render(request, "creativenorth/news_item.html", context)


@public_page
@login_not_required
@require_safe
def news_feed(request):
    """GET: the newest pieces as an Atom feed, in the language of the address."""
    feed = Atom1Feed(
        title=_("News from Creative North"),
        link=settings.SITE_URL + reverse("news"),
        description=_("What happens in the cluster."),
        language=get_language(),
        feed_url=settings.SITE_URL + reverse("news_feed"),
    )
    for item in NewsItem.objects.public().defer("folded")[:IN_THE_FEED]:
        url = settings.SITE_URL + item.url
        feed.add_item(
            title=item.title,
            link=url,
            unique_id=url,
            description=as_html(item.text) or item.summary,
            pubdate=item.published_at,
            updateddate=item.published_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=TYPE)


def _data(item, picture):
    publisher = {"@type": "Organization", "name": "Creative North", "url": settings.SITE_URL}
    return data_block(
        {
            "@type": "NewsArticle",
            "headline": item.title,
            "description": item.summary,
            "url": settings.SITE_URL + item.url,
            "image": [picture] if picture else [],
            "datePublished": item.published_at,
            "inLanguage": item.title.lang,
            "publisher": publisher,
            "author": publisher,
        }
    )
