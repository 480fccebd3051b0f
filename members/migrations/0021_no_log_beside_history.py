"""The admin's own log repeats names and addresses; what it says of our models stands in their history."""

from django.db import migrations


def empty_log(apps, schema_editor):
    ours = {"creativenorth", "members", "events", "programmes"}
    apps.get_model("admin", "LogEntry").objects.filter(content_type__app_label__in=ours).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0020_page_texts"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(empty_log, migrations.RunPython.noop)]
