import json
from dataclasses import asdict

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creativenorth.files.table_reader import Table
from creativenorth.forms.once import MadeOnce
from creativenorth.history import recorded
from creativenorth.text import encryption
from creativenorth.text.constraints import is_known


class ImportKind(models.TextChoices):
    COMPANIES = "companies", _("companies")
    PEOPLE = "people", _("people, with their company")


class ImportState(models.TextChoices):
    OPEN = "open", _("to be looked through")
    IMPORTED = "imported", _("imported")
    UNDONE = "undone", _("undone")
    DISCARDED = "discarded", _("thrown away")


class ImportQuerySet(models.QuerySet):
    def with_contents(self):
        return self.exclude(sealed_table="")


@recorded("sealed_table", "columns", "head_index", "choices", "counts", "history_context", "left")
class Import(MadeOnce):
    """A table that staff have sent in: its rows, what each column is, and after importing which events of the history are its own.

    Rows may hold sole traders' numbers and people's addresses: they are sealed, and deleted after 30 days.
    """

    kind = models.CharField(_("what it holds"), max_length=9, choices=ImportKind)
    state = models.CharField(_("state"), max_length=9, choices=ImportState, default=ImportState.OPEN)
    file_name = models.CharField(_("file"), max_length=150)
    row_count = models.PositiveIntegerField(_("rows"))
    head_index = models.PositiveSmallIntegerField(
        default=0, editable=False
    )  # which of the table's rows are the headings
    columns = models.JSONField(default=dict, editable=False)  # number of the column → name of the field
    choices = models.JSONField(default=dict, editable=False)  # number of the row → {"same_as", "leaves_empty"}
    counts = models.JSONField(_("what became of them"), default=dict, editable=False)
    sealed_table = models.TextField(blank=True, editable=False)
    history_context = models.UUIDField(null=True, editable=False)  # that of the events which it caused
    left = models.JSONField(default=list, editable=False)  # [key, why] of what undoing has left
    made_by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, related_name="+", verbose_name=_("sent in by")
    )
    made_at = models.DateTimeField(_("sent in at"), auto_now_add=True)
    imported_by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, related_name="+", verbose_name=_("imported by")
    )
    imported_at = models.DateTimeField(_("imported at"), null=True)
    undone_by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True)

    objects = ImportQuerySet.as_manager()
    _opened = ("", Table([]))  # the sealed table that was opened last, and what is in it

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-made_at", "-pk"]
        default_permissions = ("view", "add")
        constraints = [
            is_known("kind", ImportKind, "import_of_a_known_kind"),
            is_known("state", ImportState, "import_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "discarded"]) | Q(imported_at__isnull=False),
                name="import_has_a_time_once_it_is_in",
            ),
        ]

    def __str__(self):
        return self.file_name

    @property
    def table(self):
        """What the file holds (`creativenorth.files.table_reader`); without rows once deleted."""
        if self._opened[0] != self.sealed_table:
            contents = json.loads(encryption.unseal(self.sealed_table)) if self.sealed_table else {"rows": []}
            self._opened = (self.sealed_table, Table(**contents))
        return self._opened[1]

    @table.setter
    def table(self, table):
        contents = json.dumps(asdict(table), ensure_ascii=False, separators=(",", ":"))
        self.sealed_table = encryption.seal(contents)

    @property
    def head(self):
        """The headings; empty once deleted."""
        return self.table.rows[self.head_index][1] if self.sealed_table else []

    @property
    def rows(self):
        """(number of the row in the file, cells) of what stands under the headings; empty once deleted."""
        return self.table.rows[self.head_index + 1 :]
