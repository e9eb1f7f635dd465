"""The worker's main process, after it has killed a child at the hard time limit."""

import pytest
from celery.exceptions import TimeLimitExceeded
from django.db import connection
from psycopg import connect

from jobs.models import OutgoingMail, State
from jobs.tasks import note_hard_limit, send_mail
from tests.jobs.rows import mail, update


@pytest.mark.django_db(transaction=True)
def test_hard_limit_is_noted_though_the_database_was_restarted_meanwhile():
    running = update(mail(), state=State.RUNNING, fence=1)
    server = connection.get_connection_params()
    with connect(
        host=server["host"], user=server.get("user"), dbname=server["dbname"], autocommit=True
    ) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])

    note_hard_limit(sender=send_mail, exception=TimeLimitExceeded(30), args=[running.pk])

    assert OutgoingMail.objects.values_list("state", "error_code").get() == (State.IN_DOUBT, "too_long")
