"""The connection of workers to Redis."""

from itertools import count

import pytest
from kombu.exceptions import OperationalError
from kombu.utils import functional

from config.celery import app


def test_worker_without_redis_tries_again_within_five_seconds(monkeypatch, tmp_path):
    monkeypatch.setattr(functional, "sleep", lambda _seconds: None)
    pauses, tries = [], count(1)

    def give_up(_error, pause):
        pauses.append(pause)
        if next(tries) == 8:
            raise InterruptedError

    address = f"redis+socket://{tmp_path}/nothing.sock"
    with pytest.raises((InterruptedError, OperationalError)), app.connection_for_read(address) as connection:
        connection.ensure_connection(give_up, None)

    assert pauses == [1, 2, 3, 4, 5, 5, 5, 5]
