"""Templates keep their versions and serve every kind; signatures and logos are pictures on paper."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0005_state_of_drafts"),
        ("events", "0003_name_the_event_of_a_session"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="template",
            name="title",
            field=models.CharField(
                blank=True,
                help_text="Printed in place of the usual name of this document.",
                max_length=120,
                verbose_name="own title",
            ),
        ),
        migrations.AddField(
            model_name="template",
            name="title_en",
            field=models.CharField(
                blank=True,
                help_text="Printed in place of the usual name of this document.",
                max_length=120,
                null=True,
                verbose_name="own title",
            ),
        ),
        migrations.AddField(
            model_name="template",
            name="title_es",
            field=models.CharField(
                blank=True,
                help_text="Printed in place of the usual name of this document.",
                max_length=120,
                null=True,
                verbose_name="own title",
            ),
        ),
        migrations.AlterField(
            model_name="template",
            name="addressee",
            field=models.CharField(
                blank=True,
                help_text="In place of a name: To all IPU Groups.",
                max_length=200,
                verbose_name="addressee",
            ),
        ),
        migrations.AlterField(
            model_name="template",
            name="addressee_en",
            field=models.CharField(
                blank=True,
                help_text="In place of a name: To all IPU Groups.",
                max_length=200,
                null=True,
                verbose_name="addressee",
            ),
        ),
        migrations.AlterField(
            model_name="template",
            name="addressee_es",
            field=models.CharField(
                blank=True,
                help_text="In place of a name: To all IPU Groups.",
                max_length=200,
                null=True,
                verbose_name="addressee",
            ),
        ),
        migrations.AlterField(
            model_name="template",
            name="body",
            field=models.TextField(blank=True, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="template",
            name="body_en",
            field=models.TextField(blank=True, null=True, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="template",
            name="body_es",
            field=models.TextField(blank=True, null=True, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="template",
            name="closing",
            field=models.CharField(blank=True, max_length=80, verbose_name="closing"),
        ),
        migrations.AlterField(
            model_name="template",
            name="closing_en",
            field=models.CharField(blank=True, max_length=80, null=True, verbose_name="closing"),
        ),
        migrations.AlterField(
            model_name="template",
            name="closing_es",
            field=models.CharField(blank=True, max_length=80, null=True, verbose_name="closing"),
        ),
        migrations.AlterField(
            model_name="template",
            name="letterhead",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="events.organisation",
                verbose_name="letterhead of",
            ),
        ),
        migrations.AlterField(
            model_name="template",
            name="place",
            field=models.CharField(
                blank=True,
                help_text="Printed before the date: Geneva. Two places where two write: Geneva/Brussels.",
                max_length=120,
                verbose_name="place",
            ),
        ),
        migrations.AlterField(
            model_name="template",
            name="place_en",
            field=models.CharField(
                blank=True,
                help_text="Printed before the date: Geneva. Two places where two write: Geneva/Brussels.",
                max_length=120,
                null=True,
                verbose_name="place",
            ),
        ),
        migrations.AlterField(
            model_name="template",
            name="place_es",
            field=models.CharField(
                blank=True,
                help_text="Printed before the date: Geneva. Two places where two write: Geneva/Brussels.",
                max_length=120,
                null=True,
                verbose_name="place",
            ),
        ),
        migrations.AlterField(
            model_name="template",
            name="salutation",
            field=models.TextField(
                blank=True, help_text="One on each line: Dear Madam President,", verbose_name="salutation"
            ),
        ),
        migrations.AlterField(
            model_name="template",
            name="salutation_en",
            field=models.TextField(
                blank=True,
                help_text="One on each line: Dear Madam President,",
                null=True,
                verbose_name="salutation",
            ),
        ),
        migrations.AlterField(
            model_name="template",
            name="salutation_es",
            field=models.TextField(
                blank=True,
                help_text="One on each line: Dear Madam President,",
                null=True,
                verbose_name="salutation",
            ),
        ),
        migrations.AlterField(
            model_name="template",
            name="version",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="version"),
        ),
        migrations.CreateModel(
            name="Image",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(editable=False, max_length=68, unique=True)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "picture",
                "verbose_name_plural": "pictures",
            },
        ),
        migrations.AddField(
            model_name="signatory",
            name="signature",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.image",
                verbose_name="signature",
            ),
        ),
        migrations.CreateModel(
            name="Logo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.image",
                        verbose_name="picture",
                    ),
                ),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="logo",
                        to="events.organisation",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "logo",
                "verbose_name_plural": "logos",
                "ordering": ("organisation",),
            },
        ),
        migrations.CreateModel(
            name="TemplateVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invitation", "Invitation letter"),
                            ("collective", "Collective letter"),
                            ("aide-memoire", "Aide-memoire"),
                            ("programme", "Programme"),
                            ("agenda", "Provisional agenda"),
                            ("practical-note", "Practical information note"),
                            ("visa-letter", "Visa-support letter"),
                            ("confirmation", "Confirmation of a delegation"),
                            ("person-confirmation", "Confirmation of a person"),
                            ("participants", "List of participants"),
                            ("badges", "Badges"),
                            ("certificate", "Certificate of attendance"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("texts", models.JSONField(verbose_name="text")),
                ("kept_at", models.DateTimeField(auto_now_add=True, verbose_name="kept")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a template",
                "verbose_name_plural": "versions of templates",
                "ordering": ("event", "kind", "-number"),
                "constraints": [
                    models.UniqueConstraint(fields=("event", "kind", "number"), name="template_version_once")
                ],
            },
        ),
    ]
