import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0006_enquiry_pipeline"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "readers",
                    models.CharField(
                        choices=[
                            ("everybody", "everybody in the member companies"),
                            ("owners", "owners of the member companies"),
                            ("keepers", "owners and editors"),
                            ("managers", "managers"),
                            ("project_leaders", "project leaders"),
                            ("creators", "creators"),
                        ],
                        default="everybody",
                        max_length=20,
                        verbose_name="to",
                    ),
                ),
                ("subject_sv", models.CharField(max_length=150, verbose_name="subject in Swedish")),
                ("subject_en", models.CharField(blank=True, max_length=150, verbose_name="subject in English")),
                ("text_sv", models.TextField(max_length=6000, verbose_name="text in Swedish")),
                ("text_en", models.TextField(blank=True, max_length=6000, verbose_name="text in English")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="written at")),
                ("send_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="leaves at")),
                ("sent_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="left at")),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="LetterEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "readers",
                    models.CharField(
                        choices=[
                            ("everybody", "everybody in the member companies"),
                            ("owners", "owners of the member companies"),
                            ("keepers", "owners and editors"),
                            ("managers", "managers"),
                            ("project_leaders", "project leaders"),
                            ("creators", "creators"),
                        ],
                        default="everybody",
                        max_length=20,
                        verbose_name="to",
                    ),
                ),
                ("subject_sv", models.CharField(max_length=150, verbose_name="subject in Swedish")),
                ("subject_en", models.CharField(blank=True, max_length=150, verbose_name="subject in English")),
                ("text_sv", models.TextField(max_length=6000, verbose_name="text in Swedish")),
                ("text_en", models.TextField(blank=True, max_length=6000, verbose_name="text in English")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="written at")),
                ("send_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="leaves at")),
                ("sent_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="left at")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="members.letter",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(condition=models.Q(("sent_at", None)), fields=["send_at"], name="letters_to_send"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("readers__in", ["everybody", "owners", "keepers", "managers", "project_leaders", "creators"])
                ),
                name="letter_has_readers",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_at", None), ("send_at__isnull", False), _connector="OR"),
                name="letter_left_when_it_should",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_letterevent" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "readers", "send_at", "sent_at", "subject_en", "subject_sv", "text_en", "text_sv", "written_by_id") VALUES (NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."readers", NEW."send_at", NEW."sent_at", NEW."subject_en", NEW."subject_sv", NEW."text_en", NEW."text_sv", NEW."written_by_id"); RETURN NULL;',
                    hash="f5051d09a4779dfb8e8c88649ea7e2003f82c1e1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1d12d",
                    table="members_letter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "members_letterevent" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "readers", "send_at", "sent_at", "subject_en", "subject_sv", "text_en", "text_sv", "written_by_id") VALUES (NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."readers", NEW."send_at", NEW."sent_at", NEW."subject_en", NEW."subject_sv", NEW."text_en", NEW."text_sv", NEW."written_by_id"); RETURN NULL;',
                    hash="38b0fdbb7096bef343bc7e1fc9f3c5a34a8ffefc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_485be",
                    table="members_letter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_letterevent" ("created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "readers", "send_at", "sent_at", "subject_en", "subject_sv", "text_en", "text_sv", "written_by_id") VALUES (OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."readers", OLD."send_at", OLD."sent_at", OLD."subject_en", OLD."subject_sv", OLD."text_en", OLD."text_sv", OLD."written_by_id"); RETURN NULL;',
                    hash="ab19c53a532b57a02c766a135834e96afdcc24fa",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8db12",
                    table="members_letter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letterevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b136ab9eab47e9397655f70112622413a68024f8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3e15d",
                    table="members_letterevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
