"""A document whose text and file were deleted can still be verified."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0008_deliveries_and_corrections"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="purged_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="deleted"),
        ),
    ]
