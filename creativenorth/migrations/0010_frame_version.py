import django.contrib.postgres.functions
from django.db import migrations, models

from creativenorth import pagecache


class Migration(migrations.Migration):
    dependencies = [
        ("creativenorth", "0009_history_without_addresses"),
        ("members", "0020_page_texts"),
        ("programmes", "0007_public_strategy"),
    ]
    operations = [
        migrations.AddField(
            model_name="contentversion",
            name="frame",
            field=models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID()),
        ),
        pagecache.create_frame_function,
        pagecache.frame_table("members_cluster"),
        pagecache.frame_table("members_newsitem"),
        pagecache.frame_table("members_pagetext"),
        pagecache.frame_table("programmes_project"),
        pagecache.frame_table("programmes_funder"),
        pagecache.frame_table("programmes_strategy"),
    ]
