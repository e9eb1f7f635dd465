from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0009_candidates_and_lost_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="Terms",
            fields=[],
            options={
                "verbose_name": "terms of registration",
                "verbose_name_plural": "terms of registration",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("events.event",),
        ),
    ]
