"""Whose changes make public pages anew."""

from django.db import migrations

from creativenorth.web import pagecache


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial"), ("creativenorth", "0002_database")]
    operations = [
        pagecache.public_table("events_activity"),
        pagecache.public_table("events_session"),
    ]
