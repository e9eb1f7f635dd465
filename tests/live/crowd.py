"""Many coordinators who press the same button at the same moment, each in their own browser."""

import http.client
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Barrier
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import reverse

from events.models import Event
from registration.models import Delegation
from tests.factories import DelegationFactory, ParticipantFactory, UserFactory

PATIENCE = 120  # seconds for one answer; long, so that a busy machine does not fail the test
TOKEN = "s" * 32  # the CSRF token, in the cookie and in the form


class Answer(NamedTuple):
    """The answer to one coordinator: HTTP status, page, and time in seconds."""

    delegation: Delegation
    status: int
    page: str
    seconds: float


def delegations_of(event: Event, number: int) -> list[Delegation]:
    """Create this number of complete drafts with one person each, each with its own coordinator."""
    made = [DelegationFactory(event=event, coordinators=[UserFactory()]) for _number in range(number)]
    for delegation in made:
        ParticipantFactory(delegation=delegation, role="head", function="Member")
    return made


def signed_in(delegation: Delegation) -> str:
    """Return the session cookie of the delegation's coordinator."""
    browser = Client()
    browser.force_login(delegation.coordinators.get())
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def submit_all(sites: Sequence[str], delegations: Iterable[Delegation]) -> list[Answer]:
    """Press Submit in all browsers at once, distributed over the sites. Return the answers."""
    ready = [(delegation, signed_in(delegation)) for delegation in delegations]
    start = Barrier(len(ready))

    def press(site: str, delegation: Delegation, session: str) -> Answer:
        start.wait(PATIENCE)
        return _submit(site, delegation, session)

    with ThreadPoolExecutor(len(ready)) as pool:
        sent = [pool.submit(press, site, *one) for site, one in zip(cycle(sites), ready, strict=False)]
        return [future.result() for future in sent]


def _submit(site: str, delegation: Delegation, session: str) -> Answer:
    address = urlsplit(site)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
    fields = {"version": delegation.version, "privacy_read": "on", "csrfmiddlewaretoken": TOKEN}
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    started = time.monotonic()
    try:
        path = reverse("registration:check", args=[delegation.pk])
        connection.request("POST", path, urlencode(fields), headers)
        response = connection.getresponse()
        page = response.read().decode()
    finally:
        connection.close()
    return Answer(delegation, response.status, page, time.monotonic() - started)


def percentile(answers: Iterable[Answer], share: float) -> float:
    """Return the seconds within which this share (0 to 1) of the answers came."""
    seconds = sorted(answer.seconds for answer in answers)
    return seconds[min(len(seconds) - 1, int(len(seconds) * share))]
