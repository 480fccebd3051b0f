"""Sectors and skills."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from creativenorth.history.admin import HistoryAdmin
from members.models import Sector, Skill


@admin.register(Sector, Skill)
class WordAdmin(HistoryAdmin):
    list_display = ["name_sv", "name_en", "number_of_companies"]
    search_fields = ["name_sv", "name_en"]
    ordering = ["sort_key"]
    fields = [("name_sv", "name_en"), "slug"]
    prepopulated_fields = {"slug": ["name_sv"]}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(count=Count("versions__public_for"))

    @admin.display(description=_("companies"), ordering="count")
    def number_of_companies(self, word):
        return word.count
