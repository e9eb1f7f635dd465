"""Templates serve every kind of document; a document may be about a delegation or a person."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_name_who_asked"),
        ("events", "0003_name_the_event_of_a_session"),
        ("registration", "0014_days_of_a_reminder"),
    ]

    operations = [
        migrations.RenameModel("LetterTemplate", "Template"),
        migrations.AlterModelOptions(
            name="template",
            options={
                "ordering": ("event", "kind"),
                "verbose_name": "template",
                "verbose_name_plural": "templates",
            },
        ),
        migrations.AddField(
            model_name="batch",
            name="options",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="document",
            name="delegation",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="issued_documents",
                to="registration.delegation",
                verbose_name="delegation",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="participant",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="issued_documents",
                to="registration.participant",
                verbose_name="participant",
            ),
        ),
        migrations.AlterField(
            model_name="batch",
            name="kind",
            field=models.CharField(
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
                default="invitation",
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
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
                editable=False,
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="template",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="templates",
                to="events.event",
                verbose_name="event",
            ),
        ),
        migrations.AlterField(
            model_name="template",
            name="kind",
            field=models.CharField(
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
                default="invitation",
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
