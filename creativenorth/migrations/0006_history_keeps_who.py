"""Who caused an event stays what it was: a context is neither deleted nor given to another person."""

from django.db import migrations

_GUARD = """
CREATE OR REPLACE FUNCTION creativenorth_keep_context() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('creativenorth.may_empty_tables', true) = 'on' THEN
        RETURN NULL;
    END IF;
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
CREATE TRIGGER keep_context_table BEFORE TRUNCATE ON pghistory_context
    FOR EACH STATEMENT EXECUTE FUNCTION creativenorth_keep_context();
"""


class Migration(migrations.Migration):
    dependencies = [("creativenorth", "0005_unsubscribe_url"), ("pghistory", "0007_auto_20250421_0444")]
    operations = [migrations.RunSQL(_GUARD, "DROP FUNCTION IF EXISTS creativenorth_keep_context() CASCADE")]
