from django.db import migrations

from creativenorth import pagecache


class Migration(migrations.Migration):
    dependencies = [("programmes", "0006_strategy")]
    operations = [pagecache.public_table("programmes_strategy")]
