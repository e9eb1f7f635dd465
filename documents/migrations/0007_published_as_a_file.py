import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("attachments", "0003_agenda_as_a_kind"),
        ("documents", "0006_versions_signatures_and_logos"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="attachment",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="document",
                to="attachments.attachment",
                verbose_name="on the event’s page as",
            ),
        ),
    ]
