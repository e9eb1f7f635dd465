from django.db import migrations, models


class Migration(migrations.Migration):
    """The reason is that of a return or of a refusal."""

    dependencies = [("registration", "0004_name_who_issued")]

    operations = [
        migrations.RenameField(model_name="delegation", old_name="return_reason", new_name="reason"),
        migrations.AlterField(
            model_name="delegation",
            name="reason",
            field=models.TextField(
                blank=True,
                editable=False,
                help_text="Why it was returned or not accepted.",
                verbose_name="reason",
            ),
        ),
    ]
