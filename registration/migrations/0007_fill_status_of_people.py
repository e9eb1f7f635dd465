from django.db import migrations


def fill(apps, schema_editor):
    """People get the status that their delegation had for all of them; the first coordinator leads."""
    participants = apps.get_model("registration", "Participant").objects.using(schema_editor.connection.alias)
    delegations = apps.get_model("registration", "Delegation").objects.using(schema_editor.connection.alias)
    for status in ("submitted", "confirmed"):
        participants.filter(delegation__status=status).update(status=status)
    for delegation in delegations.filter(lead=None, coordinators__isnull=False).distinct():
        delegation.lead = delegation.coordinators.order_by("pk").first()
        delegation.save(update_fields=["lead"])


class Migration(migrations.Migration):
    """Three steps: the columns came empty; from here on services write them."""

    dependencies = [("registration", "0006_delegations_in_depth")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
