"""Every address of the portal. Swedish ones have no prefix, English ones stand under /en/; addresses for machines have no language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import pgettext_lazy

from creativenorth.run import health
from creativenorth.views import about, cluster, legal, news, results, robots, search, uploads
from creativenorth.views.staff import preview

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", robots.sitemap, name="sitemap_section"),
    path(".well-known/security.txt", robots.security, name="security"),
    path("favicon.ico", robots.favicon, name="favicon"),
    path("uploads/<path:name>", uploads.upload, name="upload"),
    path("admin/preview/<str:page>/<str:language>/", preview.preview, name="cluster_preview"),
    path("admin/", admin.site.urls),
]
if settings.DEMO:
    from creativenorth.views import demo_mail

    urlpatterns += [
        path("demo/mail/", demo_mail.mails, name="demo_mails"),
        path("demo/mail/<str:name>/", demo_mail.mail, name="demo_mail"),
        path("demo/mail/<str:name>/html/", demo_mail.mail_html, name="demo_mail_html"),
    ]

urlpatterns += i18n_patterns(
    path("", cluster.cluster, name="cluster"),
    path(pgettext_lazy("url", "about/"), about.about, name="about"),
    path(pgettext_lazy("url", "results/"), results.results, name="results"),
    path(pgettext_lazy("url", "search/"), search.search, name="search"),
    path(pgettext_lazy("url", "privacy/"), legal.privacy, name="privacy"),
    path(pgettext_lazy("url", "accessibility/"), legal.accessibility, name="accessibility"),
    path(pgettext_lazy("url", "cookies/"), legal.cookies, name="cookies"),
    path(pgettext_lazy("url", "news/"), news.news, name="news"),
    path(pgettext_lazy("url", "news/feed.atom"), news.news_feed, name="news_feed"),
    path(pgettext_lazy("url", "news/<slug:slug>/"), news.news_item, name="news_item"),
    path(pgettext_lazy("url", "account/"), include("members.account_urls")),
    path("", include("members.urls")),
    path("", include("events.urls")),
    path("", include("programmes.urls")),
    prefix_default_language=False,
)

handler400 = "creativenorth.views.errors.bad_request"
handler403 = "creativenorth.views.errors.forbidden"
handler404 = "creativenorth.views.errors.not_found"
handler500 = "creativenorth.views.errors.server_error"
