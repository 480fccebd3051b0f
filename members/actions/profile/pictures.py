"""Files of pictures and documents, deleted once no row names them, of a draft or an earlier version neither."""

from datetime import timedelta
from posixpath import dirname

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import FileField
from django.utils import timezone

from creativenorth.files import images

FOLDERS = {"logo": "logos", "cover": "covers", "picture": "works"}
# A file is written before the row that names it, so a file younger than this is not deleted.
GRACE = timedelta(days=1)


def pictures_of(version):
    named = {version.value(name) for name in ("logo", "cover")} | {
        work.picture.name for work in version.listed("works")
    }
    return named - {"", None}


def forget_pictures(names):
    """Delete the files after the transaction, unless a row names them then."""
    if names:
        transaction.on_commit(lambda: [images.delete(name) for name in names - _named()])


def remove_unnamed():
    """Delete files that no row names, of whatever origin: rows deleted in bulk, a process that was killed."""
    columns, names = _file_columns(), _named()
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
    columns = _file_columns()
    return set().union(*(column.model._base_manager.values_list(column.name, flat=True) for column in columns)) - {""}
