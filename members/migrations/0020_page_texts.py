from django.db import migrations

from creativenorth import pagecache
from creativenorth.content.page_texts import PAGE_TEXTS


def first_words(apps, schema_editor):
    """The words that stood on the pages until now; a row that is there already stays."""
    for page, (swedish, english) in PAGE_TEXTS.items():
        texts = {"lead_sv": swedish, "lead_en": english}
        apps.get_model("members", "PageText").objects.get_or_create(page=page, defaults=texts)


class Migration(migrations.Migration):
    dependencies = [("members", "0019_news"), ("creativenorth", "0008_texts")]
    operations = [
        migrations.RunPython(first_words, migrations.RunPython.noop),
        pagecache.public_table("members_newsitem"),
        pagecache.public_table("members_pagetext"),
        # What is kept of an older portal knows nothing of these texts; a new one has kept nothing.
        migrations.RunSQL(
            "UPDATE creativenorth_contentversion SET version = gen_random_uuid()", migrations.RunSQL.noop
        ),
    ]
