"""The words that mean the same, which staff edit."""

from django.contrib import admin

from creativenorth.history.admin import HistoryAdmin
from creativenorth.search.models import WordGroup


@admin.register(WordGroup)
class WordGroupAdmin(HistoryAdmin):
    list_display = ["words"]
    search_fields = ["words"]
    fields = ["words"]
