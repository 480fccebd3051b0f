"""Files of pictures and documents, deleted once no row and no draft names them."""

from datetime import timedelta
from posixpath import dirname

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import FileField
from django.utils import timezone

from creativenorth.files import images
from members.models import Company, ProfileDraft, Work
from members.profile.draft import files_in

FOLDERS = {"logo": "logos", "cover": "covers", "picture": "works"}
# A file is written before the row that names it, so a file younger than this is not deleted.
GRACE = timedelta(days=1)


def pictures_of(company):
    columns = [company.logo, company.cover, *(work.picture for work in company.works.all())]
    return {file.name for file in columns if file}


def forget_pictures(names):
    """Delete the files after the transaction, unless a row or draft names them then."""
    if names:
        transaction.on_commit(lambda: [images.delete(name) for name in names - _named()])


def remove_unnamed():
    """Delete files that no row names, of whatever origin: rows deleted in bulk, a process that was killed."""
    columns = _file_columns()
    names = _named().union(*(column.model._base_manager.values_list(column.name, flat=True) for column in columns))
    named = {file for name in names for file in (name, *images.sizes(name).values())}
    for folder in {dirname(column.generate_filename(None, "any")) for column in columns}:
        files = default_storage.listdir(folder)[1] if default_storage.exists(folder) else []
        for file in {f"{folder}/{name}" for name in files} - named:
            if default_storage.get_modified_time(file) < timezone.now() - GRACE:
                default_storage.delete(file)


def _file_columns():
    models = [model for model in apps.get_models() if not hasattr(model, "pgh_tracked_model")]
    return [column for model in models for column in model._meta.local_fields if isinstance(column, FileField)]


def _named():
    names = {name for row in Company.objects.values_list("logo", "cover") for name in row}
    names |= set(Work.objects.values_list("picture", flat=True))
    for values in ProfileDraft.objects.values_list("values", flat=True):
        names |= files_in(values)
    return names - {""}
