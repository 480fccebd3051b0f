import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('members', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.UUIDField(default=uuid.uuid4)),
                ('frame', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID())),
                ('looked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='content_version_is_one_row')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('cause', models.CharField(help_text='One mail for one cause.', max_length=200, unique=True, verbose_name='cause')),
                ('to', models.EmailField(max_length=254, verbose_name='to')),
                ('language', models.CharField(default='sv', max_length=2, verbose_name='language')),
                ('subject', models.CharField(max_length=200, verbose_name='subject')),
                ('text', models.TextField(verbose_name='text')),
                ('html', models.TextField(blank=True, verbose_name='HTML')),
                ('calendar', models.TextField(blank=True, help_text='Lands in the calendar by itself.', verbose_name='calendar entry')),
                ('reply_to', models.EmailField(blank=True, max_length=254, verbose_name='reply to')),
                ('unsubscribe_url', models.URLField(blank=True, editable=False, max_length=500)),
                ('is_secret', models.BooleanField(default=False, help_text='Carries a code or a link that signs in: never shown, erased once sent.', verbose_name='secret')),
                ('state', models.CharField(choices=[('queued', 'queued'), ('sending', 'being sent'), ('sent', 'sent'), ('retry', 'will be tried again'), ('failed', 'failed')], default='queued', max_length=10, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('error', models.TextField(blank=True, verbose_name='reason')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='written at')),
                ('claimed_at', models.DateTimeField(blank=True, null=True, verbose_name='taken at')),
                ('next_attempt_at', models.DateTimeField(blank=True, null=True, verbose_name='next attempt at')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
            ],
            options={
                'verbose_name': 'mail',
                'verbose_name_plural': 'mail',
                'ordering': ['-created_at'],
                'indexes': [models.Index(fields=['state', 'created_at'], name='creativenor_state_b194f9_idx'), models.Index(fields=['-created_at'], name='creativenor_created_fc5883_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(('state', 'sent'), _negated=True), _connector='OR'), name='mail_sent_has_a_time'), models.CheckConstraint(condition=models.Q(('error', ''), ('state', 'failed'), _negated=True), name='mail_failed_has_a_reason'), models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'sent', 'retry', 'failed'])), name='mail_state_is_known'), models.CheckConstraint(condition=models.Q(('language__in', ['sv', 'en'])), name='mail_in_a_known_language')],
            },
        ),
        migrations.CreateModel(
            name='MailTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('enquiry', 'answer to an enquiry'), ('letter', 'letter to many')], default='enquiry', max_length=10, verbose_name='for')),
                ('name', models.CharField(help_text='Seen by staff alone.', max_length=80, verbose_name='name')),
                ('subject_sv', models.CharField(max_length=150, verbose_name='subject in Swedish')),
                ('subject_en', models.CharField(blank=True, max_length=150, verbose_name='subject in English')),
                ('text_sv', models.TextField(max_length=6000, verbose_name='text in Swedish')),
                ('text_en', models.TextField(blank=True, max_length=6000, verbose_name='text in English')),
            ],
            options={
                'verbose_name': 'mail template',
                'verbose_name_plural': 'mail templates',
                'ordering': ['purpose', 'name'],
                'constraints': [models.UniqueConstraint(fields=('purpose', 'name'), name='one_mail_template_per_name', violation_error_message='Another template has this name.'), models.CheckConstraint(condition=models.Q(('purpose__in', ['enquiry', 'letter'])), name='mail_template_has_a_purpose')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='SystemMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(editable=False, max_length=60, unique=True, verbose_name='mail')),
                ('subject_sv', models.CharField(blank=True, max_length=150, verbose_name='subject in Swedish')),
                ('subject_en', models.CharField(blank=True, max_length=150, verbose_name='subject in English')),
                ('text_sv', models.TextField(blank=True, max_length=6000, verbose_name='text in Swedish')),
                ('text_en', models.TextField(blank=True, max_length=6000, verbose_name='text in English')),
            ],
            options={
                'verbose_name': 'mail from the portal',
                'verbose_name_plural': 'mails from the portal',
                'ordering': ['key'],
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='WaitingText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('object_id', models.PositiveBigIntegerField()),
                ('texts', models.JSONField(verbose_name='texts')),
                ('shown_at', models.DateTimeField(db_index=True, verbose_name='shown from')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': 'text that waits',
                'verbose_name_plural': 'texts that wait',
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id'), name='one_text_waits_for_an_object')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='MailTemplateEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='creativenorth.mailtemplate')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('purpose', models.CharField(choices=[('enquiry', 'answer to an enquiry'), ('letter', 'letter to many')], default='enquiry', max_length=10, verbose_name='for')),
                ('name', models.CharField(help_text='Seen by staff alone.', max_length=80, verbose_name='name')),
                ('subject_sv', models.CharField(max_length=150, verbose_name='subject in Swedish')),
                ('subject_en', models.CharField(blank=True, max_length=150, verbose_name='subject in English')),
                ('text_sv', models.TextField(max_length=6000, verbose_name='text in Swedish')),
                ('text_en', models.TextField(blank=True, max_length=6000, verbose_name='text in English')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='SystemMailEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='creativenorth.systemmail')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('key', models.CharField(editable=False, max_length=60, verbose_name='mail')),
                ('subject_sv', models.CharField(blank=True, max_length=150, verbose_name='subject in Swedish')),
                ('subject_en', models.CharField(blank=True, max_length=150, verbose_name='subject in English')),
                ('text_sv', models.TextField(blank=True, max_length=6000, verbose_name='text in Swedish')),
                ('text_en', models.TextField(blank=True, max_length=6000, verbose_name='text in English')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='WaitingTextEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='creativenorth.waitingtext')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('content_type', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contenttypes.contenttype')),
                ('object_id', models.PositiveBigIntegerField()),
                ('texts', models.JSONField(verbose_name='texts')),
                ('shown_at', models.DateTimeField(verbose_name='shown from')),
                ('written_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'abstract': False,
                'indexes': [],
                'constraints': [],
            },
        ),
    ]
