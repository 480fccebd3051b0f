from django.db import migrations

from creativenorth import pagecache


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial"), ("creativenorth", "0002_content_version_and_cache")]
    operations = [
        pagecache.public_table("programmes_project"),
        pagecache.public_table("programmes_funder"),
        pagecache.public_table("programmes_programme"),
    ]
