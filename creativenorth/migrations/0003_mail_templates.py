import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("creativenorth", "0002_content_version_and_cache"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailTemplateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "purpose",
                    models.CharField(
                        choices=[("enquiry", "answer to an enquiry"), ("letter", "letter to many")],
                        default="enquiry",
                        max_length=10,
                        verbose_name="for",
                    ),
                ),
                ("name", models.CharField(help_text="Seen by staff alone.", max_length=80, verbose_name="name")),
                ("subject_sv", models.CharField(max_length=150, verbose_name="subject in Swedish")),
                ("subject_en", models.CharField(blank=True, max_length=150, verbose_name="subject in English")),
                ("text_sv", models.TextField(max_length=6000, verbose_name="text in Swedish")),
                ("text_en", models.TextField(blank=True, max_length=6000, verbose_name="text in English")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MailTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("enquiry", "answer to an enquiry"), ("letter", "letter to many")],
                        default="enquiry",
                        max_length=10,
                        verbose_name="for",
                    ),
                ),
                ("name", models.CharField(help_text="Seen by staff alone.", max_length=80, verbose_name="name")),
                ("subject_sv", models.CharField(max_length=150, verbose_name="subject in Swedish")),
                ("subject_en", models.CharField(blank=True, max_length=150, verbose_name="subject in English")),
                ("text_sv", models.TextField(max_length=6000, verbose_name="text in Swedish")),
                ("text_en", models.TextField(blank=True, max_length=6000, verbose_name="text in English")),
            ],
            options={
                "verbose_name": "mail template",
                "verbose_name_plural": "mail templates",
                "ordering": ["purpose", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("purpose", "name"),
                        name="one_mail_template_per_name",
                        violation_error_message="Another template has this name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["enquiry", "letter"])), name="mail_template_has_a_purpose"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mailtemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "creativenorth_mailtemplateevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "subject_en", "subject_sv", "text_en", "text_sv") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."subject_en", NEW."subject_sv", NEW."text_en", NEW."text_sv"); RETURN NULL;',
                    hash="8b757725ca3e8adfc88bc2a434677ffd9a471251",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d8101",
                    table="creativenorth_mailtemplate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mailtemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "creativenorth_mailtemplateevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "subject_en", "subject_sv", "text_en", "text_sv") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."subject_en", NEW."subject_sv", NEW."text_en", NEW."text_sv"); RETURN NULL;',
                    hash="fc72bbe86fb0fc2de1398c662a260ce0bdae0668",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7015a",
                    table="creativenorth_mailtemplate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mailtemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "creativenorth_mailtemplateevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "subject_en", "subject_sv", "text_en", "text_sv") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."subject_en", OLD."subject_sv", OLD."text_en", OLD."text_sv"); RETURN NULL;',
                    hash="9132027988cc2fefd9fa2cd0b8f94b94d5a9896d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cb4ea",
                    table="creativenorth_mailtemplate",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="mailtemplateevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="mailtemplateevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="creativenorth.mailtemplate",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mailtemplateevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="bd287c598f459885af03f3bb9193e1fbf3c2621f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9bfa6",
                    table="creativenorth_mailtemplateevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
