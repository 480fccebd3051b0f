"""What history has noted of a page's address goes: some addresses open something. Who did it stays."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("creativenorth", "0008_texts"), ("pghistory", "0007_auto_20250421_0444")]
    operations = [
        migrations.RunSQL(
            "UPDATE pghistory_context SET metadata = metadata - 'url' WHERE metadata ? 'url'", migrations.RunSQL.noop
        )
    ]
