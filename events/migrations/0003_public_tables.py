from django.db import migrations

from creativenorth import pagecache


class Migration(migrations.Migration):
    dependencies = [("events", "0002_initial"), ("creativenorth", "0002_content_version_and_cache")]
    operations = [
        pagecache.public_table("events_activity"),
        pagecache.public_table("events_session"),
    ]
