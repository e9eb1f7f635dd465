"""Make the audit trail append-only: PostgreSQL refuses UPDATE and DELETE."""

from django.db import migrations

CREATE = """
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
"""
DROP = "DROP TRIGGER audit_append_only ON accounts_auditentry; DROP FUNCTION refuse_audit_change();"


def on_postgresql(sql):
    """Return a migration step that runs the statement on PostgreSQL. SQLite has no PL/pgSQL."""

    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return run


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(on_postgresql(CREATE), on_postgresql(DROP))]
