"""The cache's table, who caused what in history, which nobody rewrites, and the addresses of allauth's table."""

from django.core.cache import caches
from django.core.management import call_command
from django.db import migrations

from creativenorth.text.addresses import NORMAL_FORM

_KEEP_CONTEXT = """
CREATE OR REPLACE FUNCTION creativenorth_keep_context() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.id = OLD.id AND NEW.created_at = OLD.created_at
            AND (OLD.metadata->'user' IS NULL OR NEW.metadata->'user' IS NOT DISTINCT FROM OLD.metadata->'user') THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'History is append-only: %', TG_TABLE_NAME;
END $$;
CREATE TRIGGER keep_context BEFORE UPDATE OR DELETE ON pghistory_context
    FOR EACH ROW EXECUTE FUNCTION creativenorth_keep_context();
"""

_NORMAL_ADDRESSES = (
    "ALTER TABLE account_emailaddress ADD CONSTRAINT account_emailaddress_normal CHECK (email ~ '" + NORMAL_FORM + "')"
)
_ANY_ADDRESSES = "ALTER TABLE account_emailaddress DROP CONSTRAINT account_emailaddress_normal"


def make_cache_table(apps, schema_editor):
    if caches["default"].__class__.__name__ == "DatabaseCache":
        call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [
        ("creativenorth", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
        migrations.RunSQL(_KEEP_CONTEXT, "DROP FUNCTION IF EXISTS creativenorth_keep_context() CASCADE"),
        migrations.RunSQL(_NORMAL_ADDRESSES, _ANY_ADDRESSES),
    ]
