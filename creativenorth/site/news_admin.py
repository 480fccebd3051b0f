"""News in the admin: both languages, preview, published now or at a time, or made a draft again."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from creativenorth.publishing.admin import PublishableAdmin, StateFilter
from creativenorth.site.models import NewsItem


@admin.register(NewsItem)
class NewsAdmin(PublishableAdmin):
    list_display = ["title_sv", "state", "published_at"]
    list_filter = [StateFilter]
    search_fields = ["title_sv", "title_en", "summary_sv"]
    show_full_result_count = False
    list_per_page = 50
    prepopulated_fields = {"slug": ["title_sv"]}
    fieldsets = [
        (_("What it is called"), {"fields": [("title_sv", "title_en"), "slug", ("summary_sv", "summary_en")]}),
        (_("The text"), {"fields": [("text_sv", "text_en")]}),
        (_("Picture"), {"fields": ["picture", ("alt_sv", "alt_en")]}),
        (_("When it shows"), {"fields": ["published_at"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("folded")
