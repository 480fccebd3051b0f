from django.db import migrations

from creativenorth import pagecache
from creativenorth.content.page_texts import PAGE_TEXTS


def first_words(apps, schema_editor):
    """The words that stood on the pages until now; a row that is there already stays."""
    for page, (swedish, english) in PAGE_TEXTS.items():
        texts = {"lead_sv": swedish, "lead_en": english}
        apps.get_model("members", "PageText").objects.get_or_create(page=page, defaults=texts)


class Migration(migrations.Migration):
    dependencies = [("members", "0020_news"), ("creativenorth", "0008_texts")]
    operations = [
        pagecache.public_table("members_newsitem"),
        pagecache.public_table("members_pagetext"),
        migrations.RunPython(first_words, migrations.RunPython.noop),
    ]
