"""Whose changes make public pages anew."""

from django.db import migrations

from creativenorth.web import pagecache


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial"), ("creativenorth", "0002_database")]
    operations = [
        pagecache.public_table("members_company"),
        pagecache.public_table("members_company_sectors"),
        pagecache.public_table("members_company_skills"),
        pagecache.public_table("members_sector"),
        pagecache.public_table("members_skill"),
        pagecache.public_table("members_work"),
        pagecache.public_table("members_membership"),
        pagecache.public_table("members_affiliation"),
        pagecache.public_table("members_user", ["name", "email", "is_active"]),
    ]
