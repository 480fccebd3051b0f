"""Whose changes make public pages anew."""

from django.db import migrations

from creativenorth.web import pagecache


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial"), ("creativenorth", "0002_database")]
    operations = [
        pagecache.public_table("programmes_project"),
        pagecache.public_table("programmes_funder"),
        pagecache.public_table("programmes_programme"),
        pagecache.public_table("programmes_strategy"),
        pagecache.frame_table("programmes_project"),
        pagecache.frame_table("programmes_funder"),
        pagecache.frame_table("programmes_strategy"),
    ]
