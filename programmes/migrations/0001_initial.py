import creativenorth.files.images
import creativenorth.text.slugs
import creativenorth.text.swedish
import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
import programmes.models.strategy
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_sv', models.CharField(max_length=160, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='name in English')),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='case number')),
                ('period', models.CharField(choices=[('2014-2020', '2014–2020'), ('2021-2027', '2021–2027')], default='2014-2020', max_length=9, verbose_name='programme period')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='starts on')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
                ('summary_sv', models.TextField(max_length=1000, verbose_name='aim in Swedish')),
                ('summary_en', models.TextField(blank=True, max_length=1000, verbose_name='aim in English')),
                ('budget_sek', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='total budget, SEK')),
                ('final_payment_on', models.DateField(blank=True, help_text='When the funder decided on it, or paid. Papers are kept from the end of that year on.', null=True, verbose_name='final payment')),
                ('documents_kept_until', models.DateField(blank=True, help_text='If the funder has named a day. Empty: as the programme period says.', null=True, verbose_name='papers are kept until')),
                ('is_present', models.BooleanField(default=False, help_text='Its programme period gives every page its EU emblem text.', verbose_name='the present project')),
            ],
            options={
                'verbose_name': 'project',
                'verbose_name_plural': 'projects',
                'ordering': ['-is_present', '-starts_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='project_ends_after_it_starts', violation_error_message='The project must end after it starts.'), models.CheckConstraint(condition=models.Q(('period__in', ['2014-2020', '2021-2027'])), name='project_in_a_known_period'), models.UniqueConstraint(condition=models.Q(('is_present', True)), fields=('is_present',), name='one_present_project', violation_error_message='Another project is the present one.')],
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('published_at', models.DateTimeField(blank=True, help_text='Swedish time. Empty: a draft. A time ahead: it appears by itself, to the minute.', null=True, verbose_name='shown from')),
                ('title_sv', models.CharField(max_length=120, verbose_name='title in Swedish')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='title in English')),
                ('slug', creativenorth.text.slugs.PageSlugField(max_length=140, unique=True, verbose_name='address')),
                ('target_group', models.CharField(choices=[('manager', 'managers'), ('project_leader', 'project leaders'), ('creator', 'creators')], max_length=16, verbose_name='for whom')),
                ('summary_sv', models.CharField(max_length=240, verbose_name='summary in Swedish')),
                ('summary_en', models.CharField(blank=True, max_length=240, verbose_name='summary in English')),
                ('description_sv', models.TextField(blank=True, help_text='Markdown.', verbose_name='description in Swedish')),
                ('description_en', models.TextField(blank=True, help_text='Markdown.', verbose_name='description in English')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='programmes.project', verbose_name='project')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demo data')),
                ('folded', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Lower(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(django.db.models.functions.text.Replace(creativenorth.text.swedish.Translate(creativenorth.text.swedish.RegexpReplace(creativenorth.text.swedish.Compatible(models.Func(models.Func(models.Func(models.Func(models.Func(models.F('title_sv'), models.Value(' '), models.F('title_en'), arg_joiner=' || ', output_field=models.TextField(), template='(%(expressions)s)'), models.Value(' '), models.F('summary_sv'), arg_joiner=' || ', output_field=models.TextField(), template='(%(expressions)s)'), models.Value(' '), models.F('summary_en'), arg_joiner=' || ', output_field=models.TextField(), template='(%(expressions)s)'), models.Value(' '), models.F('description_sv'), arg_joiner=' || ', output_field=models.TextField(), template='(%(expressions)s)'), models.Value(' '), models.F('description_en'), arg_joiner=' || ', output_field=models.TextField(), template='(%(expressions)s)')), models.Value('[\\u0300-\\u036f]'), models.Value(''), models.Value('g')), models.Value('ÆæÐðĐđĦħıĸŁłŊŋØøŦŧƏəǤǥƷʒŒÞẞ'), models.Value('AaDdDdHhikLlNnOoTtAaGgZzœþß')), models.Value('œ'), models.Value('oe'), output_field=models.TextField()), models.Value('þ'), models.Value('th'), output_field=models.TextField()), models.Value('ß'), models.Value('ss'), output_field=models.TextField())), output_field=models.TextField())),
            ],
            options={
                'verbose_name': 'programme',
                'verbose_name_plural': 'programmes',
                'ordering': ['order', 'pk'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(models.Func(models.F('folded'), function='creativenorth_words'), name='programme_words')],
                'constraints': [models.CheckConstraint(condition=models.Q(('target_group__in', ['manager', 'project_leader', 'creator'])), name='programme_for_a_known_group'), models.CheckConstraint(condition=models.Q(('title_sv', ''), _negated=True), name='programme_has_a_title'), models.CheckConstraint(condition=models.Q(('slug', ''), _negated=True), name='programme_has_an_address')],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.programme')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('published_at', models.DateTimeField(blank=True, help_text='Swedish time. Empty: a draft. A time ahead: it appears by itself, to the minute.', null=True, verbose_name='shown from')),
                ('title_sv', models.CharField(max_length=120, verbose_name='title in Swedish')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='title in English')),
                ('slug', creativenorth.text.slugs.PageSlugField(db_index=False, max_length=140, verbose_name='address')),
                ('target_group', models.CharField(choices=[('manager', 'managers'), ('project_leader', 'project leaders'), ('creator', 'creators')], max_length=16, verbose_name='for whom')),
                ('summary_sv', models.CharField(max_length=240, verbose_name='summary in Swedish')),
                ('summary_en', models.CharField(blank=True, max_length=240, verbose_name='summary in English')),
                ('description_sv', models.TextField(blank=True, help_text='Markdown.', verbose_name='description in Swedish')),
                ('description_en', models.TextField(blank=True, help_text='Markdown.', verbose_name='description in English')),
                ('project', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.project', verbose_name='project')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demo data')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProjectEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.project')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('name_sv', models.CharField(max_length=160, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='name in English')),
                ('reference', models.CharField(blank=True, max_length=60, verbose_name='case number')),
                ('period', models.CharField(choices=[('2014-2020', '2014–2020'), ('2021-2027', '2021–2027')], default='2014-2020', max_length=9, verbose_name='programme period')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='starts on')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
                ('summary_sv', models.TextField(max_length=1000, verbose_name='aim in Swedish')),
                ('summary_en', models.TextField(blank=True, max_length=1000, verbose_name='aim in English')),
                ('budget_sek', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='total budget, SEK')),
                ('final_payment_on', models.DateField(blank=True, help_text='When the funder decided on it, or paid. Papers are kept from the end of that year on.', null=True, verbose_name='final payment')),
                ('documents_kept_until', models.DateField(blank=True, help_text='If the funder has named a day. Empty: as the programme period says.', null=True, verbose_name='papers are kept until')),
                ('is_present', models.BooleanField(default=False, help_text='Its programme period gives every page its EU emblem text.', verbose_name='the present project')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Funder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='funders', to='programmes.project', verbose_name='project')),
                ('name_sv', models.CharField(max_length=120, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name in English')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('logo', creativenorth.files.images.Picture(blank=True, upload_to='funders/', verbose_name='logo')),
                ('website', models.URLField(blank=True, verbose_name='website')),
            ],
            options={
                'verbose_name': 'funder',
                'verbose_name_plural': 'funders',
                'ordering': ['project', 'order'],
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('project', 'order'), name='one_funder_per_position'), models.UniqueConstraint(fields=('project', 'name_sv'), name='funder_once_per_project')],
            },
        ),
        migrations.CreateModel(
            name='FunderEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.funder')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('project', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.project', verbose_name='project')),
                ('name_sv', models.CharField(max_length=120, verbose_name='name in Swedish')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name in English')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('logo', creativenorth.files.images.Picture(blank=True, upload_to='funders/', verbose_name='logo')),
                ('website', models.URLField(blank=True, verbose_name='website')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Strategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('published_at', models.DateTimeField(blank=True, help_text='Swedish time. Empty: a draft. A time ahead: it appears by itself, to the minute.', null=True, verbose_name='shown from')),
                ('title_sv', models.CharField(max_length=120, verbose_name='title in Swedish')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='title in English')),
                ('text_sv', models.TextField(verbose_name='text in Swedish')),
                ('text_en', models.TextField(blank=True, verbose_name='text in English')),
                ('starts_on', models.DateField(verbose_name='holds from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('document', models.FileField(blank=True, help_text='PDF. Everybody can fetch it.', upload_to=programmes.models.strategy.document_name, validators=[programmes.models.strategy.is_pdf], verbose_name='document')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demo data')),
            ],
            options={
                'verbose_name': 'strategy',
                'verbose_name_plural': 'strategies',
                'ordering': ['-starts_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('title_sv', ''), _negated=True), name='strategy_has_a_title'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='strategy_ends_after_it_starts', violation_error_message='The strategy must end after it starts.')],
            },
        ),
        migrations.CreateModel(
            name='StrategyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.strategy')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('published_at', models.DateTimeField(blank=True, help_text='Swedish time. Empty: a draft. A time ahead: it appears by itself, to the minute.', null=True, verbose_name='shown from')),
                ('title_sv', models.CharField(max_length=120, verbose_name='title in Swedish')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='title in English')),
                ('text_sv', models.TextField(verbose_name='text in Swedish')),
                ('text_en', models.TextField(blank=True, verbose_name='text in English')),
                ('starts_on', models.DateField(verbose_name='holds from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('document', models.FileField(blank=True, help_text='PDF. Everybody can fetch it.', upload_to=programmes.models.strategy.document_name, validators=[programmes.models.strategy.is_pdf], verbose_name='document')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demo data')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
