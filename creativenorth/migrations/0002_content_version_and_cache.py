from django.core.cache import caches
from django.core.management import call_command
from django.db import migrations

from creativenorth import pagecache


def make_cache_table(apps, schema_editor):
    if caches["default"].__class__.__name__ == "DatabaseCache":
        call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("creativenorth", "0001_initial")]
    operations = [
        pagecache.create_function,
        migrations.RunPython(make_cache_table, migrations.RunPython.noop, elidable=False),
    ]
