import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0008_one_person_for_each_form"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("running", "in progress"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("in_doubt", "in doubt"),
                            ("cancelled", "cancelled"),
                        ],
                        default="queued",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "errors",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="errors"),
                ),
                (
                    "deaths",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="workers lost"),
                ),
                ("fence", models.PositiveIntegerField(default=0, editable=False)),
                ("lease_owner", models.CharField(blank=True, editable=False, max_length=16)),
                ("lease_until", models.DateTimeField(editable=False, null=True)),
                (
                    "not_before",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="not before",
                    ),
                ),
                ("rung_at", models.DateTimeField(editable=False, null=True)),
                ("error_code", models.CharField(blank=True, editable=False, max_length=40)),
                ("error_text", models.TextField(blank=True, editable=False, verbose_name="reason")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="asked for",
                    ),
                ),
                ("finished_at", models.DateTimeField(editable=False, null=True, verbose_name="finished")),
                ("addresses", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="link_requests",
                        to="registration.invitation",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for a lost link",
                "verbose_name_plural": "requests for a lost link",
            },
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asks",
                    models.BooleanField(
                        default=False,
                        help_text="Otherwise the person has been invited.",
                        verbose_name="asks to join",
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="since"
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="candidates",
                        to="registration.delegation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="candidacies",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "candidate coordinator",
                "verbose_name_plural": "candidate coordinators",
                "constraints": [
                    models.UniqueConstraint(fields=("delegation", "user"), name="candidate_once")
                ],
            },
        ),
    ]
