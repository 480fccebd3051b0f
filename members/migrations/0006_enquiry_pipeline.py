import uuid

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# What stood in the one field for notes becomes the first note; who was closed has declined.
keep_notes = migrations.RunSQL(
    "CREATE TEMPORARY TABLE kept_notes ON COMMIT DROP AS SELECT id, notes, created_at FROM members_enquiry WHERE notes <> ''",
    migrations.RunSQL.noop,
)
move_stages = migrations.RunSQL(
    "UPDATE members_enquiry SET stage_since = created_at, stage = CASE stage WHEN 'closed' THEN 'declined' ELSE stage END;"
    "SET CONSTRAINTS ALL IMMEDIATE",
    migrations.RunSQL.noop,
)
make_notes = migrations.RunSQL(
    "INSERT INTO members_enquirynote (enquiry_id, text, written_at, nonce) "
    "SELECT id, notes, created_at, gen_random_uuid() FROM kept_notes; SET CONSTRAINTS ALL IMMEDIATE",
    migrations.RunSQL.noop,
)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0005_people_and_invitations"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="EnquiryNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=4000, verbose_name="note")),
                ("written_at", models.DateTimeField(auto_now_add=True, verbose_name="written at")),
                ("nonce", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": ["-written_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="EnquiryNoteEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("text", models.TextField(max_length=4000, verbose_name="note")),
                ("written_at", models.DateTimeField(auto_now_add=True, verbose_name="written at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EnquiryStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("contacted", "contacted"),
                            ("visited", "visited"),
                            ("applied", "applied"),
                            ("decided", "decided"),
                            ("joined", "joined"),
                            ("declined", "declined"),
                            ("spam", "spam"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("reached_at", models.DateTimeField(verbose_name="reached at")),
                ("left_at", models.DateTimeField(verbose_name="left at")),
            ],
            options={
                "verbose_name": "step",
                "verbose_name_plural": "steps",
                "ordering": ["reached_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EnquiryStepEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("contacted", "contacted"),
                            ("visited", "visited"),
                            ("applied", "applied"),
                            ("decided", "decided"),
                            ("joined", "joined"),
                            ("declined", "declined"),
                            ("spam", "spam"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("reached_at", models.DateTimeField(verbose_name="reached at")),
                ("left_at", models.DateTimeField(verbose_name="left at")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="enquiry",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="enquiry",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="enquiry",
            name="delete_delete",
        ),
        keep_notes,
        migrations.RemoveField(
            model_name="enquiry",
            name="notes",
        ),
        migrations.RemoveField(
            model_name="enquiryevent",
            name="notes",
        ),
        migrations.AddField(
            model_name="enquiry",
            name="became",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="enquiries",
                to="members.company",
                verbose_name="the company it became",
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="remind_on",
            field=models.DateField(blank=True, null=True, verbose_name="remind on"),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="stage_since",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="at this stage since"
            ),
        ),
        migrations.AddField(
            model_name="enquiryevent",
            name="became",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="members.company",
                verbose_name="the company it became",
            ),
        ),
        migrations.AddField(
            model_name="enquiryevent",
            name="remind_on",
            field=models.DateField(blank=True, null=True, verbose_name="remind on"),
        ),
        migrations.AddField(
            model_name="enquiryevent",
            name="stage_since",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="at this stage since"
            ),
        ),
        migrations.AlterField(
            model_name="enquiry",
            name="stage",
            field=models.CharField(
                choices=[
                    ("new", "new"),
                    ("contacted", "contacted"),
                    ("visited", "visited"),
                    ("applied", "applied"),
                    ("decided", "decided"),
                    ("joined", "joined"),
                    ("declined", "declined"),
                    ("spam", "spam"),
                ],
                default="new",
                max_length=10,
                verbose_name="stage",
            ),
        ),
        migrations.AlterField(
            model_name="enquiryevent",
            name="stage",
            field=models.CharField(
                choices=[
                    ("new", "new"),
                    ("contacted", "contacted"),
                    ("visited", "visited"),
                    ("applied", "applied"),
                    ("decided", "decided"),
                    ("joined", "joined"),
                    ("declined", "declined"),
                    ("spam", "spam"),
                ],
                default="new",
                max_length=10,
                verbose_name="stage",
            ),
        ),
        move_stages,
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("remind_on__isnull", False)), fields=["remind_on"], name="enquiry_reminders"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enquiry",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_enquiryevent" ("address", "became_id", "company_name", "created_at", "email", "id", "kind", "language", "message", "name", "nonce", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "remind_on", "stage", "stage_since", "website") VALUES (NEW."address", NEW."became_id", NEW."company_name", NEW."created_at", NEW."email", NEW."id", NEW."kind", NEW."language", NEW."message", NEW."name", NEW."nonce", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."remind_on", NEW."stage", NEW."stage_since", NEW."website"); RETURN NULL;',
                    hash="c0dc216449ca9946c2fe9806f620a1bae03b3a81",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_15590",
                    table="members_enquiry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enquiry",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "members_enquiryevent" ("address", "became_id", "company_name", "created_at", "email", "id", "kind", "language", "message", "name", "nonce", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "remind_on", "stage", "stage_since", "website") VALUES (NEW."address", NEW."became_id", NEW."company_name", NEW."created_at", NEW."email", NEW."id", NEW."kind", NEW."language", NEW."message", NEW."name", NEW."nonce", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."remind_on", NEW."stage", NEW."stage_since", NEW."website"); RETURN NULL;',
                    hash="da605e47c337066670aeeb88cc7aee6c22338c24",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f31e3",
                    table="members_enquiry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enquiry",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_enquiryevent" ("address", "became_id", "company_name", "created_at", "email", "id", "kind", "language", "message", "name", "nonce", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "remind_on", "stage", "stage_since", "website") VALUES (OLD."address", OLD."became_id", OLD."company_name", OLD."created_at", OLD."email", OLD."id", OLD."kind", OLD."language", OLD."message", OLD."name", OLD."nonce", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."remind_on", OLD."stage", OLD."stage_since", OLD."website"); RETURN NULL;',
                    hash="503e25c149dbc04bc5ff27580082ade5649ec3b4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_24512",
                    table="members_enquiry",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stage__in", ["new", "contacted", "visited", "applied", "decided", "joined", "declined", "spam"])
                ),
                name="enquiry_stage_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("became", None), ("stage", "joined"), _connector="OR"),
                name="only_who_joined_became_a_company",
            ),
        ),
        migrations.AddField(
            model_name="enquirynote",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="written by",
            ),
        ),
        migrations.AddField(
            model_name="enquirynote",
            name="enquiry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notes",
                to="members.enquiry",
                verbose_name="enquiry",
            ),
        ),
        make_notes,
        migrations.AddField(
            model_name="enquirynoteevent",
            name="by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="written by",
            ),
        ),
        migrations.AddField(
            model_name="enquirynoteevent",
            name="enquiry",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="members.enquiry",
                verbose_name="enquiry",
            ),
        ),
        migrations.AddField(
            model_name="enquirynoteevent",
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
            model_name="enquirynoteevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="members.enquirynote",
            ),
        ),
        migrations.AddField(
            model_name="enquirystep",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="moved on by",
            ),
        ),
        migrations.AddField(
            model_name="enquirystep",
            name="enquiry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="steps",
                to="members.enquiry",
                verbose_name="enquiry",
            ),
        ),
        migrations.AddField(
            model_name="enquirystepevent",
            name="by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="moved on by",
            ),
        ),
        migrations.AddField(
            model_name="enquirystepevent",
            name="enquiry",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="members.enquiry",
                verbose_name="enquiry",
            ),
        ),
        migrations.AddField(
            model_name="enquirystepevent",
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
            model_name="enquirystepevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="members.enquirystep",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enquirynote",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_enquirynoteevent" ("by_id", "enquiry_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "written_at") VALUES (NEW."by_id", NEW."enquiry_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text", NEW."written_at"); RETURN NULL;',
                    hash="9cff56253fd72d650da45fec7c75349e347afe93",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_64344",
                    table="members_enquirynote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enquirynote",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."enquiry_id" IS DISTINCT FROM (NEW."enquiry_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."written_at" IS DISTINCT FROM (NEW."written_at"))',
                    func='INSERT INTO "members_enquirynoteevent" ("by_id", "enquiry_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "written_at") VALUES (NEW."by_id", NEW."enquiry_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text", NEW."written_at"); RETURN NULL;',
                    hash="dc45b9f7a26ed64834cd167f1d8b46a86ce572d9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_da4b4",
                    table="members_enquirynote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enquirynote",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_enquirynoteevent" ("by_id", "enquiry_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "written_at") VALUES (OLD."by_id", OLD."enquiry_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."text", OLD."written_at"); RETURN NULL;',
                    hash="160a01b7a9a4b778c7f983ae2dc98b345befcadb",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_eb88d",
                    table="members_enquirynote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enquirynoteevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="44c9e27c6a236ef6a4c3d83ac1a014d08c33627a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d9721",
                    table="members_enquirynoteevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="enquirystep",
            constraint=models.CheckConstraint(
                condition=models.Q(("left_at__gte", models.F("reached_at"))), name="enquiry_step_ends_after_it_starts"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enquirystep",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_enquirystepevent" ("by_id", "enquiry_id", "id", "left_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reached_at", "stage") VALUES (NEW."by_id", NEW."enquiry_id", NEW."id", NEW."left_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reached_at", NEW."stage"); RETURN NULL;',
                    hash="11a7ce9b170c6f7d4f1cd4da2eb6bfe6695e2baa",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9fdc6",
                    table="members_enquirystep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enquirystep",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "members_enquirystepevent" ("by_id", "enquiry_id", "id", "left_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reached_at", "stage") VALUES (NEW."by_id", NEW."enquiry_id", NEW."id", NEW."left_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reached_at", NEW."stage"); RETURN NULL;',
                    hash="815a9f9dd108711d8c333ff9716b894fff1b6855",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_27256",
                    table="members_enquirystep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enquirystep",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "members_enquirystepevent" ("by_id", "enquiry_id", "id", "left_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reached_at", "stage") VALUES (OLD."by_id", OLD."enquiry_id", OLD."id", OLD."left_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reached_at", OLD."stage"); RETURN NULL;',
                    hash="962410ab9c1031d9981b3b02524a27ec1ce8253b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fe87f",
                    table="members_enquirystep",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enquirystepevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7267066c8ffee3f5d398bbaa922c7c10abd94326",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_25d80",
                    table="members_enquirystepevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
