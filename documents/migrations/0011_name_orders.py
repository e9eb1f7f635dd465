"""The administration calls an order what the desk calls one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0010_badges"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="batch",
            options={"ordering": ("-pk",), "verbose_name": "order", "verbose_name_plural": "orders"},
        ),
        migrations.AlterField(
            model_name="document",
            name="last_batch",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="documents.batch",
                verbose_name="order",
            ),
        ),
    ]
